//! Which notes, where to, what is refused.
