//! The `kyoten` program: parse, run, turn the outcome into an exit status.

fn main() -> std::process::ExitCode {
    kyoten::cli::main()
}
