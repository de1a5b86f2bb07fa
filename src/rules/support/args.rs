//! The keys of a rule, as its kind declares them and as the reader hands them over.

use super::scope::Scope;
use crate::ids::{AttributeId, ManagerId};

/// What kind of value a key takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum KeyKind {
    /// The name of an attribute that some manager has.
    Attribute,
    /// A text that some manager has as a value of the attribute named before it.
    Value,
    /// An exact decimal from 0 to 1 with at most six places.
    Share,
    /// A whole number from 0.
    Count,
    /// A whole number from 0 below which a share sets no limit: the key `min`.
    Floor,
    /// A list of at least two ids of managers.
    Managers,
    /// The word `superior`.
    Relation,
    /// A CSV file with the columns `a`, `b` and `amount`.
    Pairs,
}

/// Whether a key must be there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Need {
    /// Always.
    Required,
    /// Never.
    Optional,
    /// Exactly one of the kind's keys with this need.
    ExactlyOne,
    /// At least one of the kind's keys with this need.
    AtLeastOne,
}

/// One key of a kind of rule.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Key {
    /// As written.
    pub name: &'static str,
    /// What it takes.
    pub kind: KeyKind,
    /// Whether it must be there.
    pub need: Need,
}

/// An exact decimal share, in millionths.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Share {
    /// The share times 1,000,000.
    pub millionths: i64,
}

impl Share {
    /// floor(share × n), in whole numbers.
    #[inline]
    pub fn of(self, n: i64) -> i64 {
        (self.millionths * n).div_euclid(1_000_000)
    }

    /// ceil(share × n), in whole numbers.
    #[inline]
    pub fn at_least_of(self, n: i64) -> i64 {
        -(-self.millionths * n).div_euclid(1_000_000)
    }
}

/// The values of a rule's keys, checked by the reader. A key that the kind requires is always there; the accessors
/// fall back to something harmless so that nothing can panic.
#[derive(Clone, Debug)]
pub struct Args {
    /// The waves the rule looks at.
    pub scope: Scope,
    /// Of the key `attribute`.
    pub attribute: Option<AttributeId>,
    /// Of the key `value`: its number among the values of the attribute.
    pub value: Option<u32>,
    /// Of the key `share`.
    pub share: Option<Share>,
    /// Of the key `count`.
    pub count: Option<i64>,
    /// Of the key `min`.
    pub min: Option<i64>,
    /// Of the key `managers`.
    pub managers: Option<Vec<ManagerId>>,
    /// Of the key `file`: pairs of different managers with their amount; a pair may stand more than once.
    pub pairs: Option<Vec<(ManagerId, ManagerId, i64)>>,
}

impl Args {
    /// The attribute that the kind requires.
    pub fn required_attribute(&self) -> AttributeId {
        self.attribute.unwrap_or(AttributeId(0))
    }

    /// The value that the kind requires.
    pub fn required_value(&self) -> u32 {
        self.value.unwrap_or(0)
    }

    /// The count that the kind requires.
    pub fn required_count(&self) -> i64 {
        self.count.unwrap_or(0)
    }
}
