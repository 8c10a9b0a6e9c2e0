//! Who reads, in which language, and how much do they want to read?
//!
//! The language is chosen once, before the arguments are read, since their help is written in it: `--lang`, else
//! `KYOTEN_LANG`, else the locale, else English.

use std::env;
use std::ffi::OsString;
use std::sync::OnceLock;

use anstream::ColorChoice;
use clap::{Args, ValueEnum};

use super::progress::ProgressKind;
use crate::text::Lang;

static LANG: OnceLock<Lang> = OnceLock::new();

/// The language of the process.
pub(super) fn lang() -> Lang {
    LANG.get().copied().unwrap_or_default()
}

/// One of two texts, for help that is made before anything else is known.
pub(super) fn say(ja: &'static str, en: &'static str) -> &'static str {
    match lang() {
        Lang::Ja => ja,
        Lang::En => en,
    }
}

/// Chooses the language of the process.
pub(super) fn choose_lang() {
    let arguments: Vec<String> = env::args_os().filter_map(|one| one.into_string().ok()).collect();
    let chosen = lang_of(&arguments, env::var_os("KYOTEN_LANG"), sys_locale::get_locale());
    let _ = LANG.set(chosen); // set once, here
}

fn lang_of(arguments: &[String], variable: Option<OsString>, locale: Option<String>) -> Lang {
    let said = arguments.iter().enumerate().find_map(|(index, one)| match one.strip_prefix("--lang") {
        Some("") => arguments.get(index + 1).cloned(),
        Some(value) => value.strip_prefix('=').map(str::to_owned),
        None => None,
    });
    let variable = variable.and_then(|value| value.into_string().ok());
    let known = |name: String| match name.to_ascii_lowercase() {
        name if name == "ja" || name.starts_with("ja-") || name.starts_with("ja_") || name.starts_with("ja.") => {
            Some(Lang::Ja)
        }
        name if name.starts_with("en") => Some(Lang::En),
        _ => None,
    };
    [said, variable, locale].into_iter().flatten().find_map(known).unwrap_or_default()
}

/// What every command understands.
#[derive(Debug, Args)]
#[command(next_help_heading = say("すべてのコマンドに共通", "Of every command"))]
pub(super) struct Globals {
    #[arg(long, global = true, value_name = "LANG", value_enum, help = say(
        "使う言語。指定がなければ環境変数 KYOTEN_LANG、OSの言語の順に見て、どちらもなければ英語",
        "The language; else that of KYOTEN_LANG, else that of the locale, else English"))]
    lang: Option<LangName>,
    #[arg(long, short, global = true, conflicts_with = "verbose", help = say(
        "エラーのほかは何も表示しない", "Print nothing but errors, and what is asked for as JSON"))]
    pub(super) quiet: bool,
    #[arg(long, short, global = true, help = say(
        "参考情報も含めて、すべて表示する", "Print everything, also notes on how the input was read"))]
    pub(super) verbose: bool,
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t = When::Auto, help = say(
        "色を付けるか", "Whether to colour the text"))]
    color: When,
    #[arg(long, global = true, value_name = "HOW", value_enum, default_value_t = ProgressKind::Auto, help = say(
        "進み具合を標準エラー出力に示すか", "How to tell on standard error how far it is"))]
    pub(super) progress: ProgressKind,
}

/// The names of the languages.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum LangName {
    #[value(help = "日本語")]
    Ja,
    #[value(help = "English")]
    En,
}

impl From<LangName> for Lang {
    fn from(name: LangName) -> Self {
        match name {
            LangName::Ja => Self::Ja,
            LangName::En => Self::En,
        }
    }
}

/// When text is coloured.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum When {
    #[value(help = say("画面に表示するとき", "on a terminal"))]
    Auto,
    #[value(help = say("いつも", "always"))]
    Always,
    #[value(help = say("付けない", "never"))]
    Never,
}

impl Globals {
    /// The language, where it was typed.
    pub(super) fn said(&self) -> Option<Lang> {
        self.lang.map(Lang::from)
    }

    /// Lets the choice of colours hold for all that is printed.
    pub(super) fn apply(&self) {
        match self.color {
            When::Auto => {}
            When::Always => ColorChoice::Always.write_global(),
            When::Never => ColorChoice::Never.write_global(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(arguments: &str, variable: Option<&str>, locale: Option<&str>) -> Lang {
        let arguments: Vec<String> = arguments.split(' ').map(str::to_owned).collect();
        lang_of(&arguments, variable.map(Into::into), locale.map(str::to_owned))
    }

    #[test]
    fn what_is_said_goes_before_the_variable_and_that_before_the_locale() {
        assert_eq!(chosen("kyoten run a", None, None), Lang::En);
        assert_eq!(chosen("kyoten run a", None, Some("ja-JP")), Lang::Ja);
        assert_eq!(chosen("kyoten run a", Some("en"), Some("ja_JP.UTF-8")), Lang::En);
        assert_eq!(chosen("kyoten run a --lang ja", Some("en"), Some("en-US")), Lang::Ja);
        assert_eq!(chosen("kyoten --lang=en run a", Some("ja"), Some("ja-JP")), Lang::En);
    }

    #[test]
    fn what_is_not_known_gives_way_to_the_next() {
        assert_eq!(chosen("kyoten run", Some("fr"), Some("ja-JP")), Lang::Ja);
        assert_eq!(chosen("kyoten run", Some(""), Some("C")), Lang::En);
        assert_eq!(chosen("kyoten run", None, Some("jam")), Lang::En);
    }
}
