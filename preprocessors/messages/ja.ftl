# 読者が目にするすべての文、日本語。

language-switch-label = このページの他の言語版
language-switch-home-label = この本の言語
edition-missing = { $language } 版はまだありません
editions-missing = 次の言語版はまだありません：{ $languages }
language-switch-index = { $language }の目次：{ $title }

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

freshness-changes-on = この翻訳の後に { $source } の原文が { $changes } 回更新されました。最終更新は { $date } です。
freshness-changes = この翻訳の後に { $source } の原文が { $changes } 回更新されました。
freshness-changed-on = この翻訳の後に { $source } の原文が更新されました。最終更新は { $date } です。
freshness-changed = この翻訳の後に { $source } の原文が更新されました。
freshness-difference = 変更内容を見る

learning-path-title = 学習パス
learning-path-empty = ここにはまだノートがありません。
learning-path-year = { $year } 年
undated = 日付不明
reading-time = 約 { $minutes } 分
other-notes = その他のノート
external-title = 関連資料

status-board-caption = ノートと翻訳
status-board-section = セクション
status-board-notes = ノート
status-board-translated = 翻訳済み
status-board-in-step = 最新
status-board-behind = 遅れ
status-board-total = すべてのノート
status-board-behind-title = 原文より遅れている翻訳
status-board-changed-title = レビュー後に変更されたノート
status-board-pending-title = レビュー待ちのノート
status-board-missing-title = 未翻訳のノート
status-board-changes-days = { $language } 版は { $source } の原文より更新 { $changes } 回分、{ $days } 日遅れています。
status-board-changes = { $language } 版は { $source } の原文より更新 { $changes } 回分遅れています。
status-board-changed = { $language } 版は { $source } の原文より遅れています。
status-board-sections = 変更箇所：{ $sections }
status-board-sections-more = 変更箇所：{ $sections } ほか
status-board-introduction = 冒頭
status-board-unknown = { $notes } 件のノートは、翻訳が最新かどうか分かりません。
status-board-well = 翻訳、更新、レビューを待つノートはありません。

diagram-failed = この図は描画できません。以下はそのソースです。
diagram-source = 図のソース
diagram-label = 図（ソースは下にあります）
diagram-wide = この図はページより幅が広いため、左右にスクロールできます

callout-note = メモ
callout-tip = ヒント
callout-important = 重要
callout-warning = 警告
callout-caution = 注意

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
