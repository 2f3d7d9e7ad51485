//! `mdbook-bilingual-site`: the program of `[output.bilingual-site]`.

fn main() {}
