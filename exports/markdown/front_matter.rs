//! The front matter of a platform that has its own.
//!
//! ```text
//! ---                                   ---
//! title: KV cache                  →    title: "KV cache"
//! tags: [cuda, llm, sys, gpu, rl]       published: false
//! ---                                   tags: cuda, llm, sys, gpu
//!                                       canonical_url: https://example.org/kv.html
//!                                       ---
//! ```

use mdbook_bilingual_core::facts::front_matter;

use crate::note::Note;

/// The front matter of an export, in the platform's own keys; a key without a value is left out.
pub(super) fn write(note: &Note<'_>) -> String {
    let platform = note.export.platform;
    let mut out = String::from("---\n");
    for key in &platform.keys {
        let value = match key.as_str() {
            "title" => Some(quoted(note.title())),
            "published" => Some("false".to_owned()),
            "description" | "subtitle" => note.summary().map(quoted),
            "tags" => Some(tags_for(&note.tags, platform.limits.tags)).filter(|tags| !tags.is_empty()),
            "series" | "cover_image" | "cover" => {
                texts(note.front_matter(), key).into_iter().next().map(|text| quoted(&text))
            }
            "canonical_url" | "canonical" => note.canonical(),
            _ => None,
        };
        if let Some(value) = value {
            out.push_str(&format!("{key}: {value}\n"));
        }
    }
    out + "---\n\n"
}

/// A text as YAML and JSON write it, so that nothing in it is read.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// As many tags as the platform takes: of letters and digits alone, as Forem wants them.
fn tags_for(tags: &[String], most: usize) -> String {
    let plain = |tag: &String| tag.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let tags = tags.iter().map(plain).filter(|tag| !tag.is_empty());
    tags.take(if most == 0 { usize::MAX } else { most }).collect::<Vec<_>>().join(", ")
}

/// What the front matter of a note holds behind a key: `tags: [a, b]`, a list below it, or `tags: a, b`.
pub(crate) fn texts(front_matter: &str, key: &str) -> Vec<String> {
    front_matter::find(front_matter).map(|block| front_matter::texts(block, key)).unwrap_or_default()
}
