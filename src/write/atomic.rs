//! Files that are written whole or not at all: into a temporary file in the same folder, which is then renamed.

use std::fs::{self, Permissions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

/// A place to write to, which was found to be writable when this was made.
#[derive(Clone, Debug)]
pub struct Target {
    path: PathBuf,
    /// Whether it is a device or a pipe, which is written to directly: a rename would replace it by a file.
    special: bool,
}

impl Target {
    /// Checks that a file can be written at `path`, without touching what is there.
    ///
    /// # Errors
    /// When the folder is missing or may not be written to, and when the path is a folder or a file set to read-only.
    pub fn new(path: &Path) -> io::Result<Target> {
        let path = whole(path);
        let present = fs::metadata(&path).ok();
        if let Some(present) = &present {
            if present.is_dir() {
                return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder, not a file"));
            }
            if present.permissions().readonly() {
                return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the file is set to read-only"));
            }
        }
        let target = Target { path, special: present.is_some_and(|present| !present.is_file()) };
        if !target.special {
            target.beside()?.close()?;
        }
        Ok(target)
    }

    /// Replaces the file by these bytes. If that fails, the file that was there is unchanged.
    ///
    /// # Errors
    /// Whatever the operating system says, for example that the disk is full.
    pub fn write(&self, bytes: &[u8]) -> io::Result<()> {
        if self.special {
            return fs::OpenOptions::new().write(true).open(&self.path)?.write_all(bytes);
        }
        let mut file = self.beside()?;
        file.write_all(bytes)?;
        if let Ok(present) = fs::metadata(&self.path) {
            file.as_file().set_permissions(present.permissions())?;
        }
        file.as_file().sync_all()?;
        file.persist(&self.path)?;
        Ok(())
    }

    /// Whether the target is this file. The file need not exist.
    pub fn is(&self, path: &Path) -> bool {
        whole(path) == self.path
    }

    /// A new temporary file in the same folder, deleted again unless it is renamed.
    fn beside(&self) -> io::Result<NamedTempFile> {
        let mut builder = Builder::new();
        builder.prefix(".kohort-");
        if let Some(permissions) = ordinary_permissions() {
            builder.permissions(permissions);
        }
        let folder = folder_of(&self.path);
        builder.tempfile_in(folder).map_err(|error| nothing_in(folder, error.kind()))
    }
}

/// The resolved path of a file that exists or could be created. Writing through a link replaces the file that the
/// link names, not the link.
fn whole(path: &Path) -> PathBuf {
    let made = || Some(folder_of(path).canonicalize().ok()?.join(path.file_name()?));
    path.canonicalize().ok().or_else(made).unwrap_or_else(|| path.to_path_buf())
}

/// The folder of a file.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."))
}

/// Why nothing can be written in a folder. Messages name the folder alone, since the temporary file means nothing to
/// the user.
fn nothing_in(folder: &Path, kind: io::ErrorKind) -> io::Error {
    let name = folder.display();
    let why = match kind {
        io::ErrorKind::NotFound => format!("there is no folder “{name}”"),
        io::ErrorKind::NotADirectory => format!("“{name}” is not a folder"),
        io::ErrorKind::PermissionDenied => format!("nothing may be written in the folder “{name}”"),
        _ => format!("in the folder “{name}”: {kind}"),
    };
    io::Error::new(kind, why)
}

/// The permissions that a new file gets from programs as a rule, before the user's mask; `None` where the system
/// decides.
#[cfg(unix)]
fn ordinary_permissions() -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn ordinary_permissions() -> Option<Permissions> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn replaces_the_file_and_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.toml");
        let target = Target::new(&path).unwrap();
        assert_eq!(names(folder.path()), [""; 0], "asking whether it can be written writes nothing");
        target.write(b"first, and longer").unwrap();
        Target::new(&path).unwrap().write(b"second").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"second");
        assert_eq!(names(folder.path()), ["plan.toml"]);
    }

    #[test]
    fn a_target_is_known_by_all_its_names_before_and_after_it_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let target = Target::new(&folder.path().join("plan.toml")).unwrap();
        fs::create_dir(folder.path().join("sub")).unwrap();
        let roundabout = folder.path().join("sub/../plan.toml");
        assert!(target.is(&roundabout) && !target.is(&folder.path().join("sub/plan.toml")));
        target.write(b"plan").unwrap();
        assert!(target.is(&roundabout));
    }

    #[test]
    fn a_folder_that_is_missing_or_a_folder_as_target_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("no");
        let error = Target::new(&missing.join("plan.toml")).unwrap_err();
        assert_eq!(error.to_string(), format!("there is no folder “{}”", missing.display()));
        assert_eq!(Target::new(folder.path()).unwrap_err().kind(), io::ErrorKind::IsADirectory);
    }

    #[test]
    fn a_failure_keeps_the_old_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sub/plan.toml");
        fs::create_dir(folder.path().join("sub")).unwrap();
        let target = Target::new(&path).unwrap();
        target.write(b"old").unwrap();
        let away = folder.path().join("away");
        fs::rename(folder.path().join("sub"), &away).unwrap();
        assert!(target.write(b"new").is_err());
        assert_eq!(fs::read(away.join("plan.toml")).unwrap(), b"old");
        assert_eq!(names(&away), ["plan.toml"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_read_only_file_is_refused_and_a_link_is_followed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.toml");
        fs::write(&path, "old").unwrap();
        let link = folder.path().join("link.toml");
        std::os::unix::fs::symlink(&path, &link).unwrap();
        Target::new(&link).unwrap().write(b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).unwrap();
        assert_eq!(Target::new(&path).unwrap_err().kind(), io::ErrorKind::PermissionDenied);
    }
}
