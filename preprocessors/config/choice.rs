//! Values that are one of a few names.

/// A value that a book chooses by its name.
pub(super) trait Choice: Copy + 'static {
    /// Every choice, in the order of the documentation.
    fn all() -> &'static [Self];

    /// What it is called in a `book.toml`.
    fn called(self) -> &'static str;

    /// What it means, in one sentence.
    fn meaning(self) -> &'static str;

    /// The one that is called so.
    fn named(name: &str) -> Option<Self> {
        Self::all().iter().copied().find(|choice| choice.called() == name)
    }
}

/// Declares an enum whose variants are choices, each with its name in a `book.toml`: what a reader of the type, a reader
/// of the file and the [schema](super::schema) are told of them is written once.
macro_rules! choices {
    (
        $(#[$attribute:meta])+
        pub enum $choice:ident {
            $($(#[doc = $meaning:literal])+ $variant:ident = $name:literal,)+
        }
    ) => {
        $(#[$attribute])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $choice {
            $($(#[doc = $meaning])+ $variant,)+
        }

        impl $choice {
            /// All of them, in the order of the documentation.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// What it is called in a `book.toml`.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }
        }

        impl $crate::config::choice::Choice for $choice {
            fn all() -> &'static [Self] {
                Self::ALL
            }

            fn called(self) -> &'static str {
                self.name()
            }

            fn meaning(self) -> &'static str {
                match self { $(Self::$variant => concat!($($meaning),+).trim_ascii(),)+ }
            }
        }
    };
}

pub(super) use choices;
