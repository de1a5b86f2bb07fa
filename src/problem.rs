//! A problem: its facts, and the terms that every plan is measured by.

use crate::builtin;
use crate::diag::Diagnostics;
use crate::facts::Facts;
use crate::plan::Plan;
use crate::term::Posed;

/// What is there ([`Facts`]) and what it costs ([`Posed`] terms); frozen, and shared by reference.
#[derive(Debug)]
pub struct Problem {
    /// The facts, compiled.
    pub facts: Facts,
    /// The built-in terms, then the rules in the order of the file.
    pub terms: Vec<Posed>,
    /// The files it was read from, with what is worth a look in them.
    pub warnings: Diagnostics,
}

impl Problem {
    /// The problem with these facts and rules; compiles the facts and puts the built-in terms in front.
    pub fn new(mut facts: Facts, rules: Vec<Posed>) -> Problem {
        facts.compile();
        let mut terms = builtin::terms();
        terms.extend(rules);
        Problem { facts, terms, warnings: Diagnostics::default() }
    }

    /// Sets the earlier plan that `frozen_until` and the rule `stability` look back to.
    pub fn set_earlier(&mut self, plan: Plan) {
        self.facts.earlier = Some(plan);
        self.facts.compile();
    }
}
