//! The values of the managers as one table.

use super::Manager;
use crate::ids::{AttributeId, ManagerId};

/// The value number of a manager who has none.
const NONE: u32 = u32::MAX;

/// For each manager and attribute, the value as a number. The values of one manager lie side by side: whoever asks for
/// one mostly asks for the others too, and in a large problem finds them in memory that is at hand.
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
