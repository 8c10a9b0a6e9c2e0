//! `--progress`: how far a run is, for whoever reads standard error through a pipe.

use std::fs;

use serde_json::Value;

use crate::support::Folder;

/// The lines of progress among those of standard error.
fn progress(stderr: &str) -> Vec<Value> {
    let lines = stderr.lines().filter(|line| line.starts_with("{\"progress\":"));
    lines.map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Without what repeats: the stages in their order.
fn stages(lines: &[Value]) -> Vec<&str> {
    let mut stages: Vec<&str> = lines.iter().map(|line| line["progress"].as_str().unwrap()).collect();
    stages.dedup();
    stages
}

#[test]
fn lines_tell_each_stage_and_end_with_all_parcels() {
    let folder = Folder::with_sample();
    let run = folder.kyoten(&["run", "city", "--progress", "lines"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let lines = progress(&run.stderr);
    assert_eq!(stages(&lines), ["read", "prepare", "measure", "zones", "write"]);
    let counted: Vec<&Value> = lines.iter().filter(|line| line.get("done").is_some()).collect();
    assert!(counted.len() <= 20 && counted.iter().all(|line| line["progress"] == "measure"), "{lines:?}");
    assert!(counted.is_sorted_by_key(|line| line["done"].as_u64()));
    let last = counted.last().unwrap();
    assert_eq!(last["done"], last["of"]);
    assert_eq!(last["of"], folder.json("kyoten-out/run.json")["parcels"]["count"]);
}

#[test]
fn the_stage_keeps_its_english_name_and_has_one_for_its_reader() {
    let folder = Folder::with_sample();
    let run = folder.kyoten_in_japanese(&["check", "city", "--progress=lines"]);
    let lines = progress(&run.stderr);
    assert_eq!(stages(&lines), ["read", "prepare"]);
    assert_eq!(lines[0]["name"], "読み込み");
}

#[test]
fn a_batch_tells_each_project_that_has_ended() {
    let folder = Folder::with_sample();
    let project = folder.text("city/kyoten.toml");
    let other = project.replace("municipality = \"22999\"", "municipality = \"22213\"");
    assert_ne!(other, project);
    folder.put("city/other.toml", other);
    folder.put("shards.toml", "projects = [\"city/kyoten.toml\", \"city/other.toml\"]\n");
    let run = folder.kyoten(&["batch", "shards.toml", "--jobs", "1", "--no-map", "--progress", "lines"]);
    let done: Vec<_> = progress(&run.stderr).iter().map(|line| (line["done"].clone(), line["of"].clone())).collect();
    assert_eq!(done, [(1.into(), 2.into()), (2.into(), 2.into())], "{}", run.stderr);
}

#[test]
fn without_the_option_a_pipe_gets_no_progress_and_the_outputs_are_the_same() {
    let folder = Folder::with_sample();
    for (out, more) in
        [("plain", &[][..]), ("none", &["--progress", "none"][..]), ("lines", &["--progress", "lines"][..])]
    {
        let run = folder.kyoten(&[&["run", "city", "--out", out][..], more].concat());
        assert_eq!(progress(&run.stderr).is_empty(), out != "lines", "{}", run.stderr);
    }
    for name in folder.names("plain").iter().filter(|name| !name.ends_with("times.json")) {
        let bytes = |out: &str| fs::read(folder.path().join(out).join(name)).unwrap();
        assert!(bytes("plain") == bytes("lines") && bytes("plain") == bytes("none"), "{name}");
    }
}

#[test]
fn a_quiet_run_that_is_asked_for_lines_prints_nothing_else() {
    let folder = Folder::with_sample();
    let run = folder.kyoten(&["run", "city", "--quiet", "--progress", "lines"]);
    assert_eq!((run.status, run.stdout.as_str()), (0, ""), "{}", run.stderr);
    assert_eq!(progress(&run.stderr).len(), run.stderr.lines().count(), "{}", run.stderr);
}
