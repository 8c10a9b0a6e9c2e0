//! `docs/publications.md`: what is recognised, from the table that recognises it.

use std::fmt::Write as _;

use super::{BACKDROP, Publication, Use, UseZones, publications};

/// The command that writes the page anew.
const RENEW: &str = "KYOTEN_RENEW=1 cargo test --release --test library publications_page";

/// The page, in Markdown.
#[must_use]
pub fn page() -> String {
    let mut text = format!(
        "# Publications that are recognised\n\n\
         <!-- Made from `src/layers/recognise/table/`; to write it anew: {RENEW} -->\n\n\
         `kyoten init`, `kyoten run` on a folder without a `kyoten.toml`, and `kyoten inspect` tell what a file is by its\n\
         attributes, or, where a publication has none of its own, by its name. Of several that can be one layer the one of\n\
         lower rank is taken, and of that its newest edition. `*` stands for anything.\n\n\
         A layer that is named in `kyoten.toml` takes its fields and classes from here as well, unless they are named there.\n\n\
         | publication | becomes | by the attributes | by the name | roles and classes |\n|---|---|---|---|---|\n"
    );
    for publication in publications() {
        row(&mut text, publication);
    }
    text
}

fn row(text: &mut String, publication: &Publication) {
    let Publication { id, title, use_as, names, fields, .. } = publication;
    let becomes = match use_as {
        Use::Layer(layer, rank) => format!("`{}`, rank {rank}", layer.name()),
        Use::Maybe(layer, reason) => format!("`{}` if you say so: {}", layer.name(), reason.en),
        Use::Boundaries => "a part of `census`: the shapes of its table".to_owned(),
        Use::Backdrop(rank) => format!("`{BACKDROP}`, rank {rank}"),
        Use::MaybeBackdrop(reason) => format!("`{BACKDROP}` if you say so: {}", reason.en),
        Use::Nothing(reason) => format!("nothing: {}", reason.en),
    };
    let mut means: Vec<String> =
        publication.roles.iter().map(|(role, field)| format!("`{role}` {}", code(field))).collect();
    if let Some((field, classes)) = publication.classes {
        means.push(format!("of `{field}` count {}", classes.join(", ")));
    }
    for (layer, classes) in publication.fills {
        means.push(format!("{} fill `{}` as well, where it has no file of its own", classes.join(", "), layer.name()));
    }
    match publication.use_zones {
        UseZones::None => {}
        UseZones::All => means.push("all are use zones 用途地域".to_owned()),
        UseZones::Outside(classes) => {
            means.push(format!("{} are use zones 用途地域 outside of 市街化区域", classes.join(", ")));
        }
    }
    if let Some(field) = publication.code {
        means.push(format!("municipality `{field}`"));
    }
    if let Some(crs) = publication.crs {
        means.push(format!("{crs} where it names no CRS"));
    }
    let list = |values: &[&str]| values.iter().map(|value| code(value)).collect::<Vec<_>>().join(" ");
    // Writing to a String cannot fail.
    let _ = writeln!(
        text,
        "| {id}: {} | {becomes} | {} | {} | {} |",
        title.en,
        list(fields),
        list(names),
        means.join("; ")
    );
}

fn code(value: &str) -> String {
    format!("`{value}`")
}
