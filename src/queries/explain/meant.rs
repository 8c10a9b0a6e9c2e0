//! Which parcel did somebody mean?

use crate::diagnostics::Diagnostic;

/// Whether a parcel, with its 1-based position in the whole input, is the one that was typed: by its id, or by id and place.
#[must_use]
pub fn is_meant(typed: &str, id: &str, position: usize) -> bool {
    typed == id || typed.rsplit_once('@').is_some_and(|(own, place)| own == id && place.parse() == Ok(position))
}

/// So many of the nearest ids are named.
const NEAREST: usize = 5;

/// What is said where there is no such parcel, or several; `positions` are theirs, `ids` those of all parcels.
#[must_use]
pub fn not_one(parcel: &str, positions: &[usize], ids: &[String]) -> Diagnostic {
    if positions.is_empty() {
        let mut nearest: Vec<(usize, &String)> = ids.iter().map(|id| (strsim::osa_distance(parcel, id), id)).collect();
        nearest.sort();
        nearest.dedup();
        let named: Vec<String> = nearest.iter().take(NEAREST).map(|(_, id)| format!("`{id}`")).collect();
        let named = named.join(", ");
        return Diagnostic::error(
            "parcel-unknown",
            text!("「{parcel}」という番号の筆はありません。", "there is no parcel “{parcel}”"),
        )
        .help(text!("近い番号は {named} です。", "the nearest ids are {named}"));
    }
    let count = positions.len();
    let named: Vec<String> = positions.iter().map(|position| format!("`{parcel}@{position}`")).collect();
    let named = named.join(", ");
    Diagnostic::error(
        "parcel-ambiguous",
        text!("番号「{parcel}」の筆が{count}つあります。", "{count} parcels have the id “{parcel}”"),
    )
    .help(text!(
        "入力の何番目かを付けて、{named} のどれかを指定してください。",
        "say which by its place in the input: one of {named}"
    ))
}
