//! Why a command cannot go on.

/// The words in which it is told that the files or the options are wrong.
#[derive(Debug)]
pub(super) struct Complaint(pub String);
