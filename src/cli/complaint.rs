//! Why a command cannot go on.

/// The message with which a command ends because the files or the options are wrong.
#[derive(Debug)]
pub(super) struct Complaint(pub String);
