//! Imports run downward only, and never in a circle. The list of layers stands here and nowhere else.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The layers from top to bottom. Modules of one layer may not import each other.
const LAYERS: &[&[&str]] = &[
    &["main"],
    &["cli"],
    &["generate", "bench"],
    &["solve"],
    &["search"],
    &["bound"],
    &["write"],
    &["read"],
    &["check"],
    &["problem"],
    &["builtin"],
    &["rules"],
    &["term"],
    &["draft"],
    &["facts"],
    &["plan"],
    &["calendar", "ids", "score", "diag", "rng", "words"],
];

/// The modules of the crate by path (`search::moves::swap`), with the code of each file without comments and tests.
struct House(BTreeMap<String, String>);

impl House {
    fn read() -> House {
        let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut files = Vec::new();
        collect(&src, &mut files);
        let module = |file: &PathBuf| {
            let inside = file.strip_prefix(&src).unwrap().with_extension("");
            let parts: Vec<&str> = inside.iter().map(|part| part.to_str().unwrap()).collect();
            parts.strip_suffix(&["mod"]).unwrap_or(&parts).join("::")
        };
        House(files.iter().map(|file| (module(file), code(&fs::read_to_string(file).unwrap()))).collect())
    }

    /// The module to which a path in the file `from` leads: the last part of the path that is a file. A name that a
    /// `mod.rs` only re-exports belongs to the file from which it comes.
    fn resolve(&self, from: &str, path: &str) -> Option<String> {
        let mut parts: Vec<&str> = path.split("::").map(str::trim).filter(|part| !part.is_empty()).collect();
        let mut at: Vec<&str> = match parts.first()? {
            &"crate" => Vec::new(),
            &"super" => from.split("::").collect(),
            &"self" => from.split("::").collect(),
            first if self.0.contains_key(&join(from, first)) => from.split("::").collect(),
            _ => return None,
        };
        while let Some(&first) = parts.first() {
            match first {
                "crate" | "self" => {}
                "super" => drop(at.pop()),
                _ => break,
            }
            parts.remove(0);
        }
        let mut module = at.join("::");
        for part in parts {
            let deeper = join(&module, part);
            if self.0.contains_key(&deeper) {
                module = deeper;
            } else if let Some(source) = self.handed_on(&module, part) {
                module = source;
            } else {
                break;
            }
        }
        (!module.is_empty() && self.0.contains_key(&module)).then_some(module)
    }

    /// The child from which a module re-exports a name with `pub use`.
    fn handed_on(&self, module: &str, name: &str) -> Option<String> {
        let statements = self.0.get(module)?.split(';');
        let public = statements.filter_map(|statement| statement.trim().split_once("pub").map(|(_, rest)| rest));
        let uses = public.filter_map(|rest| rest.trim_start_matches(|c| c != 'u').strip_prefix("use "));
        let paths = uses.flat_map(expand);
        paths.filter(|path| path.rsplit("::").next() == Some(name)).find_map(|path| {
            let first = path.trim_start_matches("self::").split("::").next()?.to_owned();
            let child = join(module, &first);
            self.0.contains_key(&child).then_some(child)
        })
    }

    /// The modules whose items a module uses, without those that it only re-exports.
    fn uses(&self, module: &str) -> BTreeSet<String> {
        let code = &self.0[module];
        let mut paths = Vec::new();
        for statement in code.split(';') {
            let Some(at) =
                statement.find("use ").filter(|&at| !statement[..at].ends_with(|c: char| c.is_alphanumeric()))
            else {
                continue;
            };
            let before = statement[..at].trim_end();
            if !before.ends_with("pub") && !before.ends_with(')') {
                paths.extend(expand(&statement[at + 4..]));
            }
        }
        for start in ["crate::", "super::"] {
            for (at, _) in code.match_indices(start) {
                if !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == ':' || c == '_') {
                    let path = code[at..].split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')).next();
                    paths.extend(path.map(str::to_owned));
                }
            }
        }
        paths.iter().filter_map(|path| self.resolve(module, path)).filter(|other| other != module).collect()
    }
}

fn join(module: &str, part: &str) -> String {
    if module.is_empty() { part.to_owned() } else { format!("{module}::{part}") }
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// A source text without its comments, and without the tests at its end.
fn code(text: &str) -> String {
    let is_code = |line: &&str| !line.trim_start().starts_with("//");
    let lines: Vec<&str> = text.lines().take_while(|line| !line.contains("#[cfg(test)]")).filter(is_code).collect();
    lines.join("\n")
}

/// The paths of a `use`: `a::{b, c::d}` gives `a::b` and `a::c::d`.
fn expand(text: &str) -> Vec<String> {
    let text = text.trim();
    let Some(open) = text.find('{') else {
        return vec![text.split(" as ").next().unwrap_or(text).trim().to_owned()];
    };
    let close = text.rfind('}').unwrap_or(text.len());
    let (before, inside) = (&text[..open], &text[open + 1..close]);
    let (mut depth, mut start, mut paths) = (0, 0, Vec::new());
    for (at, c) in inside.char_indices().chain([(inside.len(), ',')]) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                if !inside[start..at].trim().is_empty() {
                    paths.extend(expand(&inside[start..at]).into_iter().map(|path| format!("{before}{path}")));
                }
                start = at + 1;
            }
            _ => {}
        }
    }
    paths
}

fn layer(module: &str) -> usize {
    LAYERS
        .iter()
        .position(|layer| layer.contains(&module))
        .unwrap_or_else(|| panic!("module “{module}” has no place in LAYERS; give it one"))
}

/// A circle in a graph, if there is one.
fn circle(graph: &BTreeMap<String, BTreeSet<String>>) -> Option<Vec<String>> {
    let mut left = graph.clone();
    // What uses nothing that is left cannot be in a circle.
    loop {
        let ends: Vec<String> = left
            .iter()
            .filter(|(_, uses)| uses.iter().all(|other| !left.contains_key(other)))
            .map(|(name, _)| name.clone())
            .collect();
        if ends.is_empty() {
            break;
        }
        ends.iter().for_each(|end| drop(left.remove(end)));
    }
    let mut path = vec![left.keys().next()?.clone()];
    loop {
        let next = left[path.last()?].iter().find(|other| left.contains_key(*other))?.clone();
        if let Some(first) = path.iter().position(|name| *name == next) {
            return Some(path.split_off(first));
        }
        path.push(next);
    }
}

#[test]
fn imports_run_downward_only() {
    let house = House::read();
    let top = |module: &str| module.split("::").next().unwrap_or_default().to_owned();
    let (mut seen, mut upward) = (0, Vec::new());
    for module in house.0.keys().filter(|module| *module != "lib") {
        for other in house.uses(module).iter().filter(|other| top(other) != top(module)) {
            seen += 1;
            if layer(&top(other)) <= layer(&top(module)) {
                upward.push(format!("{module} uses {other}, which does not stand below it"));
            }
        }
    }
    assert!(seen > 300, "only {seen} imports were seen; the reading is broken");
    assert!(upward.is_empty(), "imports that do not run downward:\n{}", upward.join("\n"));
}

#[test]
fn no_files_and_no_folders_import_each_other_in_a_circle() {
    let house = House::read();
    // A file may use the `mod.rs` of its own folder.
    let others = |module: &String| {
        let is_above = |other: &String| module.strip_prefix(other.as_str()).is_some_and(|rest| rest.starts_with("::"));
        house.uses(module).into_iter().filter(|other| !is_above(other)).collect()
    };
    let uses: BTreeMap<String, BTreeSet<String>> =
        house.0.keys().map(|module| (module.clone(), others(module))).collect();
    assert_eq!(circle(&uses), None, "files in a circle");
    let folders: BTreeSet<String> =
        house.0.keys().filter_map(|module| Some(module.rsplit_once("::")?.0.to_owned())).collect();
    for folder in folders.iter().map(String::as_str).chain([""]) {
        // The part of the folder to which a module belongs; `None` for the folder's own `mod.rs` and for modules
        // outside.
        let room = |module: &str| {
            let inside = if folder.is_empty() { Some(module) } else { module.strip_prefix(folder)?.strip_prefix("::") };
            inside.and_then(|inside| inside.split("::").next()).map(str::to_owned)
        };
        let mut rooms: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (module, others) in &uses {
            let Some(own) = room(module) else { continue };
            let others = others.iter().filter_map(|other| room(other)).filter(|other| *other != own);
            rooms.entry(own.clone()).or_default().extend(others);
        }
        assert_eq!(circle(&rooms), None, "rooms of “{folder}” in a circle");
    }
}

#[test]
fn all_ways_to_import_are_seen() {
    let text = "use crate::facts::Facts;\nuse crate::{check::{a, b}, plan};\n// use crate::cli;\nfn f(x: &crate::ids::RoomId) {}\npub use own::Name;\n#[cfg(test)]\nuse crate::read;";
    let empty = |name: &str| (name.to_owned(), String::new());
    let mut modules: BTreeMap<String, String> =
        ["facts", "check", "plan", "cli", "ids", "read", "m::own"].map(empty).into();
    modules.insert("m".to_owned(), code(text));
    modules.insert("n".to_owned(), "use super::m::Name;".to_owned());
    let house = House(modules);
    let names = |module: &str| house.uses(module).into_iter().collect::<Vec<_>>();
    assert_eq!(names("m"), ["check", "facts", "ids", "plan"]);
    assert_eq!(names("n"), ["m::own"], "a name that is handed on belongs to where it comes from");
}

#[test]
fn a_circle_is_found() {
    let graph = |edges: &[(&str, &str)]| {
        let mut graph: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (from, to) in edges {
            graph.entry((*from).to_owned()).or_default().insert((*to).to_owned());
            graph.entry((*to).to_owned()).or_default();
        }
        graph
    };
    assert_eq!(circle(&graph(&[("a", "b"), ("b", "c"), ("a", "c")])), None);
    assert_eq!(circle(&graph(&[("a", "b"), ("b", "c"), ("c", "b")])), Some(vec!["b".to_owned(), "c".to_owned()]));
}
