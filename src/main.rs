//! The `kyoten` program: parse, run, turn the outcome into an exit status.

#[global_allocator]
static MEMORY: kyoten::cli::Memory = kyoten::cli::Memory;

fn main() -> std::process::ExitCode {
    kyoten::cli::main()
}
