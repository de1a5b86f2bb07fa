//! A term whose lower bound is one too high, to show that the law notices.

use std::borrow::Cow;

use kohort::draft::Sitting;
use kohort::facts::Facts;
use kohort::ids::{ManagerId, ModuleId, RoomId, WaveId};
use kohort::plan::Plan;
use kohort::term::{AtLeast, Finding, Placed, Seated, Term, Timed, Tracker, Worked};

/// Adds one to the lower bound of this term; if it charges cohorts, one to the charge for each cohort's last day.
#[derive(Debug)]
pub struct OneTooHigh<'t>(pub &'t dyn Term);

impl Term for OneTooHigh<'_> {
    fn findings(&self, facts: &Facts, plan: &Plan) -> Vec<Finding> {
        self.0.findings(facts, plan)
    }

    fn tracker(&self, facts: &Facts) -> Box<dyn Tracker> {
        self.0.tracker(facts)
    }

    fn at_least(&self, facts: &Facts) -> AtLeast<'_> {
        match self.0.at_least(facts) {
            AtLeast::Amount(least, why) => AtLeast::Amount(least + 1, why),
            AtLeast::Seats(_) => AtLeast::Seats(self),
            AtLeast::Managers(_) => AtLeast::Managers(self),
            AtLeast::Timelines(_) => AtLeast::Timelines(self),
            AtLeast::Work(_) => AtLeast::Work(self),
        }
    }
}

impl Seated for OneTooHigh<'_> {
    fn cohort(&self, facts: &Facts, wave: WaveId, members: &[ManagerId]) -> i64 {
        let AtLeast::Seats(rule) = self.0.at_least(facts) else { return 0 };
        rule.cohort(facts, wave, members)
    }

    fn least(&self, facts: &Facts, is_left_out: &dyn Fn(WaveId) -> bool) -> (i64, Cow<'static, str>) {
        let AtLeast::Seats(rule) = self.0.at_least(facts) else { return (0, "".into()) };
        let (least, why) = rule.least(facts, is_left_out);
        (least + 1, why)
    }
}

impl Placed for OneTooHigh<'_> {
    fn manager(&self, facts: &Facts, wave: WaveId, manager: ManagerId) -> i64 {
        let AtLeast::Managers(rule) = self.0.at_least(facts) else { return 0 };
        rule.manager(facts, wave, manager)
    }

    fn why(&self) -> Cow<'static, str> {
        "one too high".into()
    }

    fn least_of_all(&self, facts: &Facts) -> i64 {
        let AtLeast::Managers(rule) = self.0.at_least(facts) else { return 0 };
        rule.least_of_all(facts) + 1
    }
}

impl Worked for OneTooHigh<'_> {
    fn one_more(&self, dates: i64) -> i64 {
        dates
    }

    fn least(&self, facts: &Facts) -> (i64, Cow<'static, str>) {
        let AtLeast::Work(rule) = self.0.at_least(facts) else { return (0, "".into()) };
        let (least, why) = rule.least(facts);
        (least + 1, why)
    }
}

impl Timed for OneTooHigh<'_> {
    fn sitting(&self, facts: &Facts, wave: WaveId, module: ModuleId, sitting: Sitting, room: RoomId) -> i64 {
        let AtLeast::Timelines(rule) = self.0.at_least(facts) else { return 0 };
        rule.sitting(facts, wave, module, sitting, room)
    }

    fn gap(&self, facts: &Facts, wave: WaveId, module: ModuleId, days: i64) -> i64 {
        let AtLeast::Timelines(rule) = self.0.at_least(facts) else { return 0 };
        rule.gap(facts, wave, module, days)
    }

    fn end(&self, facts: &Facts, wave: WaveId, module: ModuleId, day: usize) -> i64 {
        let AtLeast::Timelines(rule) = self.0.at_least(facts) else { return 0 };
        rule.end(facts, wave, module, day) + i64::from(module.index() + 1 == facts.modules.len())
    }

    fn faces(&self, facts: &Facts, wave: WaveId, different: usize) -> i64 {
        let AtLeast::Timelines(rule) = self.0.at_least(facts) else { return 0 };
        rule.faces(facts, wave, different)
    }

    fn member(&self, facts: &Facts, wave: WaveId, manager: ManagerId, sitting: Sitting) -> i64 {
        let AtLeast::Timelines(rule) = self.0.at_least(facts) else { return 0 };
        rule.member(facts, wave, manager, sitting)
    }
}
