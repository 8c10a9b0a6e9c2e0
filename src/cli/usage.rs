//! What is said of the arguments themselves, in the reader's language: the frame of every help text, and what is wrong with
//! what was typed.

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, Error};

use super::failure::Failure;
use super::reader::{lang, say};
use super::wrap::{width, wrapped};
use crate::diagnostics::Diagnostic;
use crate::text::{Lang, Text};

/// What a help text is made of in Japanese; the English frame is the library's own.
const FRAME: &str = "{about-with-newline}\n使い方: {usage}\n\n{all-args}{after-help}";

/// How far the help of an option stands in.
const INDENT: usize = 10;

/// The program's arguments with their help in the reader's language.
pub(super) fn command<A: clap::CommandFactory>() -> Command {
    let mut command = A::command();
    if lang() == Lang::Ja {
        command = in_japanese(command);
        command = command.arg(flag("version", 'V', ArgAction::Version, "バージョンを表示する"));
        command.build();
        command = with_usage(command).mut_subcommands(with_usage);
        command = command.mut_subcommand("help", |help| help.about("コマンドの説明を表示する"));
    }
    command
}

fn flag(name: &'static str, short: char, action: ArgAction, help: &'static str) -> Arg {
    Arg::new(name).long(name).short(short).action(action).help(help).help_heading("オプション")
}

fn in_japanese(command: Command) -> Command {
    // Under a heading of their own arguments are sorted by name, unless each says its place.
    let mut place = 0;
    let argument = |one: Arg| {
        place += 1;
        argument(one).display_order(place)
    };
    command
        .help_template(FRAME)
        .next_line_help(true)
        .subcommand_help_heading("コマンド")
        .subcommand_value_name("コマンド")
        .mut_args(argument)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(flag("help", 'h', ArgAction::Help, "この説明を表示する"))
        .mut_subcommands(in_japanese)
}

/// A number that was typed.
pub(super) fn number<N: std::str::FromStr>(given: &str) -> Result<N, String> {
    given.parse().map_err(|_| say("半角の数字で書いてください。", "write a number").to_owned())
}

/// The line of usage, whose placeholder for options is English.
fn with_usage(mut command: Command) -> Command {
    let usage = command.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage:").trim().replace("[OPTIONS]", "[オプション]");
    command.override_usage(usage)
}

/// An argument under a Japanese heading, with its default and its values said in Japanese.
fn argument(argument: Arg) -> Arg {
    let mut help = argument.get_help().map(StyledStr::to_string).unwrap_or_default();
    let values: Vec<String> = argument
        .get_possible_values()
        .iter()
        .filter(|_| argument.get_action().takes_values())
        .map(|value| match value.get_help() {
            Some(meaning) => format!("{}（{meaning}）", value.get_name()),
            None => value.get_name().to_owned(),
        })
        .collect();
    if !values.is_empty() {
        help = format!("{help} [{}]", values.join("、"));
    }
    let defaults: Vec<_> = argument.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    if !defaults.is_empty() && argument.get_action().takes_values() && !argument.is_hide_default_value_set() {
        help = format!("{help} [既定値: {}]", defaults.join(","));
    }
    let heading = match argument.get_help_heading() {
        Some(_) => None,
        None if argument.is_positional() => Some("引数"),
        None => Some("オプション"),
    };
    let argument = match heading {
        Some(heading) => argument.help_heading(heading),
        None => argument,
    };
    let help = wrapped(&help, width().saturating_sub(INDENT), "", "");
    let argument = argument.help(help);
    // clap asserts that flags, which take no value, hide none.
    if argument.get_action().takes_values() {
        argument.hide_default_value(true).hide_possible_values(true)
    } else {
        argument
    }
}

/// What is wrong with the arguments.
pub(super) fn failure(error: &Error, program: &Command) -> Failure {
    let said = |kind| error.get(kind).map(value).unwrap_or_default();
    let argument = said(ContextKind::InvalidArg);
    let given = said(ContextKind::InvalidValue);
    let (id, message) = match error.kind() {
        ErrorKind::UnknownArgument => {
            ("argument-unknown", text!("{argument} という引数はありません。", "unexpected argument '{argument}' found"))
        }
        ErrorKind::InvalidSubcommand => {
            let name = said(ContextKind::InvalidSubcommand);
            ("command-unknown", text!("{name} というコマンドはありません。", "unrecognized subcommand '{name}'"))
        }
        ErrorKind::InvalidValue if given.is_empty() => (
            "value-missing",
            text!("{argument} に値がありません。", "a value is required for '{argument}' but none was supplied"),
        ),
        ErrorKind::InvalidValue => (
            "value-unknown",
            text!("{argument} の値に「{given}」はありません。", "invalid value '{given}' for '{argument}'"),
        ),
        ErrorKind::ValueValidation => {
            let reason = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
            (
                "value-unfit",
                text!(
                    "{argument} の値「{given}」は使えません。{reason}",
                    "invalid value '{given}' for '{argument}': {reason}"
                ),
            )
        }
        ErrorKind::ArgumentConflict => {
            let other = said(ContextKind::PriorArg);
            (
                "arguments-conflict",
                text!(
                    "{argument} と {other} は一緒に使えません。",
                    "the argument '{argument}' cannot be used with '{other}'"
                ),
            )
        }
        ErrorKind::MissingRequiredArgument => (
            "argument-missing",
            text!(
                "必要な引数がありません: {argument}",
                "the following required arguments were not provided: {argument}"
            ),
        ),
        ErrorKind::MissingSubcommand => (
            "command-missing",
            Text::new("コマンドがありません。", "a subcommand is required but one was not provided"),
        ),
        ErrorKind::InvalidUtf8 => {
            ("argument-not-utf8", Text::new("引数の文字コードがUTF-8ではありません。", "an argument is not UTF-8"))
        }
        _ => ("usage", text!("引数が正しくありません: {argument}", "the arguments are wrong: {argument}")),
    };
    Diagnostic::error(id, message).help(help(error, program)).into()
}

/// What was probably meant, what there is, and where it stands.
fn help(error: &Error, program: &Command) -> Text {
    let meant = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
        .into_iter()
        .find_map(|kind| error.get(kind).map(value).filter(|meant| !meant.is_empty()));
    let there_are = [ContextKind::ValidValue, ContextKind::ValidSubcommand]
        .into_iter()
        .find_map(|kind| error.get(kind).map(value).filter(|all| !all.is_empty()));
    let command = std::env::args().skip(1).find(|word| program.find_subcommand(word).is_some());
    let command = command.map(|word| format!("{word} ")).unwrap_or_default();
    match (meant, there_are) {
        (Some(meant), _) => text!(
            "`{meant}` のことではありませんか。`kyoten {command}--help` で説明が見られます。",
            "did you mean `{meant}`? `kyoten {command}--help` tells more"
        ),
        (None, Some(all)) => text!(
            "使えるのは次のとおりです: {all}。`kyoten {command}--help` で説明が見られます。",
            "there are: {all}; `kyoten {command}--help` tells more"
        ),
        (None, None) => text!("`kyoten {command}--help` で説明が見られます。", "`kyoten {command}--help` tells more"),
    }
}

fn value(value: &ContextValue) -> String {
    match value {
        ContextValue::String(one) => one.clone(),
        ContextValue::Strings(all) => all.join(", "),
        ContextValue::Number(number) => number.to_string(),
        _ => String::new(),
    }
}
