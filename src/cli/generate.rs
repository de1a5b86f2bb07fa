//! `kohort generate`: an invented municipality, for trying things out.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, value_parser};

use super::complaint::Complaint;
use super::exit::Exit;
use super::output::{Output, cannot_write, tell};
use crate::generate::{MunicipalityOptions, municipality};
use crate::read;
use crate::write::{self, Target};

/// Invents a municipality with its managers, rooms and consultants
///
/// Writes problem.toml and managers.csv into FOLDER. The problem is drawn around a plan that is valid, so that there is
/// always one to be found; --plan writes that plan too. The same options give the same files on every machine.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  kohort generate town                                            a municipality with 500 managers
  kohort generate city --managers 2400 --tightness 80 --seed 7    a large one in which rooms are scarce
  kohort generate town --plan town/planted.toml                   … with a valid plan beside it

Exit codes: 0 written · 2 the options are wrong or a file cannot be written")]
pub(super) struct Generate {
    /// The folder for the files; made if it is not there
    folder: PathBuf,
    /// How many managers take part
    #[arg(long, value_name = "N", default_value_t = MunicipalityOptions::default().managers as u64, value_parser = value_parser!(u64).range(20..=100_000))]
    managers: u64,
    /// How scarce rooms, consultants and seats are, from 0 (plenty) to 100 (hardly enough)
    #[arg(long, value_name = "N", default_value_t = MunicipalityOptions::default().tightness as u64, value_parser = value_parser!(u64).range(0..=100))]
    tightness: u64,
    /// On how many of a hundred days a manager is away on average, from 0 to 100
    #[arg(long, value_name = "N", default_value_t = MunicipalityOptions::default().absence as u64, value_parser = value_parser!(u64).range(0..=100))]
    absence: u64,
    /// The year in which the programme starts
    #[arg(long, default_value_t = MunicipalityOptions::default().year, value_parser = value_parser!(i32).range(1900..=2990))]
    year: i32,
    /// Another seed gives another municipality
    #[arg(long, value_name = "N", default_value_t = MunicipalityOptions::default().seed)]
    seed: u64,
    /// Also write the plan around which the problem is drawn
    #[arg(long, value_name = "PLAN")]
    plan: Option<PathBuf>,
    /// Replace the files of an earlier problem
    #[arg(long)]
    force: bool,
}

impl Generate {
    /// Makes the municipality and writes its files.
    pub fn run(&self) -> Result<Exit, Complaint> {
        let (problem, roster) = (self.folder.join("problem.toml"), self.folder.join("managers.csv"));
        let mut files = [&problem, &roster].into_iter().chain(&self.plan);
        if let Some(there) = files.find(|path| path.exists() && !self.force) {
            let name = there.display();
            return Err(Complaint(format!("error: “{name}” is there already; write --force to replace it\n")));
        }
        fs::create_dir_all(&self.folder).map_err(|error| cannot_write(&self.folder, &error))?;
        let others = [problem.as_path(), &roster].into_iter();
        let plan = self.plan.as_deref().map(|path| Output::new(Some(path), others)).transpose()?;
        let invented = municipality(&MunicipalityOptions {
            managers: self.managers as usize,
            tightness: self.tightness as usize,
            absence: self.absence as usize,
            year: self.year,
            seed: self.seed,
        });
        write(&roster, &invented.roster_csv)?;
        write(&problem, &invented.problem_toml)?;
        if let Some(plan) = &plan {
            let read = read::problem(&problem).map_err(|errors| Complaint(errors.to_string()))?;
            plan.write(&write::plan(&read, &invented.plan, None))?;
        }
        tell(&format!("{} and {} are written.\n", problem.display(), roster.display()));
        Ok(Exit::Done)
    }
}

fn write(path: &Path, text: &str) -> Result<(), Complaint> {
    Target::new(path).and_then(|target| target.write(text.as_bytes())).map_err(|error| cannot_write(path, &error))
}
