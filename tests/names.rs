//! One name, one thing: no two types of the crate share a name.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

fn types(folder: &Path, found: &mut BTreeMap<String, Vec<String>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            types(&path, found);
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        for line in text.lines().take_while(|line| !line.contains("#[cfg(test)]")) {
            // Associated types are indented, and have the names that their traits give them.
            if line.starts_with(' ') {
                continue;
            }
            let line = line.strip_prefix("pub(").and_then(|rest| rest.split_once(") ")).map_or(line, |(_, rest)| rest);
            let line = line.strip_prefix("pub ").unwrap_or(line);
            let kinds = ["struct ", "enum ", "trait ", "type "];
            let Some(rest) = kinds.iter().find_map(|kind| line.strip_prefix(kind)) else { continue };
            let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            found.entry(name).or_default().push(path.display().to_string());
        }
    }
}

#[test]
fn no_two_types_share_a_name() {
    let mut found = BTreeMap::new();
    types(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    assert!(found.len() > 200, "only {} types were seen; the reading is broken", found.len());
    let shared: Vec<String> = found
        .into_iter()
        .filter(|(_, files)| files.len() > 1)
        .map(|(name, files)| format!("{name}: {}", files.join(", ")))
        .collect();
    assert!(shared.is_empty(), "types that share a name:\n{}", shared.join("\n"));
}
