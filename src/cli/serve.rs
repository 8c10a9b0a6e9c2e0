//! `kyoten serve`: a run's map in the browser, from this machine to this machine.

use std::io::{Write as _, stdout};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};

use anstream::eprintln;
use clap::Args;

use super::run::{DEFAULT_OUT, How, format, formats, measure};
use super::{Failure, expired, summary};
use crate::outputs::ParcelFormat;
use crate::outputs::names::RUN;
use crate::pipeline::Options;
use crate::serve::Server;

const EXAMPLES: &str = "\
Examples:
  kyoten serve kyoten-out               the map of a finished run
  kyoten serve downloads/               the run first, then its map
  kyoten serve kyoten-out --port 8080   always under the same address

It prints the address, and serves until it is stopped with Ctrl-C, to this machine only.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct ServeArguments {
    /// A run folder; or a kyoten.toml or a folder of downloads, which is run first.
    #[arg(value_name = "RUN-OR-PROJECT")]
    what: PathBuf,
    /// The port; a free one unless given.
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    port: u16,
    #[command(flatten)]
    how: HowFirst,
}

/// How the run of a project is done first. Nothing of it has a default, so that it can be refused with a finished run.
#[derive(Debug, Args)]
#[command(next_help_heading = "With a project")]
struct HowFirst {
    /// The run folder; its files are replaced as a whole [default: kyoten-out].
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[arg(long, value_name = "FORMATS", value_delimiter = ',', value_parser = format,
        help = format!("Formats of the parcels, separated by commas: {} [default: geojson]", formats()))]
    format: Vec<&'static ParcelFormat>,
    /// Threads to use; all there are unless given. The outputs do not depend on it.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

pub(super) fn serve(arguments: &ServeArguments) -> Result<u8, Failure> {
    // Taken first: a port in use is no news to be had after a long run.
    let listener = listen(arguments.port)?;
    let address =
        listener.local_addr().map_err(|error| Failure::new(format!("no port to listen on ({error})"), None))?;
    let run = finished(&arguments.what, &arguments.how)?;
    let server = Server::open(&run, address.port())?;
    tell(address.port(), &run)?;
    match server.serve(listener) {
        Err(error) => Err(Failure::new(format!("connections cannot be waited for ({error})"), None)),
    }
}

/// Listens on loopback.
fn listen(port: u16) -> Result<TcpListener, Failure> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| {
        let help = "give another --port, or none to have a free one taken";
        Failure::new(format!("port {port} of 127.0.0.1 cannot be had ({error})"), Some(help.to_owned()))
    })
}

/// The folder of a finished run: the one that is given, or that of the project, which is run.
fn finished(what: &Path, how: &HowFirst) -> Result<PathBuf, Failure> {
    if !what.join(RUN).is_file() {
        let out = how.out.clone().unwrap_or_else(|| PathBuf::from(DEFAULT_OUT));
        let format = if how.format.is_empty() { Options::default().formats } else { how.format.clone() };
        let how = How { out, format, threads: how.threads, no_map: false, strict: false, json: false };
        let report = measure(what, &how, false)?;
        summary::print_aside(&report);
        expired::tell(report.feeds());
        return Ok(how.out);
    }
    if how.out.is_some() || !how.format.is_empty() || how.threads.is_some() {
        let help = "leave out --out, --format and --threads, or give the kyoten.toml instead";
        return Err(Failure::new(
            format!("{}: this is a finished run, and is not done anew", what.display()),
            Some(help.to_owned()),
        ));
    }
    Ok(what.to_owned())
}

/// Prints the address for scripts, and for people how it ends.
fn tell(port: u16, run: &Path) -> Result<(), Failure> {
    let mut out = stdout().lock();
    let printed = writeln!(out, "http://127.0.0.1:{port}/").and_then(|()| out.flush());
    printed.map_err(|error| Failure::new(format!("the address cannot be printed ({error})"), None))?;
    eprintln!("serving {} to this machine; stop with Ctrl-C", run.display());
    Ok(())
}
