//! Data to standard output or a file; everything else to standard error.

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::Path;

use super::complaint::Complaint;
use crate::diag::Diagnostics;
use crate::write::Target;

/// Where the data of a command goes.
#[derive(Debug)]
pub(super) enum Output {
    Stdout,
    File(Target),
}

impl Output {
    /// The file of `-o`, or standard output; sees to it at once that the file can be written and is none of the others
    /// that the command reads or writes.
    pub fn new<'p>(path: Option<&Path>, mut others: impl Iterator<Item = &'p Path>) -> Result<Output, Complaint> {
        let Some(path) = path else { return Ok(Output::Stdout) };
        let target = Target::new(path).map_err(|error| cannot_write(path, &error))?;
        if others.any(|file| target.is(file)) {
            let name = path.display();
            return Err(Complaint(format!("error: “{name}” is another file of this command; choose another name\n")));
        }
        Ok(Output::File(target))
    }

    /// Hands over all the data. A reader who has gone away is no error.
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

/// That a file cannot be written, and why.
pub(super) fn cannot_write(path: &Path, error: &io::Error) -> Complaint {
    Complaint(format!("error: “{}” cannot be written: {error}\n", path.display()))
}

/// Tells a person something. Where nobody listens any more there is nobody to tell.
pub(super) fn tell(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Tells a person what was found in the files, in colours where they can be seen and are not unwanted.
pub(super) fn tell_all(said: &Diagnostics) {
    let styled = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    tell(&said.render(styled));
}
