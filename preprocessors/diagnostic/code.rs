//! What there is to say: every code, how much it matters, and what it means.

use std::fmt;

/// How much a diagnostic matters.
///
/// The order is the order of printing: what matters most comes last, next to the prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; never fails a build.
    Note,
    /// Probably a mistake; fails a build only with `warnings = "deny"`.
    Warning,
    /// Always fails the build.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// Declares the codes in one table: variant, name, severity, meaning.
macro_rules! codes {
    ($($variant:ident $name:literal $severity:ident $meaning:literal;)*) => {
        /// What a diagnostic is about. The name is stable: scripts may rely on it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $meaning] $variant,)*
        }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The name between the brackets of a printed diagnostic.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// How much this matters.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)* }
            }

            /// What it is about, in one sentence.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)* }
            }

            /// The text of `explain/NAME.md`. A code without one does not compile.
            #[must_use]
            pub fn text(self) -> &'static str {
                match self { $(Self::$variant => include_str!(concat!("explain/", $name, ".md")),)* }
            }
        }
    };
}

codes! {
    Anchor "anchor" Warning "A link to a place on a page, of which an export keeps the words, or the page alone.";
    BuildDirTaken "build-dir-taken" Error "A folder for the output that mdBook would empty, and that holds what the book is made of.";
    Callout "callout" Note "A callout that an export writes in another form.";
    CatalogueTarget "catalogue-target" Warning "A link of a catalogue that leads to no note and to no address.";
    ChapterGone "chapter-gone" Error "A chapter of `SUMMARY.md` whose note is gone, in a book that mdBook does not build without it.";
    ChapterMissing "chapter-missing" Warning "A chapter of `SUMMARY.md` whose note is gone, and for which mdBook makes an empty file.";
    ChapterUnreadable "chapter-unreadable" Error "A chapter of `SUMMARY.md` that mdBook cannot read, or cannot hand on, so that it builds nothing.";
    CodeLanguage "code-language" Note "Blocks of code whose language has to be chosen by hand.";
    CodePath "code-path" Note "A block of code whose file an export names above it.";
    CommitUnknown "commit-unknown" Warning "A commit in front matter that the history does not have.";
    ConfigKey "config-key" Error "A key of the configuration that does not exist.";
    ConfigOld "config-old" Error "Something in `book.toml` that was right for mdBook 0.4 and that mdBook 0.5 refuses.";
    ConfigRefused "config-refused" Error "Something in `book.toml` that mdBook does not take.";
    ConfigValue "config-value" Error "A value of the configuration that cannot be used.";
    CopyBehind "copy-behind" Warning "A copy elsewhere that misses changes of its note.";
    CopyLinks "copy-links" Note "A copy elsewhere that could link to another one, which came later.";
    CopyStale "copy-stale" Warning "A file in the place of a link to a note, and it says something else than the note.";
    CopyTextUnknown "copy-text-unknown" Warning "A copy elsewhere with another text than its note, of which nobody knows what it misses.";
    CopyUnconfirmed "copy-unconfirmed" Note "A copy elsewhere of which nobody has said which text it has.";
    CountDiffers "count-differs" Error "An export that holds more or fewer formulas, pictures, tables, links or blocks of code than it should.";
    CrossPostDuplicate "cross-post-duplicate" Warning "One address is given as the cross-post of two different notes.";
    DateInvalid "date-invalid" Warning "A date that cannot be read, or that no calendar has.";
    Details "details" Note "Text behind a summary that an export shows in full.";
    Diagram "diagram" Warning "A diagram of which an export shows the source.";
    DiagramScriptMissing "diagram-script-missing" Warning "A page has a diagram, and the script that draws it is not in the source folder.";
    EditionDuplicate "edition-duplicate" Warning "Two files claim to be the same note in the same language.";
    EditionMissing "edition-missing" Note "A note that is not there in one of the book's languages.";
    EditionUnlisted "edition-unlisted" Warning "A counterpart lies in the book's folder, but `SUMMARY.md` does not list it.";
    EndTagUnmatched "end-tag-unmatched" Warning "An end tag of HTML that closes what Markdown opened, at which mdBook would stop.";
    ExportUnclean "export-unclean" Error "An export that holds something which the platform takes away, or refuses.";
    FactsDisagree "facts-disagree" Warning "Two places say different things about the same edition.";
    FileEdited "file-edited" Warning "An installed file other than the stylesheet was changed by hand, so it was kept.";
    FileSkipped "file-skipped" Warning "A file or a folder that was found and left out.";
    FileUnreadable "file-unreadable" Warning "A file that could not be read as UTF-8 text, or that is too large or no file at all.";
    FirstChapterNested "first-chapter-nested" Warning "The first chapter lies in a folder, so its copy at the root has broken links.";
    Footnote "footnote" Warning "Footnotes that stand in a list at the end of an export.";
    FormulaFont "formula-font" Warning "A formula with characters for which there is no drawing.";
    FormulaInTable "formula-in-table" Warning "A formula in the cell of a table that an export can only write as text.";
    FormulaInvalid "formula-invalid" Warning "A formula that cannot be shown.";
    FormulaRisky "formula-risky" Note "A formula that a platform is known to draw badly.";
    FormulaUnknown "formula-unknown" Warning "A formula that could not be drawn.";
    FrontMatterKey "front-matter-key" Note "A front matter key that is one letter away from one of ours.";
    FrontMatterSyntax "front-matter-syntax" Warning "Front matter that is not valid YAML or TOML.";
    FrontMatterValue "front-matter-value" Warning "A front matter value of the wrong kind.";
    HeadingDepth "heading-depth" Note "Headings that an export moves to other levels.";
    HistoryMissing "history-missing" Note "There is no git history, so notes get no dates from it.";
    HistoryPartial "history-partial" Note "A clone without all texts of its history.";
    HistoryShallow "history-shallow" Note "A clone without all commits of its history, so notes get no dates from it.";
    HostVersion "host-version" Warning "The mdBook that runs the suite is not of the 0.5 family.";
    Html "html" Warning "HTML of which an export keeps the text alone.";
    IncludeMissing "include-missing" Warning "A directive of mdBook that names a file which is not there.";
    IncludeUntreated "include-untreated" Warning "Markdown, or TeX in a formula, that mdBook puts into a page when the passes have run.";
    LanguageDoubtful "language-doubtful" Warning "A text that looks like another language than the one it counts as.";
    LanguageInvalid "language-invalid" Warning "A language that is not a BCP 47 tag.";
    LanguageNotMarked "language-not-marked" Note "A page whose text could not be wrapped in an element that names its language.";
    LanguageUnknown "language-unknown" Warning "A page, or a table of the configuration, in a language that the book does not list.";
    LinkAsText "link-as-text" Error "A symbolic link to a note that became a file with the text of the link.";
    LinkDead "link-dead" Warning "A link that leads nowhere.";
    LinkLanguage "link-language" Note "A link to another language's edition of a note that has one in the page's own.";
    LinkLost "link-lost" Warning "A link to something that is nowhere on the web, so that an export keeps its words alone.";
    LinkNoCopy "link-no-copy" Note "A link to a note that has no copy on the platform yet.";
    LinkPageOnly "link-page-only" Note "A link to a page that is no file, so that it works in the book and nowhere else.";
    LinkRedirect "link-redirect" Note "A link through a site that only leads on to another address.";
    LinkUnpublished "link-unpublished" Warning "A link to a file that is neither in the book nor, as far as is known, on the web.";
    LinksNumbered "links-numbered" Note "Links that stand in a list at the end of an export.";
    ListBlock "list-block" Warning "Lists that are nested deeper than the platform allows.";
    MarkerNested "marker-nested" Warning "A marker stands inside a list, a quotation or a paragraph.";
    MessagesMissing "messages-missing" Note "A language for which there are no messages; English stands in.";
    NoteUncatalogued "note-uncatalogued" Note "A note that no catalogue lists.";
    NoteUnlisted "note-unlisted" Note "A note of the folder that a book was made of, and that is not in the book.";
    OutlineDiffers "outline-differs" Note "Two editions of a note have different headings.";
    PageListedTwice "page-listed-twice" Warning "`SUMMARY.md` lists one page twice.";
    PageOverwritten "page-overwritten" Error "Two files are written to one page, so that one of them is lost.";
    PairDoubtful "pair-doubtful" Warning "Two files that a catalogue lists as two notes, and that only their names pair.";
    PairRefused "pair-refused" Warning "Evidence for a pair that contradicts stronger evidence.";
    PathOutside "path-outside" Error "A page that lies outside the book's folder, or a file that mdBook would publish, and that lies outside of the repository.";
    PictureByHand "picture-by-hand" Note "A picture that has to be uploaded by hand.";
    PictureInline "picture-inline" Note "A picture in a line of text that an export moves below the paragraph.";
    PictureLost "picture-lost" Warning "A picture that is not there.";
    PictureSlow "picture-slow" Note "A picture on a host from which the platform often fails to fetch.";
    PictureUnpushed "picture-unpushed" Note "A picture that the repository on the web does not show yet.";
    PostLimits "post-limits" Note "A title, a summary or tags that are more than the platform takes.";
    PostUnsure "post-unsure" Note "Something in an export of which nobody has tried whether the platform takes it.";
    QuoteDepth "quote-depth" Note "Quotations in quotations, of which an export has one level.";
    ReviewChanged "review-changed" Warning "A text that was changed since its review.";
    ReviewOverdue "review-overdue" Warning "A text whose next review was due before today.";
    ReviewPending "review-pending" Note "An edition that still waits for its review.";
    SiteAddressMissing "site-address-missing" Note "A site whose configuration does not say at which address it is published.";
    SourceMissing "source-missing" Warning "A translation by its own word, of a note that has no other edition.";
    StatusUnknown "status-unknown" Warning "A status that does not exist.";
    StylesheetEdited "stylesheet-edited" Warning "The installed stylesheet was changed by hand, so it was kept.";
    TableCell "table-cell" Note "Marks in the cell of a table, of which an export keeps the text.";
    Task "task" Note "Boxes of a list of tasks that an export writes as characters.";
    TitleUnset "title-unset" Note "A browser title that cannot be set, because mdBook's `links` has run already.";
    TranslationBehind "translation-behind" Warning "A translation that misses changes of its source.";
    TranslationKeyDuplicate "translation-key-duplicate" Warning "One `translation-key` is used by two notes in one language.";
    Undated "undated" Note "A note without a date, which the learning path can only put last.";
    UrlForbidden "url-forbidden" Error "An address that would harm who follows it.";
    UrlInvalid "url-invalid" Warning "An address that is none of the web.";
    ZhihuUrl "zhihu-url" Warning "An address that is not a Zhihu article or answer.";
}
