# 読者が目にするすべての文、日本語。

language-switch-label = このページの他の言語版
language-switch-home-label = この本の言語
edition-missing = { $language } 版はまだありません

cross-post = この記事は{ $links }にも掲載されています。
cross-post-only = この記事は{ $links }にのみ掲載されています。
cross-post-in-language = { $platform }（{ $language }）
platform-language-zh = 中国語
platform-language-ja = 日本語
list-separator = 、

status-draft = 下書き
status-draft-text = これは初稿です。どの部分も変わる可能性があります。
status-pending-review = レビュー待ち
status-pending-review-text = このページはまだレビューされていません。注意してお読みください。
status-reviewed = レビュー済み
status-reviewed-text = このページはレビュー済みです。
status-outdated = 更新停止
status-outdated-text = このページはもう更新されていません。
status-not-finished = 未完成
status-not-finished-text = このページにはまだ書かれていない部分があります。
review-by = レビュー：{ $reviewer }。
review-on = レビュー日：{ $date }。
review-by-on = { $reviewer } が { $date } にレビューしました。
review-changed = レビュー後に変更あり
review-changed-text = その後、本文が変更されています。
review-changed-on = その後、本文が変更されています（最終変更日：{ $date }）。
sidebar-mark = { $title } [{ $status }]

learning-path-title = 学習パス
learning-path-empty = ここにはまだノートがありません。
learning-path-year = { $year } 年
undated = 日付不明
reading-time = 約 { $minutes } 分
other-notes = その他のノート
external-title = 関連資料

platform-zhihu = 知乎
platform-juejin = 掘金
platform-csdn = CSDN
platform-wechat = WeChat
platform-bilibili = ビリビリ
platform-cnblogs = 博客園
platform-jianshu = 簡書
platform-segmentfault = SegmentFault
platform-xiaohongshu = 小紅書
platform-qiita = Qiita
platform-zenn = Zenn
platform-medium = Medium
platform-substack = Substack
platform-dev-to = DEV
platform-hashnode = Hashnode
platform-github = GitHub
platform-huggingface = Hugging Face
