//! What every plan must obey (SPEC 4): hard and always on, one line each in [`terms`].

use crate::term::Posed;

/// The built-in terms, in the order of reports.
pub fn terms() -> Vec<Posed> {
    Vec::new()
}
