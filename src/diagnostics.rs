//! What is wrong, where, and what can be done about it: errors and notices as one thing, for every way of showing them.
//!
//! An error of any stage becomes [`Diagnostic`]s by [`Diagnose`]; what was found of the data becomes them by
//! [`crate::notices::Notices`]. The command line, JSON and HTTP draw them by one renderer each.

#[cfg(test)]
pub(crate) mod checks;
#[cfg(any(feature = "geoparquet", feature = "xlsx"))]
pub(crate) mod guard;

use std::io;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::text::{Lang, Text};

/// How much a diagnostic asks of the reader, the most first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing was done.
    Error,
    /// Part of the input did not take part in the run.
    Skipped,
    /// Part of the input was changed before it could be used.
    Mended,
    /// The input was used as it is, but a reader should know this.
    Warning,
    /// How the input was read, where that was a choice.
    Info,
}

impl Severity {
    /// The word that outputs use.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Skipped => "skipped",
            Self::Mended => "mended",
            Self::Warning => "warning",
            Self::Info => "note",
        }
    }

    /// The severity of a word that outputs use.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        let all = [Self::Error, Self::Skipped, Self::Mended, Self::Warning, Self::Info];
        all.into_iter().find(|one| one.word() == word)
    }

    /// The word that people read.
    #[must_use]
    pub fn name(self) -> Text {
        match self {
            Self::Error => Text::new("エラー", "error"),
            Self::Skipped => Text::new("読み飛ばし", "skipped"),
            Self::Mended => Text::new("補修", "mended"),
            Self::Warning => Text::new("注意", "warning"),
            Self::Info => Text::new("参考", "note"),
        }
    }
}

/// One thing that is wrong or worth knowing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// A stable name in kebab case.
    pub id: &'static str,
    /// How much it asks of the reader.
    pub severity: Severity,
    /// The file, with the line where there is one, or the layer; `None` where it is about no place.
    pub place: Option<String>,
    /// What is wrong.
    pub message: Text,
    /// What to do about it; `None` where nothing can be said.
    pub help: Option<Text>,
}

impl Diagnostic {
    /// An error that is about no place yet.
    #[must_use]
    pub fn error(id: &'static str, message: Text) -> Self {
        Self { id, severity: Severity::Error, place: None, message, help: None }
    }

    /// The same, about a place: a file, or `file:line`.
    #[must_use]
    pub fn at(mut self, place: impl std::fmt::Display) -> Self {
        self.place = Some(place.to_string());
        self
    }

    /// The same with what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<Option<Text>>) -> Self {
        self.help = help.into();
        self
    }

    /// Place and message on one line.
    #[must_use]
    pub fn line(&self, lang: Lang) -> String {
        let message = self.message.get(lang);
        self.place.as_ref().map_or_else(|| message.to_owned(), |place| format!("{place}: {message}"))
    }
}

/// Both languages beside each other, as in every JSON of the program: `message` and `message_ja`.
impl Serialize for Diagnostic {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", self.id)?;
        map.serialize_entry("severity", self.severity.word())?;
        map.serialize_entry("place", &self.place)?;
        map.serialize_entry("message", &self.message.en)?;
        map.serialize_entry("message_ja", &self.message.ja)?;
        map.serialize_entry("help", &self.help.as_ref().map(|help| &help.en))?;
        map.serialize_entry("help_ja", &self.help.as_ref().map(|help| &help.ja))?;
        map.end()
    }
}

/// An error that can be told to a reader of either language.
pub trait Diagnose {
    /// Everything that is wrong, in the order of the input; at least one.
    fn diagnostics(&self) -> Vec<Diagnostic>;

    /// What to do about all of it, each advice once.
    fn help(&self) -> Vec<Text> {
        advice(&self.diagnostics())
    }
}

/// What to do about several, each advice once.
#[must_use]
pub fn advice(all: &[Diagnostic]) -> Vec<Text> {
    let mut advice: Vec<Text> = Vec::new();
    for help in all.iter().filter_map(|one| one.help.as_ref()) {
        if !advice.contains(help) {
            advice.push(help.clone());
        }
    }
    advice
}

/// What is wrong where a pipe or a device stands in the place of a file: inputs are read more than once, and a device may
/// never end.
#[must_use]
pub fn not_regular() -> io::Error {
    io::Error::new(io::ErrorKind::NotSeekable, "it is a pipe or a device, not a file")
}

/// Why the operating system refused. Its own sentence is English, whatever the reader reads; the Japanese one says the same
/// of what happens to files, and gives the number of the rest.
#[must_use]
pub fn refusal(error: &io::Error) -> Text {
    use io::ErrorKind as Kind;
    let en = error.to_string().into();
    let known = match error.kind() {
        Kind::NotFound => "ファイルやフォルダーがありません",
        Kind::PermissionDenied => "アクセス権がありません",
        Kind::AlreadyExists => "同じ名前のものがすでにあります",
        Kind::NotADirectory => "途中にフォルダーでないものがあります",
        Kind::IsADirectory => "ファイルではなくフォルダーです",
        Kind::StorageFull | Kind::QuotaExceeded => "ディスクに空きがありません",
        Kind::ReadOnlyFilesystem => "書き込みのできないディスクです",
        Kind::FileTooLarge => "ファイルが大きすぎます",
        Kind::InvalidFilename => "使えないファイル名です",
        Kind::NotSeekable => "パイプやデバイスで、ファイルではありません",
        Kind::ResourceBusy => "ほかのプログラムが使っています",
        Kind::UnexpectedEof => "途中で終わっています",
        Kind::InvalidData | Kind::InvalidInput => "中身が壊れています",
        Kind::AddrInUse => "ポートはほかのプログラムが使っています",
        Kind::BrokenPipe => "出力先が閉じられました",
        Kind::TimedOut => "応答がありません",
        Kind::OutOfMemory => "メモリーが足りません",
        _ => {
            let ja = error
                .raw_os_error()
                .map_or_else(|| "理由は不明です".to_owned(), |code| format!("OSのエラー番号 {code}"));
            return Text { ja: ja.into(), en };
        }
    };
    Text { ja: known.into(), en }
}

/// What an error says to a reader of the library: its diagnostics in English, one a line.
pub(crate) fn in_english(error: &impl Diagnose, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
    let lines: Vec<String> = error.diagnostics().iter().map(|one| one.line(Lang::En)).collect();
    f.write_str(&lines.join("\n"))
}

/// The `Display` of errors that are diagnosed.
macro_rules! display_diagnosed {
    ($($error:ty),+ $(,)?) => {$(
        impl std::fmt::Display for $error {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::diagnostics::in_english(self, f)
            }
        }
    )+};
}
