# 讀者看到的每一句話，繁體中文。

language-switch-label = 本頁的其他語言版本
language-switch-home-label = 本書的語言
edition-missing = 尚無 { $language } 版
editions-missing = 還沒有這些語言的版本：{ $languages }
language-switch-index = { $language }目錄：{ $title }

cross-post = 本文也發表於{ $links }。
cross-post-only = 這篇筆記只發表於{ $links }。
cross-post-in-language = { $platform }（{ $language }）
platform-language-zh = 中文
platform-language-ja = 日語
list-separator = 、

status-draft = 草稿
status-draft-text = 這是初稿，任何部分都可能再修改。
status-pending-review = 待審閱
status-pending-review-text = 本頁尚未經過審閱，請謹慎參考。
status-reviewed = 已審閱
status-reviewed-text = 本頁已經過審閱。
status-outdated = 已過時
status-outdated-text = 本頁已不再更新。
status-not-finished = 未完成
status-not-finished-text = 本頁還有部分內容沒有寫完。
review-by = 審閱：{ $reviewer }。
review-on = 審閱日期：{ $date }。
review-by-on = { $reviewer } 於 { $date } 審閱。
review-changed = 審閱後有更動
review-changed-text = 此後正文有更動。
review-changed-on = 此後正文有更動，最近一次在 { $date }。
sidebar-mark = { $title } [{ $status }]

freshness-changes-on = { $source } 原文在本譯文之後又更新了 { $changes } 次，最近一次在 { $date }。
freshness-changes = { $source } 原文在本譯文之後又更新了 { $changes } 次。
freshness-changed-on = { $source } 原文在本譯文之後又有更新，最近一次在 { $date }。
freshness-changed = { $source } 原文在本譯文之後又有更新。
freshness-difference = 查看修改

learning-path-title = 學習路徑
learning-path-empty = 這裡還沒有筆記。
learning-path-year = { $year } 年
undated = 日期不詳
reading-time = 約 { $minutes } 分鐘
other-notes = 其他筆記
external-title = 延伸閱讀

status-board-caption = 筆記與譯文
status-board-section = 章節
status-board-notes = 筆記
status-board-translated = 已翻譯
status-board-in-step = 同步
status-board-behind = 落後
status-board-total = 全部筆記
status-board-behind-title = 落後於原文
status-board-changed-title = 審閱後又有修改
status-board-pending-title = 等待審閱
status-board-missing-title = 尚未翻譯
status-board-changes-days = { $language } 版比原文（{ $source }）落後 { $changes } 次更新、{ $days } 天。
status-board-changes = { $language } 版比原文（{ $source }）落後 { $changes } 次更新。
status-board-changed = { $language } 版落後於原文（{ $source }）。
status-board-sections = 有修改的小節：{ $sections }
status-board-sections-more = 有修改的小節：{ $sections }……
status-board-introduction = 開頭
status-board-unknown = 有 { $notes } 篇筆記的譯文是否同步尚不清楚。
status-board-well = 沒有筆記在等待翻譯、更新或審閱。

diagram-failed = 這張圖無法繪製，下面是它的原始碼。
diagram-source = 圖的原始碼
diagram-label = 圖，原始碼見下方
diagram-wide = 這張圖比頁面寬，可以左右滑動

callout-note = 說明
callout-tip = 提示
callout-important = 重要
callout-warning = 警告
callout-caution = 當心

platform-zhihu = 知乎
platform-juejin = 掘金
platform-csdn = CSDN
platform-wechat = 微信公眾號
platform-bilibili = 嗶哩嗶哩
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
