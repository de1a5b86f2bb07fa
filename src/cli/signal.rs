//! Handles Ctrl-C and SIGTERM.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use super::complaint::Complaint;

/// A flag that the first Ctrl-C or SIGTERM sets; the second ends the program at once.
pub(super) fn stop_flag() -> Result<Arc<AtomicBool>, Complaint> {
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        // The order matters. The first handler ends the program if the flag is already set; the second sets it.
        flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&stop))
            .and_then(|_| flag::register(signal, Arc::clone(&stop)))
            .map_err(|error| Complaint(format!("error: signals cannot be waited for: {error}\n")))?;
    }
    Ok(stop)
}
