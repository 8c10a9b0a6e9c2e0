//! Which lines are railways 鉄道, which are tramways 軌道, and what a departure is.
