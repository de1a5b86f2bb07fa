//! Dense identifiers: every manager, cohort, room … of a problem is a small number, in the order of the ids in the files.

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub struct $name(pub u32);

        impl $name {
            /// The identifier of the thing that stands at `index`.
            #[inline]
            pub fn new(index: usize) -> Self {
                Self(index as u32)
            }

            /// Where the thing stands in its list.
            #[inline]
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// One of the managers, by id.
    ManagerId,
    /// One of the leadership groups.
    GroupId,
    /// One of the attributes, by name.
    AttributeId,
    /// One of the waves, in the order of the file.
    WaveId,
    /// One of the cohorts, in wave order.
    CohortId,
    /// One of the modules, in the order of the file.
    ModuleId,
    /// One of the rooms, by id.
    RoomId,
    /// One of the consultants, by id.
    ConsultantId,
    /// One cohort taking one module: `cohort × number of modules + module`.
    RunId,
}
