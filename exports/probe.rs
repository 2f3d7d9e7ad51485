//! A page with every construct in every form that a platform's file can choose.
