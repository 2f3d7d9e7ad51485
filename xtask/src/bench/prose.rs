//! Text that no two notes share: sentences put together by dice that always fall the same way.
//!
//! What a build costs depends on how many different words there are, because mdBook indexes them for its search.
//! Notes that repeat a few sentences would build in half the time of real ones.

use bilingual_test_support::dice::Dice;

/// A language that notes are written in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    /// What most notes are written in.
    Chinese,
    /// What they are translated into.
    English,
}

impl Language {
    /// Both of them.
    pub(super) const ALL: [Self; 2] = [Self::Chinese, Self::English];

    /// The folder of its notes.
    pub(super) fn folder(self) -> &'static str {
        match self {
            Self::Chinese => "zh",
            Self::English => "en",
        }
    }

    /// The title of a note.
    pub(super) fn title(self, number: usize) -> String {
        match self {
            Self::Chinese => format!("第 {number} 篇：训练与推理之间"),
            Self::English => format!("Note {number}: between training and inference"),
        }
    }

    /// The title of a part of the book.
    pub(super) fn part(self, number: usize) -> String {
        match self {
            Self::Chinese => format!("第 {number} 部分"),
            Self::English => format!("Part {number}"),
        }
    }

    /// A line of a few words: a heading, or what a note is about.
    pub(super) fn phrase(self, dice: &mut Dice) -> String {
        match self {
            Self::Chinese => format!("{}与{}", dice.pick(&CHINESE_THINGS), dice.pick(&CHINESE_THINGS)),
            Self::English => format!("{} and {}", dice.pick(&ENGLISH_THINGS), dice.pick(&ENGLISH_THINGS)),
        }
    }

    /// A sentence, with the space that its language puts after it.
    pub(super) fn sentence(self, dice: &mut Dice) -> String {
        let [things, acts, times]: [&[&str]; 3] = match self {
            Self::Chinese => [&CHINESE_THINGS, &CHINESE_ACTS, &CHINESE_TIMES],
            Self::English => [&ENGLISH_THINGS, &ENGLISH_ACTS, &ENGLISH_TIMES],
        };
        let (time, act) = (dice.pick(times), dice.pick(acts));
        let (one, other) = (dice.pick(things), dice.pick(things));
        let (name, number) = (identifier(dice), dice.below(1000));
        match (self, dice.below(3)) {
            (Self::Chinese, 0) => format!("{time}，{one}{act}{other}，耗时约 {number} 毫秒。"),
            (Self::Chinese, 1) => format!("{time}，`{name}` 让**{one}**{act}{other}。"),
            (Self::Chinese, _) => format!("{one}{act}{other}，{time}也不例外。"),
            (Self::English, 0) => format!("{time} the {one} {act} the {other}, which takes about {number} ms. "),
            (Self::English, 1) => format!("{time} `{name}` is why the **{one}** {act} the {other}. "),
            (Self::English, _) => format!("{time} the {one} {act} the {other} and {number} tokens wait. "),
        }
    }
}

/// The dice for the note `number` in `language`.
pub(super) fn dice(language: Language, number: usize) -> Dice {
    Dice::seeded(number as u64 * 2 + u64::from(language == Language::English))
}

/// A name as code has them.
pub(super) fn identifier(dice: &mut Dice) -> String {
    let (first, second) = (dice.pick(&STEMS), dice.pick(&STEMS));
    format!("{first}_{second}_{}", dice.below(64))
}

const STEMS: [&str; 16] = [
    "actor",
    "attention",
    "batch",
    "buffer",
    "cache",
    "critic",
    "gradient",
    "kernel",
    "logits",
    "rollout",
    "shard",
    "tensor",
    "token",
    "trainer",
    "weight",
    "worker",
];

const CHINESE_THINGS: [&str; 24] = [
    "训练进程",
    "推理引擎",
    "显存",
    "KV cache",
    "优化器状态",
    "采样概率",
    "奖励模型",
    "参数服务器",
    "梯度噪声",
    "流水线并行",
    "张量并行",
    "前缀缓存",
    "调度器",
    "数据缓冲区",
    "投机解码",
    "量化权重",
    "通信带宽",
    "序列长度",
    "检查点",
    "专家路由",
    "注意力核函数",
    "tokenizer",
    "多轮对话",
    "工具调用",
];
const CHINESE_ACTS: [&str; 16] = [
    "会占用",
    "必须等待",
    "往往拖慢",
    "可以复用",
    "直接决定",
    "逐层替换",
    "异步更新",
    "重新计算",
    "提前释放",
    "按块切分",
    "反复读取",
    "最终限制",
    "并不依赖",
    "需要对齐",
    "容易污染",
    "可以覆盖",
];
const CHINESE_TIMES: [&str; 16] = [
    "每次参数更新之后",
    "在长上下文场景下",
    "两边精度不一致时",
    "卡数增加一倍以后",
    "从日志里可以看到",
    "先说结论",
    "实际运行的时候",
    "如果批次太小",
    "关掉确定性算法之后",
    "在第一轮预热里",
    "对混合专家模型来说",
    "按照默认的配置",
    "读源码时要注意",
    "排除网络抖动以后",
    "和论文里写的不同",
    "遇到显存碎片时",
];

const ENGLISH_THINGS: [&str; 24] = [
    "training process",
    "inference engine",
    "device memory",
    "key-value cache",
    "optimiser state",
    "sampled probability",
    "reward model",
    "parameter server",
    "gradient noise",
    "pipeline schedule",
    "tensor-parallel group",
    "prefix cache",
    "scheduler",
    "replay buffer",
    "draft model",
    "quantised weight",
    "interconnect",
    "sequence length",
    "checkpoint",
    "expert router",
    "attention kernel",
    "tokenizer",
    "conversation turn",
    "tool call",
];
const ENGLISH_ACTS: [&str; 16] = [
    "occupies",
    "waits for",
    "slows down",
    "reuses",
    "decides",
    "replaces",
    "updates",
    "recomputes",
    "releases",
    "shards",
    "rereads",
    "limits",
    "ignores",
    "aligns with",
    "pollutes",
    "overwrites",
];
const ENGLISH_TIMES: [&str; 16] = [
    "After each update",
    "With long contexts",
    "When precision differs",
    "On twice as many cards",
    "As the logs show,",
    "To begin with the conclusion:",
    "In practice",
    "If the batch is too small,",
    "Without deterministic algorithms",
    "During the first warm-up",
    "For a mixture of experts",
    "With the default settings",
    "In the source code",
    "Network jitter aside,",
    "Unlike in the paper,",
    "Once memory is fragmented,",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dice_fall_the_same_way_every_time() {
        let throw = || {
            let mut dice = dice(Language::Chinese, 7);
            [(); 20].map(|()| Language::Chinese.sentence(&mut dice))
        };
        assert_eq!(throw(), throw());
    }

    #[test]
    fn editions_and_notes_have_dice_of_their_own() {
        let first = |language, number| dice(language, number).below(1 << 30);
        assert_ne!(first(Language::Chinese, 1), first(Language::English, 1));
        assert_ne!(first(Language::Chinese, 1), first(Language::Chinese, 2));
    }
}
