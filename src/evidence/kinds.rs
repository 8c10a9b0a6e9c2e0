//! Which existing facilities are of the same kind as the planned one?

use unicode_normalization::UnicodeNormalization;

use crate::layers::Facility;

/// The indices of the facilities that are of the planned kind for certain, and of those that may be.
///
/// With a planned kind: those of that kind; those without a kind may be. Without one each of them may be, also where all
/// are of one kind: another may be planned. The planned kind is brought into the form of the layer's: trimmed and in
/// Unicode NFKC.
#[must_use]
pub fn split_by_kind(facilities: &[Facility], planned: Option<&str>) -> (Vec<usize>, Vec<usize>) {
    let planned: Option<String> = planned.map(|kind| kind.nfkc().collect::<String>().trim().to_owned());
    let (mut same, mut maybe) = (Vec::new(), Vec::new());
    for (index, facility) in facilities.iter().enumerate() {
        match planned.as_deref().and_then(|planned| facility.is_of(planned)) {
            Some(true) => same.push(index),
            Some(false) => {}
            None => maybe.push(index),
        }
    }
    (same, maybe)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Footprint;

    fn of(kinds: &[Option<&str>], planned: Option<&str>) -> (Vec<usize>, Vec<usize>) {
        let facility = |kind: Option<&str>| Facility {
            number: 1,
            name: None,
            kind: kind.map(str::to_owned),
            site_area: None,
            geometry: None,
            parts: Footprint::default(),
        };
        split_by_kind(&kinds.iter().copied().map(facility).collect::<Vec<_>>(), planned)
    }

    #[test]
    fn a_planned_kind_leaves_only_its_own_and_the_unnamed() {
        assert_eq!(of(&[Some("特養"), Some("老健"), None], Some("老健")), (vec![1], vec![2]));
    }

    #[test]
    fn a_facility_of_several_kinds_is_of_the_planned_one_among_them() {
        assert_eq!(
            of(&[Some("特養\n通所介護"), Some("通所介護・短期入所"), Some("特養")], Some("通所介護")),
            (vec![0, 1], vec![])
        );
    }

    #[test]
    fn a_planned_kind_in_other_character_widths_is_the_same() {
        assert_eq!(of(&[Some("デイサービス")], Some(" ﾃﾞｲｻｰﾋﾞｽ　")), (vec![0], vec![]));
    }

    #[test]
    fn where_no_kind_is_planned_any_facility_may_be_of_it() {
        assert_eq!(of(&[Some("特養"), Some("特養")], None), (vec![], vec![0, 1]));
        assert_eq!(of(&[Some("特養"), Some("老健")], None), (vec![], vec![0, 1]));
        assert_eq!(of(&[None, None], None), (vec![], vec![0, 1]));
    }
}
