//! `max_share`: no value may have too large a share of a cohort.
//!
//! With `share = 0.34`, a cohort of 20 may have floor(6.8) = 6 members of one department; 8 of them cost 2.

use super::support::limits::{AtMost, ValueLimit};
use super::support::{Args, Key, KeyKind, Need, RuleKind, most};

pub(super) const KIND: RuleKind = RuleKind {
    kind: "max_share",
    summary: "members of a value beyond the share of their cohort that is allowed",
    keys: &[
        Key { name: "attribute", kind: KeyKind::Attribute, need: Need::Required },
        Key { name: "share", kind: KeyKind::Share, need: Need::Required },
    ],
    mixed_only: true,
    mixes: true,
    looks_back: false,
    most: |facts, _| most::managers(facts),
    build: |_, args: Args| {
        let most = args.share.map_or(ValueLimit::Count(i64::MAX), ValueLimit::Share);
        Box::new(AtMost { attribute: args.required_attribute(), most, scope: args.scope })
    },
};
