//! `max_count`: no value may have too many members in a cohort.
//!
//! With `count = 3`, a cohort with 5 members of one site costs 2.

use super::support::limits::{AtMost, ValueLimit};
use super::support::{Args, Key, KeyKind, Need, RuleKind, most};

pub(super) const KIND: RuleKind = RuleKind {
    kind: "max_count",
    summary: "members of a value beyond the number that a cohort may have",
    keys: &[
        Key { name: "attribute", kind: KeyKind::Attribute, need: Need::Required },
        Key { name: "count", kind: KeyKind::Count, need: Need::Required },
    ],
    mixed_only: true,
    mixes: true,
    looks_back: false,
    most: |facts, _| most::managers(facts),
    build: |_, args: Args| {
        let most = ValueLimit::Count(args.required_count());
        Box::new(AtMost { attribute: args.required_attribute(), most, scope: args.scope })
    },
};
