//! Which of very many numbers stand more than once, in a bounded room of memory?

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};

use rayon::prelude::*;

/// A hash, and the 1-based position of what it stands for.
pub(super) type Entry = (u64, u64);

/// So many are kept in memory: 16 MB.
const AT_ONCE: usize = 1 << 20;

/// So many of a run are read back at a time.
const READ_AT_ONCE: usize = 1 << 12;

/// Bytes of one of them in a file.
const WIDTH: usize = 16;

/// Entries to be sorted. What is more than fits lies in a temporary file without a name, in sorted runs.
#[derive(Debug)]
pub(super) struct Sorted {
    here: Vec<Entry>,
    /// How many are sorted and written at once.
    at_once: usize,
    file: Option<File>,
    /// How many entries each run has.
    runs: Vec<usize>,
}

impl Default for Sorted {
    fn default() -> Self {
        Self::keeping(AT_ONCE)
    }
}

impl Sorted {
    /// No entries yet; so many are kept in memory.
    fn keeping(at_once: usize) -> Self {
        Self { here: Vec::new(), at_once, file: None, runs: Vec::new() }
    }

    /// Takes one over.
    pub(super) fn push(&mut self, entry: Entry) -> io::Result<()> {
        if self.here.len() == self.at_once {
            self.write_run()?;
        }
        self.here.push(entry);
        Ok(())
    }

    fn write_run(&mut self) -> io::Result<()> {
        self.here.par_sort_unstable();
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(tempfile::tempfile()?),
        };
        let mut bytes = Vec::with_capacity(READ_AT_ONCE * WIDTH);
        for some in self.here.chunks(READ_AT_ONCE) {
            bytes.clear();
            bytes.extend(
                some.iter().flat_map(|&(hash, position)| [hash.to_le_bytes(), position.to_le_bytes()]).flatten(),
            );
            file.write_all(&bytes)?;
        }
        self.runs.push(self.here.len());
        self.here.clear();
        Ok(())
    }

    /// Tells of each entry whose hash an earlier position has: its position and the first.
    pub(super) fn again(mut self, mut tell: impl FnMut(u64, u64)) -> io::Result<()> {
        let mut last: Option<Entry> = None;
        let mut take = |(hash, position): Entry| match last {
            Some((same, first)) if same == hash => tell(position, first),
            _ => last = Some((hash, position)),
        };
        if self.file.is_some() {
            self.write_run()?;
        }
        let Some(mut file) = self.file else {
            self.here.par_sort_unstable();
            self.here.into_iter().for_each(take);
            return Ok(());
        };
        let mut runs: Vec<Run> = Vec::with_capacity(self.runs.len());
        let mut next = BinaryHeap::new();
        let mut at = 0;
        for (index, &entries) in self.runs.iter().enumerate() {
            let mut run = Run { at, left: entries, read: Vec::new().into_iter() };
            at += (entries * WIDTH) as u64;
            next.extend(run.next(&mut file)?.map(|entry| Reverse((entry, index))));
            runs.push(run);
        }
        while let Some(Reverse((entry, index))) = next.pop() {
            take(entry);
            next.extend(runs[index].next(&mut file)?.map(|entry| Reverse((entry, index))));
        }
        Ok(())
    }
}

/// What is still to be read of a run.
struct Run {
    /// Where in the file it goes on.
    at: u64,
    left: usize,
    read: std::vec::IntoIter<Entry>,
}

impl Run {
    fn next(&mut self, file: &mut File) -> io::Result<Option<Entry>> {
        if self.read.as_slice().is_empty() {
            let count = self.left.min(READ_AT_ONCE);
            let mut bytes = vec![0; count * WIDTH];
            file.seek(SeekFrom::Start(self.at))?;
            file.read_exact(&mut bytes)?;
            let number = |bytes: &[u8]| bytes.iter().rev().fold(0, |number, &byte| number << 8 | u64::from(byte));
            let entry = |bytes: &[u8]| (number(&bytes[..WIDTH / 2]), number(&bytes[WIDTH / 2..]));
            self.read = bytes.chunks_exact(WIDTH).map(entry).collect::<Vec<_>>().into_iter();
            self.at += bytes.len() as u64;
            self.left -= count;
        }
        Ok(self.read.next())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    /// What stands again, in the order of its positions.
    fn again(hashes: &[u64], at_once: usize) -> Vec<(u64, u64)> {
        let mut sorted = Sorted::keeping(at_once);
        for (hash, position) in hashes.iter().zip(1..) {
            sorted.push((*hash, position)).unwrap();
        }
        let mut found = Vec::new();
        sorted.again(|position, first| found.push((position, first))).unwrap();
        found.sort_unstable();
        found
    }

    proptest! {
        #[test]
        fn runs_on_the_disk_find_what_a_map_finds(hashes in prop::collection::vec(0..40_u64, 0..200), at_once in 1..60_usize) {
            let mut firsts = BTreeMap::new();
            let mut wanted = Vec::new();
            for (hash, position) in hashes.iter().zip(1..) {
                match firsts.get(hash) {
                    Some(&first) => wanted.push((position, first)),
                    None => drop(firsts.insert(*hash, position)),
                }
            }
            prop_assert_eq!(again(&hashes, at_once), wanted);
        }
    }

    #[test]
    fn a_run_that_is_longer_than_what_is_read_at_once_is_read_whole() {
        let hashes: Vec<u64> = (0..3 * READ_AT_ONCE as u64).chain([7, u64::MAX, u64::MAX]).collect();
        let of = |position: usize| position as u64 + 1;
        assert_eq!(
            again(&hashes, 2 * READ_AT_ONCE),
            [(of(3 * READ_AT_ONCE), 8), (of(3 * READ_AT_ONCE + 2), of(3 * READ_AT_ONCE + 1))]
        );
    }
}
