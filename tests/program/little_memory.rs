//! Where the system gives too little memory, or no large file: what was asked is not done, and the status says so.

use std::process::Command;

use crate::support::Folder;

/// Runs the sample under a limit of the shell's `ulimit`.
fn limited(folder: &Folder, limit: &str) -> (Option<i32>, String) {
    let run = format!("ulimit {limit} && exec \"$0\" run city --out out --no-map --threads 2");
    let mut command = Command::new("sh");
    command.args(["-c", &run, env!("CARGO_BIN_EXE_kyoten")]).current_dir(folder.path()).env("KYOTEN_LANG", "en");
    let output = command.output().unwrap();
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn a_run_that_is_out_of_memory_says_so_and_is_not_done() {
    // Of address space, KiB: hardly more than the program itself takes, and more and more of it.
    let program = std::fs::metadata(env!("CARGO_BIN_EXE_kyoten")).unwrap().len() / 1024;
    for size in (program.next_multiple_of(30_000) + 30_000..420_000).step_by(30_000) {
        let folder = Folder::with_sample();
        let (status, said) = limited(&folder, &format!("-v {size}"));
        match status {
            Some(0) => assert!(folder.path().join("out/run.json").is_file(), "{size}: {said}"),
            Some(2) => {
                assert!(!folder.path().join("out/run.json").exists(), "{size}: {said}");
                assert_eq!(said.matches("error: ").count(), 1, "{size}: {said}");
                assert!(!said.contains("memory allocation of"), "{size}: {said}");
            }
            // The program cannot even be loaded.
            Some(126 | 127) => assert!(size < 150_000, "{size}: {said}"),
            other => panic!("{size}: {other:?}: {said}"),
        }
    }
}

#[test]
fn a_file_that_may_not_grow_so_far_is_one_error() {
    // Blocks of 512 bytes.
    let folder = Folder::with_sample();
    let before = folder.contents();
    let (status, said) = limited(&folder, "-f 100");
    assert_eq!(status, Some(2), "{said}");
    assert!(said.starts_with("error: ") && said.contains("File too large"), "{said}");
    assert!(folder.contents() == before, "something was left");
}
