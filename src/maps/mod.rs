//! How is a run looked at? `web` is the page, `still` is paper.

pub mod still;
pub mod web;
