//! What git knows of notes: days, and how far translations are behind.
//!
//! | module | tests |
//! |---|---|
//! | `copies` | what copies elsewhere miss of their notes |
//! | `dates` | the first commit and the last change of a text, whatever its history looks like |
//! | `places` | where a repository, or a part of one, can be, and what is said when there is none |
//! | `untrusted` | repositories, environments and names that would like to do something |
//! | `freshness` | which edition is the source, and what the others miss |
//! | `listed` | no tests: what the program says of a book in a repository |

mod copies;
mod dates;
mod freshness;
mod listed;
mod places;
mod untrusted;

/// The Chinese edition of a note, in the book's folder.
const ZH: &str = "book/zh/memory.md";

/// Its English edition.
const EN: &str = "book/en/memory.md";

/// A Chinese text in which one line says `word`.
fn chinese(word: &str) -> String {
    format!(
        "# 显存\n\n训练时显存从哪里来，到哪里去。\n\n## 分配\n\n{word}\n\n每一次分配都要先找一块空闲的区域。\n\n## 回收\n\n不再使用的区域回到池里。\n\n池满之后才还给系统。\n\n## 碎片\n\n大小不一的区域之间留下缝隙。\n\n缝隙加起来可以很多。\n"
    )
}

/// An English text in which one line says `word`.
fn english(word: &str) -> String {
    format!(
        "# Memory\n\nWhere memory comes from during training, and where it goes.\n\n## Allocation\n\n{word}\n\nEvery allocation looks for a free block first.\n\n## Reclaiming\n\nA block that nobody uses goes back to the pool.\n\nA full pool gives blocks back to the system.\n\n## Fragments\n\nBetween blocks of different sizes there are gaps.\n\nTogether they can be large.\n"
    )
}
