//! Plans and reports to text.
