//! Data goes to standard output or a file, everything else to standard error.

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::Path;

use super::complaint::Complaint;
use crate::diag::Diagnostics;
use crate::write::Target;

/// The destination of a command's data.
#[derive(Debug)]
pub(super) enum Output {
    Stdout,
    File(Target),
}

impl Output {
    /// The file of `-o`, or standard output. Checks at once that the file can be written, and that it is none of the
    /// other files that the command reads or writes.
    pub fn new<'p>(path: Option<&Path>, mut others: impl Iterator<Item = &'p Path>) -> Result<Output, Complaint> {
        let Some(path) = path else { return Ok(Output::Stdout) };
        let target = Target::new(path).map_err(|error| cannot_write(path, &error))?;
        if others.any(|file| target.is(file)) {
            let name = path.display();
            return Err(Complaint(format!("error: “{name}” is another file of this command; choose another name\n")));
        }
        Ok(Output::File(target))
    }

    /// Writes all data. A reader that has closed the pipe is no error.
    pub fn write(&self, data: &str) -> Result<(), Complaint> {
        let written = match self {
            Output::File(target) => target.write(data.as_bytes()),
            Output::Stdout => {
                let mut stdout = io::stdout().lock();
                stdout.write_all(data.as_bytes()).and_then(|()| stdout.flush())
            }
        };
        match written {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                Err(Complaint(format!("error: the output cannot be written: {error}\n")))
            }
            _ => Ok(()),
        }
    }
}

/// The message that a file cannot be written, with the reason.
pub(super) fn cannot_write(path: &Path, error: &io::Error) -> Complaint {
    Complaint(format!("error: “{}” cannot be written: {error}\n", path.display()))
}

/// Writes a message to standard error. If nobody reads it, that is ignored.
pub(super) fn tell(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Writes the diagnostics to standard error, in colours if the terminal shows them and the user has not switched them
/// off.
pub(super) fn tell_all(said: &Diagnostics) {
    let styled = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    tell(&said.render(styled));
}
