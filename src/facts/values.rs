//! The managers' values of the attributes as one table.

use super::Manager;
use crate::ids::{AttributeId, ManagerId};

/// Stands for no value.
const NONE: u32 = u32::MAX;

/// The value number for each manager and attribute. The values of one manager are neighbours in memory: a search that
/// asks for one of them mostly asks for the others too, and so finds them in the cache.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Values {
    attributes: usize,
    values: Vec<u32>,
}

impl Values {
    pub(super) fn compile(attributes: usize, managers: &[Manager]) -> Values {
        let values = managers.iter().flat_map(|manager| &manager.values).map(|value| value.unwrap_or(NONE));
        Values { attributes, values: values.collect() }
    }

    /// The manager's value, if the manager has one.
    #[inline]
    pub fn get(&self, manager: ManagerId, attribute: AttributeId) -> Option<u32> {
        let value = self.values[manager.index() * self.attributes + attribute.index()];
        (value != NONE).then_some(value)
    }
}
