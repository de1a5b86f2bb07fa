//! The documentation against the program: every rule, key, command, option, format and exit code is described, every
//! example can be read or run, and every link leads somewhere.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use kohort::Problem;
use kohort::diag::Diagnostics;
use kohort::read;
use kohort::rules::RULES;

/// The most lines that the README may have.
const LONGEST_README: usize = 200;

/// A file of the repository, by its path from the root.
fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn text(path: &str) -> String {
    fs::read_to_string(root(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every Markdown page of the documentation.
fn pages() -> Vec<PathBuf> {
    let mut pages: Vec<PathBuf> = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"].map(root).into();
    let in_folder = |folder: &str| fs::read_dir(root(folder)).unwrap().map(|entry| entry.unwrap().path());
    pages.extend(in_folder("docs"));
    pages.extend(in_folder("problems").map(|folder| folder.join("README.md")));
    pages.retain(|page| page.extension().is_some_and(|extension| extension == "md"));
    pages
}

/// The code blocks in this language, without their fences.
fn blocks<'t>(page: &'t str, language: &str) -> Vec<&'t str> {
    let begins = format!("```{language}\n");
    page.split(&begins).skip(1).map(|after| after.split("```").next().unwrap()).collect()
}

/// The part of a page under a heading of this level, up to the next heading of the same level or a higher one.
fn section<'t>(page: &'t str, heading: &str) -> &'t str {
    let level = heading.chars().take_while(|c| *c == '#').count();
    let start = page.find(&format!("\n{heading}\n")).unwrap_or_else(|| panic!("there is no heading “{heading}”"));
    let body = &page[start + heading.len() + 2..];
    let ends = |line: &str| (1..=level).any(|hashes| line.starts_with(&format!("{} ", "#".repeat(hashes))));
    let mut length = 0;
    for line in body.split_inclusive('\n') {
        if ends(line) {
            break;
        }
        length += line.len();
    }
    &body[..length]
}

/// Reads a problem that names these files.
fn read_problem(problem: &str, files: &[(&str, &str)]) -> Result<Problem, Diagnostics> {
    read::problem_with(Path::new("problem.toml"), &|path| {
        let mut all = files.iter().copied().chain([("problem.toml", problem)]);
        let file = all.find(|(name, _)| path == Path::new(name));
        file.map(|(_, text)| text.as_bytes().to_vec()).ok_or_else(|| "there is no such file".to_owned())
    })
}

/// The whole problem that a page shows, with its roster.
fn shown(page: &str) -> (&str, &str) {
    (blocks(page, "toml")[0], blocks(page, "csv")[0])
}

fn kohort(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("kohort"));
    command.current_dir(folder).args(arguments).output().unwrap()
}

fn help(arguments: &[&str]) -> String {
    String::from_utf8(kohort(&root(""), &[arguments, &["--help"]].concat()).stdout).unwrap()
}

/// The names of the commands, from the program's own help.
fn commands() -> Vec<String> {
    let help = help(&[]);
    let listed = help.split("Commands:\n").nth(1).unwrap().lines().take_while(|line| !line.is_empty());
    let names = listed.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let names = names.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help");
    names.map(str::to_owned).collect()
}

#[test]
fn the_readme_is_short_and_names_the_rust_it_needs() {
    let readme = text("README.md");
    let lines = readme.lines().count();
    assert!(lines <= LONGEST_README, "README.md has {lines} lines, at most {LONGEST_README} are allowed");
    let rust = env!("CARGO_PKG_RUST_VERSION");
    assert!(
        readme.contains(&format!("{rust} or later")),
        "README.md must ask for Rust {rust} or later, as Cargo.toml does"
    );
}

/// The first problem and the life of its plan in the README: the README's commands are run on its files, and every
/// line of output that it shows must come.
#[test]
fn the_readme_tells_what_happens() {
    let readme = text("README.md");
    let (problem, roster) = shown(&readme);
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("problem.toml", problem);
    write("managers.csv", roster);
    let run = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().skip_while(|word| *word != "kohort").skip(1).collect();
        let output = kohort(folder.path(), &words);
        let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert_eq!(output.status.code(), Some(0), "{line}:\n{said}");
        said
    };
    let consoles = blocks(&readme, "console");
    let first: String = consoles[1].lines().map(run).collect();
    says(&first, blocks(&readme, "text")[0].lines());

    for change in blocks(&readme, "diff")[0].split("--- ").skip(1) {
        let (name, change) = change.split_once('\n').unwrap();
        let before = fs::read_to_string(folder.path().join(name)).unwrap();
        write(name, &changed(&before, change));
    }
    let life = consoles[2];
    says(&run(life.lines().next().unwrap()), life.lines().skip(1));
}

/// Asserts that these lines are in what was said, in this order.
fn says<'t>(said: &str, lines: impl Iterator<Item = &'t str>) {
    let mut rest = said.lines();
    for line in lines.filter(|line| !line.is_empty()) {
        assert!(rest.any(|said| said.trim_end() == line), "“{line}” was not said, or too early:\n{said}");
    }
}

/// The text after a change, which is written as a diff without line numbers.
fn changed(before: &str, change: &str) -> String {
    let mut after = String::new();
    let mut rest = before.lines();
    for line in change.lines() {
        let (sign, wanted) = line.split_at(1);
        if sign == "+" {
            after.push_str(&format!("{wanted}\n"));
            continue;
        }
        for kept in rest.by_ref().take_while(|old| old.split("  #").next() != Some(wanted)) {
            after.push_str(&format!("{kept}\n"));
        }
        if sign == " " {
            after.push_str(&format!("{wanted}\n"));
        }
    }
    rest.for_each(|kept| after.push_str(&format!("{kept}\n")));
    after
}

#[test]
fn every_rule_has_its_paragraph_and_an_example_that_can_be_read() {
    let format = text("docs/format.md");
    let (problem, roster) = shown(&format);
    let rules = section(&format, "# Rules");
    let mut last = 0;
    for rule in RULES {
        let heading = format!("## `{}`", rule.kind);
        let paragraph = section(&format, &heading);
        for key in rule.keys {
            assert!(
                paragraph.contains(&format!("`{}`", key.name)) || paragraph.contains(&format!("`{} = ", key.name)),
                "“{heading}” of docs/format.md does not describe the key “{}”",
                key.name
            );
        }
        assert_eq!(
            rule.mixed_only,
            paragraph.contains("For mixed cohorts"),
            "“{heading}” of docs/format.md must say “For mixed cohorts” exactly where the rule is for mixed cohorts only"
        );
        let at = rules.find(&heading).unwrap_or_else(|| panic!("“{heading}” must stand under “# Rules”"));
        assert!(at >= last, "“{heading}” stands out of the order of RULES");
        last = at;

        let examples = blocks(paragraph, "toml");
        assert!(!examples.is_empty(), "“{heading}” of docs/format.md has no example");
        let files: Vec<_> = blocks(paragraph, "csv").into_iter().map(|csv| ("pairs.csv", csv)).collect();
        for example in examples {
            assert!(
                example.contains(&format!("kind = \"{}\"", rule.kind)),
                "this is no example of {heading}:\n{example}"
            );
            let with =
                read_problem(&format!("{problem}\n{example}"), &[&files[..], &[("managers.csv", roster)]].concat());
            assert!(with.is_ok(), "the example of {heading} cannot be read:\n{}", with.unwrap_err());
        }
    }
    let told = rules.matches("\n## `").count();
    assert_eq!(told, RULES.len(), "docs/format.md describes {told} rules, and there are {}", RULES.len());
}

#[test]
fn every_term_that_is_always_on_is_described() {
    let format = text("docs/format.md");
    let told = section(&format, "# What every plan must obey");
    for term in kohort::builtin::terms() {
        assert!(told.contains(&format!("\n| `{}` | ", term.name)), "docs/format.md does not describe “{}”", term.name);
    }
}

#[test]
fn every_neighbourhood_is_described() {
    let search = text("docs/search.md");
    let mut sources = Vec::new();
    sources_below(&root("src/search/moves"), &mut sources);
    let declares = |source: &&PathBuf| fs::read_to_string(source).unwrap().contains(": Neighbourhood =");
    let names: Vec<_> =
        sources.iter().filter(declares).map(|source| source.file_stem().unwrap().to_string_lossy()).collect();
    assert!(names.len() > 5, "only these neighbourhoods were seen: {names:?}");
    let missing: Vec<_> = names.iter().filter(|name| !search.contains(&format!("`{name}`"))).collect();
    assert!(missing.is_empty(), "docs/search.md does not describe the neighbourhoods {missing:?}");
}

#[test]
fn every_example_in_toml_can_be_read() {
    let mut read = 0;
    for path in pages() {
        let page = fs::read_to_string(&path).unwrap();
        let (whole, parts): (Vec<&str>, Vec<&str>) =
            blocks(&page, "toml").into_iter().partition(|block| block.starts_with("format = 1"));
        if whole.is_empty() {
            assert!(parts.is_empty(), "{}: the parts of a problem stand beside no whole problem", path.display());
            continue;
        }
        let (problem, roster) = shown(&page);
        let pairs = blocks(&page, "csv").get(1).copied().unwrap_or_default();
        let files = [("managers.csv", roster), ("pairs.csv", pairs)];
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files.into_iter().chain([("problem.toml", problem)]) {
            fs::write(folder.path().join(name), text).unwrap();
        }
        for plan in whole.into_iter().skip(1) {
            fs::write(folder.path().join("plan.toml"), plan).unwrap();
            let output = kohort(folder.path(), &["check", "problem.toml", "plan.toml"]);
            let said = String::from_utf8([output.stderr, output.stdout].concat()).unwrap();
            assert_eq!(output.status.code(), Some(0), "{}: the plan is not valid:\n{said}", path.display());
            read += 1;
        }
        for part in [""].into_iter().chain(parts) {
            let with = read_problem(&format!("{problem}\n{part}"), &files);
            assert!(with.is_ok(), "{}: this cannot be read:\n{part}\n{}", path.display(), with.unwrap_err());
            read += 1;
        }
    }
    assert!(read > RULES.len(), "only {read} examples were read");
}

/// Every key that the readers take, from their own lists, is described.
#[test]
fn every_key_of_the_files_is_described() {
    let format = text("docs/format.md");
    let mut sources = Vec::new();
    sources_below(&root("src/read"), &mut sources);
    let mut seen = 0;
    for source in &sources {
        let code = fs::read_to_string(source).unwrap();
        let code = code.split("#[cfg(test)]").next().unwrap();
        let constants = code.split("const KEYS: ").skip(1).filter_map(|after| after.split_once('=')?.1.split_once('['));
        let lists = code.split(".only(&[").skip(1).chain(constants.map(|(_, list)| list));
        for key in lists.flat_map(|list| list.split(']').next().unwrap().split(',')) {
            let key = key.trim().trim_matches('"');
            let forms = ["`{}`", "`{} = ", "[[{}]]", "[{}]", " {},", " {} }"].map(|form| form.replace("{}", key));
            assert!(
                key.is_empty() || forms.iter().any(|form| format.contains(form)),
                "docs/format.md does not describe the key “{key}” of {}",
                source.display()
            );
            seen += 1;
        }
    }
    assert!(seen > 40, "only {seen} keys were seen; the reading is broken");
}

fn sources_below(folder: &Path, found: &mut Vec<PathBuf>) {
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() { sources_below(&path, found) } else { found.push(path) }
    }
}

#[test]
fn every_command_option_and_format_is_described() {
    let (readme, page) = (text("README.md"), text("docs/commands.md"));
    let commands = commands();
    assert!(commands.len() >= 4, "only these commands were seen: {commands:?}");
    for command in &commands {
        assert!(readme.contains(&format!("| `kohort {command} ")), "README.md does not list the command “{command}”");
        let starts = format!("\n## `kohort {command} ");
        let start = page.find(&starts).unwrap_or_else(|| panic!("docs/commands.md has no heading “{}”", starts.trim()));
        let heading = page[start + 1..].lines().next().unwrap();
        let told = section(&page, heading);
        let help = help(&[command]);
        let options = help.lines().map(str::trim_start).filter(|line| line.starts_with('-'));
        let words = options.flat_map(|line| line.split([' ', ',']));
        for option in words.filter(|word| word.starts_with("--") && *word != "--help") {
            assert!(told.contains(&format!("`{option}")), "“{heading}” of docs/commands.md does not describe {option}");
        }
        for value in values_of_format(&help) {
            assert!(
                told.contains(&format!("`{value}`")),
                "“{heading}” of docs/commands.md does not describe --format {value}"
            );
        }
    }
}

/// The values that `--format` takes, from the help of a command.
fn values_of_format(help: &str) -> Vec<String> {
    let Some(of_format) = help.split("--format ").nth(1) else { return Vec::new() };
    let list = of_format.split("Possible values:\n").nth(1).expect("--help lists the values of --format");
    let lines = list.lines().map(str::trim).take_while(|line| line.starts_with("- "));
    let values: Vec<String> = lines.map(|line| line[2..].split(':').next().unwrap().to_owned()).collect();
    assert!(values.len() > 1, "only these values of --format were seen: {values:?}");
    values
}

#[test]
fn every_exit_code_is_described() {
    let (readme, help) = (text("README.md"), help(&[]));
    let codes = help.split("Exit codes:\n").nth(1).unwrap().lines();
    let codes: Vec<u8> = codes.filter_map(|line| line.split_whitespace().next()?.parse().ok()).collect();
    assert!(codes.len() >= 7, "only these exit codes were seen: {codes:?}");
    for code in codes.into_iter().chain([130]) {
        assert!(readme.contains(&format!("\n| {code} | ")), "README.md does not describe the exit code {code}");
    }
}

#[test]
fn every_link_leads_somewhere() {
    let mut seen = 0;
    for path in pages() {
        let page = fs::read_to_string(&path).unwrap();
        for link in page.split("](").skip(1).map(|after| after.split(')').next().unwrap()) {
            if link.starts_with("http") {
                continue;
            }
            let (file, place) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() { path.clone() } else { path.parent().unwrap().join(file) };
            assert!(target.exists(), "{}: there is no “{file}”", path.display());
            if !place.is_empty() {
                let headings = fs::read_to_string(&target).unwrap();
                let found = headings.lines().filter(|line| line.starts_with('#')).any(|line| anchor(line) == place);
                assert!(found, "{}: “{file}” has no heading “{place}”", path.display());
            }
            seen += 1;
        }
    }
    assert!(seen > 15, "only {seen} links were seen");
}

/// The anchor of a heading, as links write it.
fn anchor(heading: &str) -> String {
    let words = heading.trim_start_matches('#').trim().to_lowercase();
    words
        .chars()
        .filter(|c| c.is_alphanumeric() || " -_".contains(*c))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}
