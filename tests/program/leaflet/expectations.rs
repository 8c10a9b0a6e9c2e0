//! What may be expected 見込み, and what is a what-if.
