//! Invented municipalities of any size, with a valid plan planted in them.
