//! Is the script that pages load the one of the repository?

use std::fs;

use anyhow::Result;
use browser_tests::book::workspace;
use browser_tests::minifier::minified;
use mdbook_bilingual_search::script;
use support::program::skip;

#[test]
fn the_script_is_what_its_sources_make() -> Result<()> {
    let source = script::source();
    let made = match minified(&source) {
        Ok(made) => made,
        Err(why) => {
            skip("the_script_is_what_its_sources_make", &format!("{why:#}"));
            return Ok(());
        }
    };
    if std::env::var_os("BLESS").is_some() {
        let client = workspace().join("renderers/search/client");
        fs::write(client.join("search.min.js"), &made)?;
        fs::write(client.join("search.min.sum"), script::sum(&source))?;
        return Ok(());
    }
    assert_eq!(made, script::SCRIPT, "client/ has changed: run this test with BLESS=1");
    Ok(())
}
