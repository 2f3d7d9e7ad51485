# 读者看到的每一句话，简体中文。

language-switch-label = 本页的其他语言版本
language-switch-home-label = 本书的语言
edition-missing = 暂无 { $language } 版
editions-missing = 还没有这些语言的版本：{ $languages }
language-switch-index = { $language }目录：{ $title }

cross-post = 本文也发表在{ $links }。
cross-post-only = 这篇笔记只发表在{ $links }。
cross-post-in-language = { $platform }（{ $language }）
platform-language-zh = 中文
platform-language-ja = 日语
list-separator = 、

status-draft = 草稿
status-draft-text = 这是初稿，任何部分都可能再改。
status-pending-review = 待审阅
status-pending-review-text = 本页还没有经过审阅，请谨慎参考。
status-reviewed = 已审阅
status-reviewed-text = 本页已经过审阅。
status-outdated = 已过时
status-outdated-text = 本页已不再更新。
status-not-finished = 未完成
status-not-finished-text = 本页还有部分内容没有写完。
review-by = 审阅：{ $reviewer }。
review-on = 审阅日期：{ $date }。
review-by-on = { $reviewer } 于 { $date } 审阅。
review-changed = 审阅后有改动
review-changed-text = 此后正文有改动。
review-changed-on = 此后正文有改动，最近一次在 { $date }。
sidebar-mark = { $title } [{ $status }]

freshness-changes-on = { $source } 原文在本译文之后又更新了 { $changes } 次，最近一次在 { $date }。
freshness-changes = { $source } 原文在本译文之后又更新了 { $changes } 次。
freshness-changed-on = { $source } 原文在本译文之后又有更新，最近一次在 { $date }。
freshness-changed = { $source } 原文在本译文之后又有更新。
freshness-difference = 查看改动

learning-path-title = 学习路径
learning-path-empty = 这里还没有笔记。
learning-path-year = { $year } 年
undated = 日期不详
reading-time = 约 { $minutes } 分钟
other-notes = 其他笔记
external-title = 延伸阅读

status-board-caption = 笔记与译文
status-board-section = 章节
status-board-notes = 笔记
status-board-translated = 已翻译
status-board-in-step = 同步
status-board-behind = 落后
status-board-total = 全部笔记
status-board-behind-title = 落后于原文
status-board-changed-title = 审阅后又有改动
status-board-pending-title = 等待审阅
status-board-missing-title = 尚未翻译
status-board-changes-days = { $language } 版比原文（{ $source }）落后 { $changes } 次更新、{ $days } 天。
status-board-changes = { $language } 版比原文（{ $source }）落后 { $changes } 次更新。
status-board-changed = { $language } 版落后于原文（{ $source }）。
status-board-sections = 有改动的小节：{ $sections }
status-board-sections-more = 有改动的小节：{ $sections }……
status-board-introduction = 开头
status-board-unknown = 有 { $notes } 篇笔记的译文是否同步尚不清楚。
status-board-well = 没有笔记在等待翻译、更新或审阅。

diagram-failed = 这张图无法绘制，下面是它的源码。
diagram-source = 图的源码
diagram-label = 图，源码见下方
diagram-wide = 这张图比页面宽，可以左右滑动

callout-note = 说明
callout-tip = 提示
callout-important = 重要
callout-warning = 警告
callout-caution = 当心

platform-zhihu = 知乎
platform-juejin = 掘金
platform-csdn = CSDN
platform-wechat = 微信公众号
platform-bilibili = 哔哩哔哩
platform-cnblogs = 博客园
platform-jianshu = 简书
platform-segmentfault = 思否
platform-xiaohongshu = 小红书
platform-qiita = Qiita
platform-zenn = Zenn
platform-medium = Medium
platform-substack = Substack
platform-dev-to = DEV
platform-hashnode = Hashnode
platform-github = GitHub
platform-huggingface = Hugging Face
