//! Files to facts: problems, rosters and plans, with every error at once.
