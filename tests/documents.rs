//! What the documents say about names that the code owns.

mod common;

use mdbook_bilingual::config::PassName;
use mdbook_bilingual::diagnostic::Code;
use mdbook_bilingual::facts::front_matter;
use mdbook_bilingual::notebook::Status;

#[test]
fn both_readmes_name_everything_that_can_be_written_or_read() {
    let codes = Code::ALL.iter().map(|code| code.name());
    let passes = PassName::ALL.iter().map(|pass| pass.name());
    let statuses = Status::ALL.iter().map(|status| status.name());
    let keys = front_matter::KEYS.iter().copied();
    let names: Vec<&str> = codes.chain(passes).chain(statuses).chain(keys).collect();
    for file in ["README.md", "README.zh-CN.md"] {
        let text = std::fs::read_to_string(common::checkout().join(file)).expect(file);
        for name in &names {
            assert!(text.contains(&format!("`{name}`")), "{file} does not name `{name}`");
        }
        // A table row for a code that does not exist any more.
        let rows = text.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` | ")).filter(|(_, rest)| {
            ["error", "warning", "note", "错误", "警告", "提示"]
                .iter()
                .any(|severity| rest.starts_with(&format!("{severity} |")))
        });
        for (name, _) in rows {
            assert!(Code::ALL.iter().any(|code| code.name() == name), "{file} names a code that is not there: {name}");
        }
    }
}
