//! What were the ids of a few parcels, once all have gone by?

use std::fs::File;
use std::io::{self, BufReader, Read as _, Seek as _, Write as _};

/// So many bytes are kept in memory.
const AT_ONCE: usize = 1 << 20;

/// What stands for the length of an id that is missing.
const NONE: u32 = u32::MAX;

/// Ids in the order of the input. What is more than fits lies in a temporary file without a name.
#[derive(Debug, Default)]
pub(super) struct Texts {
    here: Vec<u8>,
    file: Option<File>,
}

impl Texts {
    /// Takes one over.
    pub(super) fn push(&mut self, text: Option<&str>) -> io::Result<()> {
        // Nothing that is longer came out of a file of parcels, whose batches are far smaller.
        let length = text.map_or(NONE, |text| u32::try_from(text.len()).unwrap_or(NONE - 1));
        self.here.extend(length.to_le_bytes());
        self.here.extend(text.unwrap_or_default().bytes().take(length as usize));
        if self.here.len() < AT_ONCE {
            return Ok(());
        }
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(tempfile::tempfile()?),
        };
        file.write_all(&self.here)?;
        self.here.clear();
        Ok(())
    }

    /// Those at these 1-based positions, which ascend.
    pub(super) fn at(self, positions: &[u64]) -> io::Result<Vec<Option<String>>> {
        let Self { here, file } = self;
        match file {
            None => read(&here[..], positions),
            Some(mut file) => {
                file.rewind()?;
                read(BufReader::new(file).chain(&here[..]), positions)
            }
        }
    }
}

fn read(mut from: impl io::Read, positions: &[u64]) -> io::Result<Vec<Option<String>>> {
    let mut found = Vec::with_capacity(positions.len());
    let mut position = 0;
    for &wanted in positions {
        loop {
            let mut length = [0; 4];
            from.read_exact(&mut length)?;
            position += 1;
            let length = u32::from_le_bytes(length);
            let mut text = vec![0; if length == NONE { 0 } else { length as usize }];
            from.read_exact(&mut text)?;
            if position == wanted {
                found.push((length != NONE).then(|| String::from_utf8_lossy(&text).into_owned()));
                break;
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_found_again_wherever_they_lie() {
        let mut texts = Texts::default();
        let long = "筆".repeat(100_000);
        for text in [Some("1-2"), None, Some(&*long), Some(""), Some(&*long), Some(&*long), Some(&*long), Some("3")] {
            texts.push(text).unwrap();
        }
        assert!(texts.file.is_some() && !texts.here.is_empty());
        let found = texts.at(&[1, 2, 4, 7, 8]).unwrap();
        assert_eq!(found, [Some("1-2".to_owned()), None, Some(String::new()), Some(long), Some("3".to_owned())]);
        assert_eq!(Texts::default().at(&[]).unwrap(), [] as [Option<String>; 0]);
    }
}
