//! Stub.
use std::collections::BTreeMap;
use std::fmt;
/// Stub.
pub struct Mathematics;
/// Stub.
#[derive(Debug)]
pub struct Problem {
    /// Stub.
    pub at: usize,
}
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("stub")
    }
}
impl Mathematics {
    /// Stub.
    pub fn new(_: &BTreeMap<String, String>) -> Self {
        Self
    }
    /// Stub.
    pub fn mathml(&self, tex: &str, _: bool) -> Result<String, Problem> {
        if tex.contains("error") { Err(Problem { at: 0 }) } else { Ok("<math></math>".into()) }
    }
}
