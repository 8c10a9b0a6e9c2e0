//! Whose data the map rests on: publisher and year, and the name of a file only where nobody knows more of it.

use super::Subject;
use super::facts::{GAP, layer};
use super::look::{INK, SOFT};
use super::rows::{SMALL, Setting};
use crate::products::Sources;
use crate::text::Text;

/// The sources, layer by layer, and the layers without any.
pub(super) fn sources(subject: &Subject<'_>, setting: &mut Setting<'_, '_>) {
    setting.gap(GAP);
    setting.heading("資料", "sources", &[]);
    let [colon, comma, slash] =
        [("：", ": "), ("、", ", "), ("　／　", " / ")].map(|(ja, en)| setting.lang.main(ja, en));
    // One after the other, since there may be many. Whose data it is says what they are; what is a file's name alone does not.
    let (mut told, mut by_layer): (Vec<String>, Vec<String>) = Default::default();
    for input in &subject.run.record.inputs {
        let Sources { known, names } = Sources::of(input, &subject.run.record);
        let clean = |source: &Text, setting: &mut Setting<'_, '_>| {
            let source = setting.lang.main(&source.ja, &source.en);
            setting.setter.clean(&source)
        };
        for source in &known {
            let source = clean(source, setting);
            if !told.contains(&source) {
                told.push(source);
            }
        }
        if !names.is_empty() {
            let names: Vec<String> = names.iter().map(|name| clean(name, setting)).collect();
            by_layer.push(format!("{}{colon}{}", layer(&input.layer, setting), names.join(&comma)));
        }
    }
    told.append(&mut by_layer);
    setting.paragraph(&told.join(&slash), SMALL, INK, 0.0);
    let missing = &subject.run.record.missing_layers;
    if !missing.is_empty() {
        let names: Vec<String> = missing.iter().map(|key| layer(key, setting)).collect();
        let words = setting.lang.main("資料なし", "not given");
        setting.paragraph(&format!("{words}{colon}{}", names.join(&comma)), SMALL, SOFT, 0.0);
    }
}
