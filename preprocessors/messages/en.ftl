# Every sentence that a reader sees, in English. The other files say the same in their languages.
# A book replaces any of them in [preprocessor.bilingual.language.en.messages].

# The language switch
language-switch-label = Versions of this page in other languages
language-switch-home-label = Languages of this book
# $language: a language's name in itself
edition-missing = No { $language } version yet
# $languages: names of languages, when there are more than three of them
editions-missing = Not yet in { $languages }
# The link behind it to the nearest index in that language, in that language
# $language: its name in itself; $title: the title of the index
language-switch-index = { $language } index: { $title }

# Cross-posts
# $links: links to the other sites
cross-post = Also published on { $links }.
cross-post-only = This note is published on { $links } only.
# With dates: $link: a link to a copy; $date: the day since when it is there, or the one of its text
cross-post-since = { $link } (since { $date })
cross-post-as-of = { $link } (as of { $date })
# $platforms: names of sites whose copies miss changes of the page
cross-post-newer = This page has changed since it was posted on { $platforms }.
# $platform: the site's name; $language: the name of its language, which is one of the next two
cross-post-in-language = { $platform } (in { $language })
platform-language-zh = Chinese
platform-language-ja = Japanese
list-separator = {", "}

# Status: the word, and a sentence for the callout
status-draft = Draft
status-draft-text = This is a first version; any part of it may still change.
status-pending-review = Pending review
status-pending-review-text = Nobody has reviewed this page yet, so read it with care.
status-reviewed = Reviewed
status-reviewed-text = This page has been reviewed.
status-outdated = Outdated
status-outdated-text = This page is no longer kept up to date.
status-not-finished = Not finished
status-not-finished-text = Parts of this page are still to be written.
# $reviewer: a name; $date: a day such as 2025-12-02
review-by = Reviewed by { $reviewer }.
review-on = Reviewed on { $date }.
review-by-on = Reviewed by { $reviewer } on { $date }.
# The word for a review of an older text, and the sentence behind one of those above
review-changed = Changed since review
review-changed-text = Its text has changed since.
review-changed-on = Its text has changed since, last on { $date }.
# The sidebar's entry of a page with a status
sidebar-mark = { $title } [{ $status }]

# A translation that misses changes of the edition that it was made from
# $source: the name of that edition's language; $changes: how many changes; $date: the day of the last one
freshness-changes-on = The { $source } original has { $changes ->
    [one] 1 newer change, of { $date }
   *[other] { $changes } newer changes, the last of { $date }
}.
freshness-changes = The { $source } original has { $changes ->
    [one] 1 newer change
   *[other] { $changes } newer changes
}.
freshness-changed-on = The { $source } original has changed since this translation, last on { $date }.
freshness-changed = The { $source } original has changed since this translation.
# The text of a link to the repository's web page
freshness-difference = See what changed

# Learning path
learning-path-title = Learning path
learning-path-empty = There are no notes here yet.
learning-path-year = { $year }
undated = Undated
reading-time = { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
}
external-title = Further reading elsewhere
# The part of a table of contents for notes that no catalogue lists
other-notes = More notes

# Status board: the table, then the lists
status-board-caption = Notes and their translations
status-board-section = Section
status-board-notes = Notes
status-board-translated = Translated
status-board-in-step = In step
status-board-behind = Behind
status-board-total = All notes
status-board-behind-title = Behind the original
status-board-copies-title = Copies elsewhere that are behind
status-board-changed-title = Changed since the review
status-board-pending-title = Waiting for review
status-board-missing-title = Not translated yet
# $language, $source: the names of two languages; $changes, $days: how many
status-board-changes-days = The { $language } edition misses { $changes ->
    [one] 1 change
   *[other] { $changes } changes
} of the { $source } one, over { $days ->
    [one] 1 day
   *[other] { $days } days
}.
status-board-changes = The { $language } edition misses { $changes ->
    [one] 1 change
   *[other] { $changes } changes
} of the { $source } one.
status-board-changed = The { $language } edition misses changes of the { $source } one.
# $platform: a link to the copy
status-board-copy-changes-days = The copy on { $platform } misses { $changes ->
    [one] 1 change
   *[other] { $changes } changes
}, over { $days ->
    [one] 1 day
   *[other] { $days } days
}.
status-board-copy-changes = The copy on { $platform } misses { $changes ->
    [one] 1 change
   *[other] { $changes } changes
}.
status-board-copy-changed = The copy on { $platform } has another text.
# $sections: headings
status-board-sections = Changed: { $sections }
status-board-sections-more = Changed: { $sections }, …
# The part of a page above all of its headings
status-board-introduction = the beginning
# $notes: how many
status-board-unknown = Whether the translations of { $notes ->
    [one] 1 note
   *[other] { $notes } notes
} are in step is not known.
status-board-well = Nothing waits for a translation, an update or a review.

# Diagrams: what is said above a block that cannot be drawn, the name of the block below one that was, and what a
# picture without a title is to a screen reader; what stands below a picture that is wider than the page
diagram-failed = This diagram cannot be drawn; this is its source.
diagram-source = Source of the diagram
diagram-label = Diagram; its source is below
diagram-wide = This diagram is wider than the page: scroll it sideways

# Callouts: the titles of [!NOTE] and its relatives
callout-note = Note
callout-tip = Tip
callout-important = Important
callout-warning = Warning
callout-caution = Caution

# Names of sites
platform-zhihu = Zhihu
platform-juejin = Juejin
platform-csdn = CSDN
platform-wechat = WeChat
platform-bilibili = Bilibili
platform-cnblogs = cnblogs
platform-jianshu = Jianshu
platform-segmentfault = SegmentFault
platform-xiaohongshu = Xiaohongshu
platform-qiita = Qiita
platform-zenn = Zenn
platform-medium = Medium
platform-substack = Substack
platform-dev-to = DEV
platform-hashnode = Hashnode
platform-github = GitHub
platform-huggingface = Hugging Face

# An export for another site
export-notes = Notes
export-picture = 【Picture { $number }】
export-picture-of = 【Picture { $number }: { $what }】
export-links = Links
export-copy = Copy for WeChat
export-copied = Copied. Paste it into the editor.
export-not-copied = It could not be copied: select the text below and copy it.
export-diagram = Diagram

# The site that is in one language on each page ([output.bilingual-site]): what mdBook says around a text
site-contents = Table of contents
site-contents-toggle = Show or hide the table of contents
site-theme-change = Change theme
site-themes = Themes
site-theme-auto = Auto
site-theme-light = Light
site-search = Search (`/`)
site-search-toggle = Show or hide the search box
site-search-placeholder = Search this book …
# $words: what was looked for; $count: how many results there are
site-search-one = 1 result for “{ $words }”
site-search-none = No results for “{ $words }”.
site-search-many = { $count } results for “{ $words }”
site-search-first = { $count } results for “{ $words }”, the first { $shown } of them
site-search-typo = No results for “{ $words }”, but { $count } for “{ $instead }”
site-search-other = { $language }: { $count }
site-search-turn = Results in { $language } (↑)
site-search-han = Simplified and traditional alike
site-search-failed = The search could not be loaded. Search again to try once more.
site-search-teaser = Text around the words
site-print = Print this book
site-repository = Git repository
site-edit = Suggest an edit
site-navigation = Page navigation
site-previous = Previous chapter
site-next = Next chapter
site-keys = Keyboard shortcuts
# $left, $right, $letter, $sign, $key: keys
site-keys-chapters = Press { $left } or { $right } to go from chapter to chapter
site-keys-search = Press { $letter } or { $sign } to search in the book
site-keys-help = Press { $key } to show this help
site-keys-close = Press { $key } to hide this help
site-code-running = Running…
site-code-no-output = No output
site-code-unreachable = {"The playground cannot be reached: "}
site-code-show = Show hidden lines
site-code-hide = Hide lines
site-code-copy = Copy to clipboard
site-code-run = Run this code
site-code-undo = Undo changes
site-code-copied = Copied!
site-code-not-copied = It could not be copied.
# The page for addresses that do not exist
site-not-found-title = Page not found
site-not-found = There is nothing at this address. The table of contents leads to every page.
# The page in the place of one that has moved
site-moved = Redirecting…
# $link: the new address
site-moved-to = This page has moved to { $link }.
# The other languages of a page, in the bar above it
site-languages = Languages
# The entry of a translation in a feed; $link: the original, by its title
site-feed-translation = This is a translation of { $link }.
