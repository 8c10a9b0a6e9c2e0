//! The site of a senior facility, and places that are drawn as areas.
