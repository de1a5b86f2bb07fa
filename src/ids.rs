//! Dense identifiers: every manager, cohort, room … of a problem is a small number, in the order of the files.

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
    /// A row of [`Facts::managers`](crate::facts::Facts::managers).
    ManagerId,
    /// A row of [`Facts::groups`](crate::facts::Facts::groups), the leadership groups.
    GroupId,
    /// A row of [`Facts::attributes`](crate::facts::Facts::attributes).
    AttributeId,
    /// A row of [`Facts::waves`](crate::facts::Facts::waves).
    WaveId,
    /// A row of [`Facts::cohorts`](crate::facts::Facts::cohorts), in wave order.
    CohortId,
    /// A row of [`Facts::modules`](crate::facts::Facts::modules).
    ModuleId,
    /// A row of [`Facts::rooms`](crate::facts::Facts::rooms).
    RoomId,
    /// A row of [`Facts::consultants`](crate::facts::Facts::consultants).
    ConsultantId,
    /// One cohort taking one module: `cohort × number of modules + module`.
    RunId,
}
