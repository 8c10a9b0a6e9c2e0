//! What a user who asks for help is told.

use crate::support::Folder;

#[test]
fn every_command_shows_examples_that_begin_with_it() {
    let folder = Folder::new();
    let help = folder.kyoten(&["--help"]).stdout;
    let commands: Vec<&str> = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        // What a command does may take several lines.
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|command| *command != "help")
        .collect();
    assert!(commands.contains(&"run") && commands.contains(&"init"), "{help}");
    for command in commands {
        let help = folder.kyoten(&[command, "--help"]).stdout;
        assert!(help.contains(&format!("Examples:\n  kyoten {command}")), "{help}");
        let readmes =
            [("README.md", include_str!("../../README.md")), ("README.ja.md", include_str!("../../README.ja.md"))];
        for (name, readme) in readmes {
            assert!(readme.contains(&format!("| `{command}")), "{name} says nothing of {command}");
        }
    }
}
