//! When the bound is told to stop early: by a signal, or where an earlier search was.

use std::cell::Cell;
use std::sync::atomic::{AtomicBool, Ordering};

/// Asked again and again during the work, always in the same order, whether to stop. The number of times that the answer was no
/// is all that decides what is proved by then, so it can be written down and repeated.
pub struct Interrupt<'a> {
    signal: &'a AtomicBool,
    /// Where an earlier search was stopped.
    cut_after: Option<u64>,
    noes: Cell<u64>,
    is_over: Cell<bool>,
}

impl<'a> Interrupt<'a> {
    /// Stops when the signal becomes true, or after `cut_after` times no.
    pub fn new(signal: &'a AtomicBool, cut_after: Option<u64>) -> Interrupt<'a> {
        Interrupt { signal, cut_after, noes: Cell::new(0), is_over: Cell::new(false) }
    }

    /// Whether to stop. Once it is yes, it stays yes.
    #[inline]
    pub fn is_over(&self) -> bool {
        if !self.is_over.get() {
            let is_cut = self.cut_after.is_some_and(|most| self.noes.get() >= most);
            self.is_over.set(is_cut || self.signal.load(Ordering::Relaxed));
            self.noes.set(self.noes.get() + u64::from(!self.is_over.get()));
        }
        self.is_over.get()
    }

    /// After how many times no it was told to stop; `None` where it never was.
    pub fn cut_after(&self) -> Option<u64> {
        self.is_over.get().then(|| self.noes.get())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::Interrupt;

    #[test]
    fn a_signal_is_repeated_by_its_number() {
        let signal = AtomicBool::new(false);
        let first = Interrupt::new(&signal, None);
        assert!((0..5).all(|_| !first.is_over()) && first.cut_after().is_none());
        signal.store(true, Ordering::Relaxed);
        assert!(first.is_over());
        signal.store(false, Ordering::Relaxed);
        assert!(first.is_over(), "it stays so");
        let again = Interrupt::new(&signal, first.cut_after());
        assert!((0..5).all(|_| !again.is_over()) && again.is_over());
        assert_eq!((first.cut_after(), again.cut_after()), (Some(5), Some(5)));
    }
}
