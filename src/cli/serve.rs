//! `kyoten serve`: a run's map in the browser, from this machine to this machine.

use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};

use clap::Args;

use super::reader::{Globals, lang, say};
use super::run::{DEFAULT_OUT, How, WhichColumns, WhichMap, format, formats, measure, threads};
#[cfg(feature = "maps")]
use super::run::{ONE_FILE_EN, ONE_FILE_JA};
use super::usage::number;
use super::writing::{GUARD_EN, GUARD_JA, HowWritten};
use super::{Failure, expired, print, summary};
use crate::diagnostics::{Diagnostic, refusal};
use crate::disk::is_unsettled;
use crate::outputs::ParcelFormat;
use crate::outputs::names::RUN;
use crate::pipeline::Options;
use crate::serve::Server;
use crate::text::Text;

const EXAMPLES_EN: &str = "\
Examples:
  kyoten serve kyoten-out               the map of a finished run
  kyoten serve downloads/               the run first, then its map
  kyoten serve kyoten-out --port 8080   always under the same address

It prints the address, and serves until it is stopped with Ctrl-C, to this machine only.";

const EXAMPLES_JA: &str = "\
例:
  kyoten serve kyoten-out               判定の終わった結果の地図
  kyoten serve downloads/               まず判定し、その地図
  kyoten serve kyoten-out --port 8080   いつも同じアドレスで

アドレスを表示し、Ctrl-C で止めるまで動きます。
見られるのはこのパソコンからだけです。";

#[derive(Debug, Args)]
#[command(after_help = say(EXAMPLES_JA, EXAMPLES_EN))]
pub(super) struct ServeArguments {
    #[arg(value_name = "RUN-OR-PROJECT", help = say(
        "結果のフォルダー。kyoten.toml やダウンロードしたフォルダーなら、まず判定する",
        "A run folder; or a kyoten.toml or a folder of downloads, which is run first"))]
    what: PathBuf,
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true, value_parser = number::<u16>, help = say(
        "ポート番号。指定がなければ空いているもの", "The port; a free one unless given"))]
    port: u16,
    #[command(flatten)]
    how: HowFirst,
}

/// How the run of a project is done first. Nothing of it has a default, so that it can be refused with a finished run.
#[derive(Debug, Args)]
#[command(next_help_heading = say("まず判定するとき", "With a project"))]
struct HowFirst {
    #[arg(long, value_name = "DIR", help = say(
        "結果を書くフォルダー。中のファイルはまとめて置き換える [既定値: kyoten-out]",
        "The run folder; its files are replaced as a whole [default: kyoten-out]"))]
    out: Option<PathBuf>,
    #[arg(long, value_name = "FORMATS", value_delimiter = ',', value_parser = format, help = format!("{}: {} {}",
        say("筆のファイルの形式（コンマで区切る）", "Formats of the parcels, separated by commas"), formats(),
        say("[既定値: geojson]", "[default: geojson]")))]
    format: Vec<&'static ParcelFormat>,
    #[arg(long, value_name = "N", value_parser = threads, help = say(
        "使うスレッドの数（指定がなければすべて）。結果は変わらない",
        "Threads to use; all there are unless given. The outputs do not depend on it"))]
    threads: Option<u16>,
    #[arg(long, help = say(GUARD_JA, GUARD_EN))]
    guard: bool,
    #[cfg(feature = "maps")]
    #[arg(long, help = say(ONE_FILE_JA, ONE_FILE_EN))]
    one_file: bool,
}

impl HowFirst {
    /// Whether anything of it was said.
    fn is_said(&self) -> bool {
        #[cfg(feature = "maps")]
        let one_file = self.one_file;
        #[cfg(not(feature = "maps"))]
        let one_file = false;
        self.out.is_some() || !self.format.is_empty() || self.threads.is_some() || self.guard || one_file
    }
}

pub(super) fn serve(arguments: &ServeArguments, globals: &Globals) -> Result<u8, Failure> {
    // Taken first: a port in use is no news to be had after a long run.
    let listener = listen(arguments.port)?;
    let address = listener.local_addr().map_err(|error| no_port(arguments.port, &error))?;
    let run = finished(&arguments.what, &arguments.how, globals)?;
    let server = Server::open(&run, address.port())?;
    tell(address.port(), &run, globals)?;
    match server.serve(listener) {
        Err(error) => Err(Diagnostic::error(
            "not-serving",
            text!(
                "接続を待てません（{reason}）。",
                "connections cannot be waited for ({reason})",
                reason = refusal(&error)
            ),
        )
        .into()),
    }
}

/// Listens on loopback.
fn listen(port: u16) -> Result<TcpListener, Failure> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| no_port(port, &error).into())
}

fn no_port(port: u16, error: &io::Error) -> Diagnostic {
    Diagnostic::error(
        "no-port",
        text!(
            "127.0.0.1のポート{port}を使えません（{reason}）。",
            "port {port} of 127.0.0.1 cannot be had ({reason})",
            reason = refusal(error)
        ),
    )
    .help(Text::new(
        "--port で別の番号を指定するか、指定をやめてください（空いている番号を使います）。",
        "give another --port, or none to have a free one taken",
    ))
}

/// The folder of a finished run: the one that is given, or that of the project, which is run.
fn finished(what: &Path, how: &HowFirst, globals: &Globals) -> Result<PathBuf, Failure> {
    if !what.join(RUN).is_file() && !is_unsettled(what) {
        let out = how.out.clone().unwrap_or_else(|| PathBuf::from(DEFAULT_OUT));
        let format = if how.format.is_empty() { Options::default().formats } else { how.format.clone() };
        let &HowFirst { threads, guard, .. } = how;
        let map = WhichMap {
            #[cfg(feature = "maps")]
            one_file: how.one_file,
            ..WhichMap::default()
        };
        let (which, written) = (WhichColumns::default(), HowWritten::default());
        let how = How { out, format, threads, guard, which, written, map, strict: None, json: false };
        let report = measure(what, &how, false, globals)?;
        if !globals.quiet {
            summary::print_aside(&report, globals.verbose);
            expired::tell(report.feeds());
        }
        return Ok(how.out);
    }
    if how.is_said() {
        let message = Text::new(
            "判定の終わった結果です。判定をやり直すことはしません。",
            "this is a finished run, and is not done anew",
        );
        let help = Text::new(
            "--out、--format、--threads、--guard、--one-file を外すか、代わりに kyoten.toml を指定してください。",
            "leave out --out, --format, --threads, --guard and --one-file, or give the kyoten.toml instead",
        );
        return Err(Diagnostic::error("run-finished", message).at(what.display()).help(help).into());
    }
    Ok(what.to_owned())
}

/// Prints the address for scripts, and for people how it ends.
fn tell(port: u16, run: &Path, globals: &Globals) -> Result<(), Failure> {
    print::for_a_reader(format_args!("http://127.0.0.1:{port}/")).map_err(|error| {
        let reason = refusal(&error);
        Diagnostic::error(
            "address-not-printed",
            text!(
                "アドレスを表示できません（{reason}）。",
                "the address cannot be printed ({reason})",
                reason = reason
            ),
        )
    })?;
    if !globals.quiet {
        let run = run.display();
        let how_it_ends = text!(
            "{run} の地図を、このパソコンの中だけで公開しています。Ctrl-C で終わります。",
            "serving {run} to this machine; stop with Ctrl-C"
        );
        print::aside(how_it_ends.get(lang()));
    }
    Ok(())
}
