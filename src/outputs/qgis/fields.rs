//! What QGIS shows in the place of the names of columns and of those of their values that are one of few.

use std::fmt::Write;

use super::escaped;
use crate::table::Field;
use crate::text::Lang;

/// The elements of a style: aliases, and maps of values. Columns of the input's own stay as they are.
pub(super) fn words<'a>(columns: impl Iterator<Item = &'a Field>, lang: Lang) -> String {
    let (mut aliases, mut maps) = (String::new(), String::new());
    for (index, (field, title)) in columns.filter_map(|field| Some((field, field.title.as_ref()?))).enumerate() {
        let (name, title) = (escaped(&field.name), escaped(title.get(lang)));
        let _ = write!(aliases, r#"<alias index="{index}" field="{name}" name="{title}"/>"#);
        if !field.words.is_empty() {
            let _ = write!(maps, r#"<field name="{name}" configurationFlags="None">{}</field>"#, map(field, lang));
        }
    }
    format!("<fieldConfiguration>{maps}</fieldConfiguration><aliases>{aliases}</aliases>")
}

/// What shows the values of a column by their words.
fn map(field: &Field, lang: Lang) -> String {
    let mut map = String::new();
    for (value, word) in &field.words {
        let (value, word) = (escaped(value), escaped(word.get(lang)));
        let _ = write!(map, r#"<Option type="Map"><Option name="{word}" type="QString" value="{value}"/></Option>"#);
    }
    format!(
        concat!(
            r#"<editWidget type="ValueMap"><config><Option type="Map"><Option name="map" type="List">{}</Option>"#,
            "</Option></config></editWidget>"
        ),
        map
    )
}
