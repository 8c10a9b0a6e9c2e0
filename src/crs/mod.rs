//! Any CRS → plane rectangular metres.
