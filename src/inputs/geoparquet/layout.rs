//! How the rows of a file are cut into chunks: where they are read from, and which are read one after the other.
//!
//! Pages can be unpacked from their beginning only, and a row group may be one page a column (DuckDB) or a million rows
//! (pyarrow). To look for each chunk anew would unpack every page many times. So neighbouring chunks of a row group
//! are a *run*, which is read from its beginning to its end; a run that begins within a row group gets there by the
//! headers of the pages before it.

use std::ops::Range;

use parquet::file::metadata::ParquetMetaData;

use crate::inputs::parcels::CHUNK_FEATURES;

/// About how many unpacked bytes a chunk has at most, one row excepted.
const CHUNK_BYTES: usize = 4 << 20;

/// How many chunks a run has at most: as many rows as row groups of GDAL and DuckDB have, so that those are one run.
const RUN_CHUNKS: usize = 64;

/// The row groups of a file that have rows.
#[derive(Debug)]
pub(super) struct FileLayout {
    groups: Vec<Group>,
}

#[derive(Debug)]
struct Group {
    /// Its index among the row groups of the file.
    index: usize,
    /// The rows and the chunks before it.
    first_row: usize,
    first_chunk: usize,
    rows: usize,
    chunk_rows: usize,
}

/// Some chunks of a row group that are read one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    /// The row group's index in the file.
    pub(super) group: usize,
    /// The first row within the row group.
    pub(super) start: usize,
    pub(super) rows: usize,
    pub(super) group_rows: usize,
    pub(super) chunk_rows: usize,
}

/// A chunk: the index of its first row in the file, and where it is read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ChunkLocation {
    pub(super) first: usize,
    pub(super) rows: usize,
    pub(super) run: Run,
    /// Its index in the run.
    pub(super) in_run: usize,
}

impl FileLayout {
    pub(super) fn of(metadata: &ParquetMetaData) -> Self {
        let mut groups: Vec<Group> = Vec::new();
        let (mut first_row, mut first_chunk) = (0, 0);
        for (index, group) in metadata.row_groups().iter().enumerate() {
            // Checked with the footer: not below zero.
            let rows = usize::try_from(group.num_rows()).unwrap_or(0);
            if rows == 0 {
                continue;
            }
            let bytes = group.columns().iter().map(|chunk| usize::try_from(chunk.uncompressed_size()).unwrap_or(0));
            let a_row = bytes.fold(0, usize::saturating_add).div_ceil(rows).max(1);
            let chunk_rows = (CHUNK_BYTES / a_row).clamp(1, CHUNK_FEATURES);
            groups.push(Group { index, first_row, first_chunk, rows, chunk_rows });
            first_row += rows;
            first_chunk += rows.div_ceil(chunk_rows);
        }
        Self { groups }
    }

    pub(super) fn chunks(&self) -> usize {
        self.groups.last().map_or(0, |group| group.first_chunk + group.rows.div_ceil(group.chunk_rows))
    }

    /// Where a chunk is, which must be below [`Self::chunks`].
    pub(super) fn locate(&self, chunk: usize) -> ChunkLocation {
        let after = self.groups.partition_point(|group| group.first_chunk <= chunk);
        let group = &self.groups[after - 1];
        let in_group = chunk - group.first_chunk;
        let rows = |first: usize, most: usize| most.min(group.rows - first);
        let first = in_group * group.chunk_rows;
        let start = in_group / RUN_CHUNKS * RUN_CHUNKS * group.chunk_rows;
        let run = Run {
            group: group.index,
            start,
            rows: rows(start, RUN_CHUNKS * group.chunk_rows),
            group_rows: group.rows,
            chunk_rows: group.chunk_rows,
        };
        ChunkLocation {
            first: group.first_row + first,
            rows: rows(first, group.chunk_rows),
            run,
            in_run: in_group % RUN_CHUNKS,
        }
    }
}

impl Run {
    /// How many chunks it has.
    pub(super) fn chunks(&self) -> usize {
        self.rows.div_ceil(self.chunk_rows)
    }

    /// About which part of a column of the row group it takes, the column being those bytes.
    pub(super) fn share_of(&self, column: &Range<usize>) -> Range<usize> {
        let at = |rows: usize| column.start + (column.len() as f64 * (rows as f64 / self.group_rows as f64)) as usize;
        at(self.start)..at(self.start + self.rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(groups: &[(usize, usize)]) -> FileLayout {
        let mut layout = FileLayout { groups: Vec::new() };
        let mut first_row = 0;
        for (index, &(rows, chunk_rows)) in groups.iter().enumerate() {
            layout.groups.push(Group { index, first_row, first_chunk: layout.chunks(), rows, chunk_rows });
            first_row += rows;
        }
        layout
    }

    #[test]
    fn chunks_cover_every_row_once_and_no_run_leaves_its_row_group() {
        let groups = [(5000, 2048), (1, 1), (200_000, 2048), (7, 3)];
        let layout = layout(&groups);
        assert_eq!(layout.chunks(), 3 + 1 + 98 + 3);
        let mut next = 0;
        for chunk in 0..layout.chunks() {
            let ChunkLocation { first, rows, run, in_run } = layout.locate(chunk);
            assert_eq!(first, next);
            assert!(in_run < run.chunks() && run.start + run.rows <= groups[run.group].0);
            assert_eq!(run.group_rows, groups[run.group].0);
            let before: usize = groups[..run.group].iter().map(|(rows, _)| rows).sum();
            assert_eq!(before + run.start + in_run * run.chunk_rows, first);
            next += rows;
        }
        assert_eq!(next, 205_008);
    }

    #[test]
    fn runs_share_the_bytes_of_a_column_between_them() {
        let layout = layout(&[(200_000, 2048)]);
        let (one, other) = (layout.locate(0).run, layout.locate(97).run);
        assert_eq!((one.chunks(), other.chunks()), (64, 34));
        let column = 100..1100;
        assert_eq!((one.share_of(&column).start, other.share_of(&column).end), (100, 1100));
        assert_eq!(one.share_of(&column).end, other.share_of(&column).start);
    }
}
