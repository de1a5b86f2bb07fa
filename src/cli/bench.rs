//! `kohort bench`: is it fast enough, and has it become slower?

use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use clap::{Args, ValueEnum, value_parser};

use super::bench_search::Search;
use super::complaint::Complaint;
use super::exit::Exit;
use super::output::{Output, cannot_write, tell, tell_all};
use super::signal::stop_flag;
use super::values::{MOST, all_threads, duration};
use crate::bench::{
    BenchRow, Case, Change, Comparison, Known, Results, SearchRun, Seconds, Suite, Tolerance, compare, limit_name,
    pictures, table, told,
};
use crate::solve::{Limit, Options};
use crate::words::count;
use crate::write::Target;

/// The most seeds of one call (chosen).
const MOST_SEEDS: u64 = 10_000;

/// Measures how fast good plans are found, over problems, seeds and limits
///
/// SUITE is a problem file, a folder with a problem.toml, or a folder of such folders. Every problem is searched with
/// every seed and within every limit, from small to large; the table says what came of it: how many plans were valid,
/// when the first valid one was there, what they cost, and how far that is from the best plan that is known (a best.toml
/// or plan.toml beside the problem, the results of --against, and the plans of this bench) and from a proved bound.
/// Ctrl-C ends it with what has been measured.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  kohort bench town                                 one problem: is ten seconds enough for us?
  kohort bench problems --time 1s,10s,60s           every problem of a folder, within three limits
  kohort bench problems --seeds 1-3 -o today.json   keep what was measured
  kohort bench problems --against today.json        … and say what has become worse since; then the exit code is 1
  kohort bench problems --svg pictures              … and draw how time and memory grow with the managers
  kohort bench problems --steps 1000000             by work instead of time: the same plans on every machine

Exit codes: 0 measured · 1 worse than --against by more than the threshold · 2 the files or the options are wrong ·
3 a problem without a valid plan in any seed · 5 stopped by a signal, what was measured is told")]
pub(super) struct Bench {
    /// Problems, or folders of problems
    #[arg(required = true, value_name = "SUITE")]
    suites: Vec<PathBuf>,
    /// Which seeds: 1-5, or 1,2,3
    #[arg(long, value_name = "SEEDS", default_value = "1-5")]
    seeds: Seeds,
    /// How long each search takes: one time or several, such as 1s,10s,60s
    #[arg(long, value_name = "TIMES", value_delimiter = ',', value_parser = duration, default_value = "10s", conflicts_with = "steps")]
    time: Vec<Duration>,
    /// How much each search does, whatever time it takes: one number of steps or several
    #[arg(long, value_name = "NUMBERS", value_delimiter = ',', value_parser = value_parser!(u64).range(..=MOST))]
    steps: Vec<u64>,
    /// Processors that each search keeps busy [default: all]
    #[arg(long, value_name = "N", value_parser = value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// How the results are written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Also keep the results in this file, as JSON
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Also draw pictures into this folder: first-valid.svg, memory.svg, and quality-PROBLEM.svg for each problem
    #[arg(long, value_name = "FOLDER")]
    svg: Option<PathBuf>,
    /// Compare with the results that an earlier bench has kept with -o
    #[arg(long, value_name = "EARLIER")]
    against: Option<PathBuf>,
    /// By how many per cent the median cost may rise before it is a loss
    #[arg(long, value_name = "PERCENT", default_value = "1", requires = "against")]
    threshold: Tolerance,
}

/// The formats of the results.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
enum Format {
    /// A table for people
    Text,
    /// One JSON document with everything that was measured
    Json,
}

/// A list of seeds, ascending and without repetitions.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Seeds(Vec<u64>);

impl FromStr for Seeds {
    type Err = String;

    fn from_str(text: &str) -> Result<Seeds, String> {
        let number = |text: &str| {
            let seed: Option<u64> = text.parse().ok().filter(|seed| *seed <= MOST);
            seed.ok_or_else(|| format!("“{text}” is no seed; write 1-5, or 1,2,3"))
        };
        let mut seeds = Vec::new();
        for part in text.split(',') {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            let (first, last) = (number(first)?, number(last)?);
            if first > last {
                return Err(format!("“{part}” runs backwards; write {last}-{first}"));
            }
            if last - first >= MOST_SEEDS {
                return Err(format!("“{part}” is more than {MOST_SEEDS} seeds"));
            }
            seeds.extend(first..=last);
        }
        seeds.sort_unstable();
        seeds.dedup();
        Ok(Seeds(seeds))
    }
}

impl Bench {
    /// Reads all problems, measures, compares and reports.
    pub fn run(&self) -> Result<Exit, Complaint> {
        let suite = Suite::read(&self.suites);
        tell_all(&suite.said);
        suite.wrong.iter().for_each(|why| tell(&format!("error: {why}\n")));
        let earlier = self.against.as_deref().map(read_earlier).transpose()?;
        if suite.said.has_errors() || !suite.wrong.is_empty() {
            return Ok(Exit::Unusable);
        }
        suite.notes.iter().for_each(|note| tell(&format!("{note}\n")));
        if let Some(earlier) = &earlier {
            self.see_that_there_is_something_to_compare(earlier, &suite.cases)?;
        }
        let files = || suite.said.paths().chain(suite.plans.iter().map(PathBuf::as_path));
        let output = self.output.as_deref().map(|path| Output::new(Some(path), files())).transpose()?;
        if let Some(folder) = &self.svg {
            fs::create_dir_all(folder).map_err(|error| cannot_write(folder, &error))?;
        }
        let stop = stop_flag()?;
        tell(&self.overview(&suite.cases));

        let mut results = Results::new(self.threads());
        let mut complaint = Ok(());
        for case in &suite.cases {
            // The figures measured so far are written before the reason why measuring ended.
            complaint = complaint.and_then(|()| self.measure_case(case, earlier.as_ref(), &mut results, &stop));
        }
        results.stopped = stop.load(Ordering::Relaxed);
        if results.stopped {
            tell("Stopped by a signal; this is what has been measured:\n");
        }
        let comparisons = earlier.map(|earlier| compare(&earlier, &results, self.threshold));
        if let Some(output) = output {
            output.write(&results.to_json(comparisons.as_deref()))?;
        }
        Output::Stdout.write(&self.data(&results, comparisons.as_deref()))?;
        if let Some(folder) = &self.svg {
            draw(&results, folder)?;
        }
        complaint?;
        Ok(ended(&results, comparisons.as_deref().unwrap_or_default()))
    }

    /// Measures all seeds and limits of one problem; ends at the first search that fails.
    fn measure_case(
        &self,
        case: &Case,
        earlier: Option<&Results>,
        results: &mut Results,
        stop: &AtomicBool,
    ) -> Result<(), Complaint> {
        let before = results.rows.len();
        let mut ended = Ok(());
        for limit in self.limits() {
            let mut row = BenchRow {
                problem: case.name.clone(),
                managers: case.managers,
                cohorts: case.cohorts,
                files: Some(case.files.clone()),
                limit: limit_name(limit),
                bound: 0,
                best_known: None,
                runs: Vec::new(),
            };
            for &seed in &self.seeds.0 {
                if stop.load(Ordering::Relaxed) || ended.is_err() {
                    break;
                }
                let options = Options { limit, seed, threads: self.threads(), ..Options::default() };
                let measured = match Search::of(&case.path, &options).in_a_process_of_its_own(stop) {
                    Ok(Some(measured)) => measured,
                    Ok(None) => break,
                    Err(complaint) => {
                        ended = Err(complaint);
                        break;
                    }
                };
                tell(&format!("{}, {}, seed {seed}: {}\n", row.problem, row.limit, line(&measured.run)));
                row.bound = measured.bound;
                row.runs.push(measured.run);
            }
            if !row.runs.is_empty() {
                results.rows.push(row);
            }
        }
        let best_known = self.best_known(case, earlier, results);
        results.rows[before..].iter_mut().for_each(|row| row.best_known = best_known.clone());
        ended
    }

    fn best_known(&self, case: &Case, earlier: Option<&Results>, results: &Results) -> Option<Known> {
        let from =
            |results: &Results, from: String| Some(Known { soft: results.best_of(&case.name, &case.files)?, from });
        let path = self.against.as_deref().unwrap_or(Path::new("")).display().to_string();
        let before = earlier.and_then(|earlier| from(earlier, path));
        let all = [case.known.clone(), before, from(results, "this bench".to_owned())];
        all.into_iter().flatten().min_by_key(|known| known.soft)
    }

    fn see_that_there_is_something_to_compare(&self, earlier: &Results, cases: &[Case]) -> Result<(), Complaint> {
        let limits: Vec<String> = self.limits().into_iter().map(limit_name).collect();
        let measured = |name: &str| limits.iter().filter_map(|limit| earlier.row(name, limit)).collect::<Vec<_>>();
        let mut runs = cases.iter().flat_map(|case| measured(&case.name)).flat_map(|row| &row.runs);
        if !runs.any(|run| self.seeds.0.contains(&run.seed)) {
            let name = self.against.as_deref().unwrap_or(Path::new("")).display();
            return Err(Complaint(format!(
                "error: “{name}” has none of these problems with these limits and seeds, so nothing can be compared\n"
            )));
        }
        if earlier.threads != self.threads() {
            tell(&format!(
                "note: the earlier searches had {} threads each, these have {}\n",
                earlier.threads,
                self.threads()
            ));
        }
        Ok(())
    }

    /// What is going to be measured, and how long that takes.
    fn overview(&self, cases: &[Case]) -> String {
        let searches = cases.len() * self.limits().len() * self.seeds.0.len();
        let time = if self.steps.is_empty() {
            let once: Duration = self.time.iter().sum();
            let seconds = once.as_secs_f64() * (cases.len() * self.seeds.0.len()) as f64;
            format!(", about {}", long(seconds.ceil() as u64))
        } else {
            String::new()
        };
        format!("{}, {}{time}\n", count(cases.len(), "problem"), counted_searches(searches))
    }

    fn data(&self, results: &Results, comparisons: Option<&[Comparison]>) -> String {
        if self.format == Format::Json {
            return results.to_json(comparisons);
        }
        let mut text = table(results);
        if let (Some(comparisons), Some(path)) = (comparisons, &self.against) {
            text.push_str(&format!("\nAgainst {}:\n{}", path.display(), told(comparisons)));
        }
        text
    }

    /// The limits from short to long, without repetitions.
    fn limits(&self) -> Vec<Limit> {
        let in_order = |mut numbers: Vec<u64>| {
            numbers.sort_unstable();
            numbers.dedup();
            numbers
        };
        if self.steps.is_empty() {
            let millis = self.time.iter().map(|time| Seconds::from(*time).millis).collect();
            in_order(millis).into_iter().map(|millis| Limit::Time(Duration::from_millis(millis))).collect()
        } else {
            in_order(self.steps.clone()).into_iter().map(Limit::Steps).collect()
        }
    }

    fn threads(&self) -> usize {
        self.threads.map_or_else(all_threads, usize::from)
    }
}

fn read_earlier(path: &Path) -> Result<Results, Complaint> {
    let name = path.display();
    let text = fs::read_to_string(path)
        .map_err(|error| Complaint(format!("error: the earlier results in “{name}” cannot be read: {error}\n")))?;
    Results::from_json(&text).map_err(|why| {
        Complaint(format!(
            "error: “{name}” holds no results of kohort bench ({why}); name a file that -o has written\n"
        ))
    })
}

fn draw(results: &Results, folder: &Path) -> Result<(), Complaint> {
    let cannot = |why: String| Complaint(format!("error: the pictures cannot be drawn: {why}\n"));
    for picture in pictures(results).map_err(cannot)? {
        let path = folder.join(&picture.name);
        let target = Target::new(&path).map_err(|error| cannot_write(&path, &error))?;
        target.write(picture.svg.as_bytes()).map_err(|error| cannot_write(&path, &error))?;
        tell(&format!("{} is drawn.\n", path.display()));
    }
    Ok(())
}

/// The result of a search in one line.
fn line(run: &SearchRun) -> String {
    let plan = match run.hard {
        0 => format!("valid, soft {}", run.soft),
        hard => format!("no valid plan, hard {hard}"),
    };
    let first = run.first_valid.map(|first| format!("; first valid plan after {first}")).unwrap_or_default();
    format!("{plan}{first}; {} steps in {}", run.steps, run.seconds)
}

fn ended(results: &Results, comparisons: &[Comparison]) -> Exit {
    if comparisons.iter().any(|comparison| comparison.outcome == Change::Loss) {
        return Exit::Breaches;
    }
    let has_valid = |row: &BenchRow| row.runs.iter().any(|run| run.score().is_valid());
    match (results.rows.iter().all(has_valid), results.stopped) {
        (false, _) => Exit::NotFound,
        (true, true) => Exit::Stopped,
        (true, false) => Exit::Done,
    }
}

fn counted_searches(number: usize) -> String {
    format!("{number} {}", if number == 1 { "search" } else { "searches" })
}

/// A long time, in hours or minutes.
fn long(seconds: u64) -> String {
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, seconds) => count(seconds, "second"),
        (0, minutes, _) => format!("{minutes} min {} s", seconds % 60),
        (hours, minutes, _) => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Seeds, long};

    #[test]
    fn seeds_are_ranges_and_lists() {
        let seeds = |text: &str| text.parse::<Seeds>().map(|seeds| seeds.0);
        assert_eq!(seeds("1-5"), Ok(vec![1, 2, 3, 4, 5]));
        assert_eq!(seeds("7,1-2,2"), Ok(vec![1, 2, 7]));
        for wrong in ["", "a", "5-1", "1-", "-1", "1,,2", "1-99999999", "18446744073709551615"] {
            assert!(seeds(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn long_times_are_told_in_words() {
        assert_eq!([1, 59, 150, 7_260].map(long), ["1 second", "59 seconds", "2 min 30 s", "2 h 1 min"]);
    }
}
