//! The files besides the pages, one file each.
