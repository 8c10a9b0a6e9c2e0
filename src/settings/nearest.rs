//! Which of the known words was most likely meant?

/// The nearest of the known words, and whether it is near enough to be a slip of the pen. The first of equals.
#[must_use]
pub fn nearest<'k>(word: &str, known: &[&'k str]) -> (&'k str, bool) {
    /// Four letters of ten may differ: `statoins`, `station` and `induction` pass, `colour` does not.
    const NEAR: f64 = 0.6;
    let word = word.to_lowercase();
    let (mut best, mut likeness) = ("", -1.0);
    for &candidate in known {
        let like = strsim::normalized_damerau_levenshtein(&word, candidate);
        if like > likeness {
            (best, likeness) = (candidate, like);
        }
    }
    (best, likeness >= NEAR)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_word_and_a_stranger_does_not() {
        let known = ["station", "stations", "parcels", "induction_area"];
        assert_eq!(nearest("statoins", &known), ("stations", true));
        assert_eq!(nearest("Parcels", &known), ("parcels", true));
        assert_eq!(nearest("induction", &known), ("induction_area", true));
        assert!(!nearest("colour", &known).1);
        assert_eq!(nearest("colour", &[]), ("", false));
    }
}
