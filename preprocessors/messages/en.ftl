# Every sentence that a reader sees, in English. The other files say the same in their languages.
# A book replaces any of them in [preprocessor.bilingual.language.en.messages].

# The language switch
language-switch-label = Versions of this page in other languages
language-switch-home-label = Languages of this book
# $language: a language's name in itself
edition-missing = No { $language } version yet

# Cross-posts
# $links: links to the other sites
cross-post = Also published on { $links }.
cross-post-only = This note is published on { $links } only.
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
