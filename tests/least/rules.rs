//! Random rules, made from what each kind of rule declares: a new kind in `RULES` needs no line here.

use kohort::rng::Rng;
use kohort::rules::{Key, KeyKind, Need, RuleKind};

/// What the keys of a rule can refer to.
pub struct Setting {
    /// How many managers there are, `m0` and so on.
    pub managers: usize,
    /// How many waves there are, the first of [`WAVES`].
    pub waves: usize,
    /// Whether the rule is hard.
    pub is_hard: bool,
}

/// The ids of waves.
pub const WAVES: [&str; 2] = ["v", "w"];

/// The attributes. Some manager has the value `x` of each, and another the value `y`.
pub const ATTRIBUTES: [&str; 2] = ["kind", "site"];

/// Files of pairs: one with amounts that may be below zero, and one without, for hard rules.
pub const PAIRS: [&str; 2] = ["gains.csv", "costs.csv"];

/// A random one of the items.
pub fn any<T: Copy>(rng: &mut Rng, items: &[T]) -> T {
    items[rng.below(items.len())]
}

/// A text in quotes.
pub fn quoted(text: impl std::fmt::Display) -> String {
    format!("\"{text}\"")
}

type Example = fn(&mut Rng, &Setting) -> String;

/// An example of a value for every kind of key.
const EXAMPLES: &[(KeyKind, Example)] = &[
    (KeyKind::Attribute, |rng, _| quoted(any(rng, &ATTRIBUTES))),
    (KeyKind::Value, |rng, _| quoted(any(rng, &["x", "y"]))),
    (KeyKind::Floor, |rng, _| rng.below(3).to_string()),
    (KeyKind::Share, |rng, _| any(rng, &["0", "0.2", "0.34", "0.5", "0.67", "1"]).to_owned()),
    (KeyKind::Count, |rng, _| rng.below(4).to_string()),
    (KeyKind::Managers, |rng, setting| {
        let mut managers: Vec<String> = (0..setting.managers).map(|number| quoted(format!("m{number}"))).collect();
        rng.shuffle(&mut managers);
        let listed = 2 + rng.below(managers.len() - 1);
        format!("[{}]", managers[..listed].join(", "))
    }),
    (KeyKind::Relation, |_, _| quoted("superior")),
    (KeyKind::Pairs, |_, setting| quoted(PAIRS[usize::from(setting.is_hard)])),
];

/// The keys that a random rule of this kind has, among those that the kind declares.
fn chosen<'k>(rng: &mut Rng, kind: &'k RuleKind) -> Vec<&'k Key> {
    let of_need = |need: Need| kind.keys.iter().filter(move |key| key.need == need);
    let mut keys: Vec<&Key> = of_need(Need::Required).collect();
    keys.extend(of_need(Need::Optional).filter(|_| rng.chance(1, 2)));
    let alternatives: Vec<&Key> = of_need(Need::ExactlyOne).collect();
    if !alternatives.is_empty() {
        keys.push(any(rng, &alternatives));
    }
    let several: Vec<&Key> = of_need(Need::AtLeastOne).collect();
    if !several.is_empty() {
        let set = 1 + rng.below((1 << several.len()) - 1);
        keys.extend(several.iter().enumerate().filter(|(index, _)| set >> index & 1 == 1).map(|(_, key)| *key));
    }
    keys
}

/// A random rule of this kind.
pub fn rule(rng: &mut Rng, kind: &RuleKind, setting: &Setting) -> String {
    let mut parts = vec![format!("kind = \"{}\"", kind.kind)];
    for key in chosen(rng, kind) {
        let Some((_, example)) = EXAMPLES.iter().find(|(of, _)| *of == key.kind) else {
            panic!("give the law an example of the key “{}” of the rule “{}” ({:?})", key.name, kind.kind, key.kind);
        };
        parts.push(format!("{} = {}", key.name, example(rng, setting)));
    }
    parts.push(if setting.is_hard { "hard = true".to_owned() } else { format!("weight = {}", 1 + rng.below(4)) });
    if rng.chance(1, 2) {
        let set = 1 + rng.below((1 << setting.waves) - 1);
        let waves: Vec<String> =
            (0..setting.waves).filter(|wave| set >> wave & 1 == 1).map(|w| quoted(WAVES[w])).collect();
        parts.push(format!("waves = [{}]", waves.join(", ")));
    }
    format!("{{ {} }}", parts.join(", "))
}
