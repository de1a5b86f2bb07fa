//! What it costs at least to assign managers to a few cohorts, when it is known what each of them costs in each.
//!
//! Branch and bound over managers, those first who have the fewest cohorts left to choose from (Haralick and Elliott,
//! "Increasing tree search efficiency for constraint satisfaction problems", 1980). What a class costs (the managers who share a
//! value, say) is bounded by assigning those of it who are left as cheaply as can be, whatever other classes they are in.

use smallvec::SmallVec;

use crate::bound::costs::INFEASIBLE;

/// The most cohorts. Chosen: with more, the search takes too long.
pub const MOST_COHORTS: usize = 4;

/// The most managers. Chosen: with more, the search takes too long, and each takes a place on the stack.
pub const MOST_MANAGERS: usize = 400;

/// Measured: to assign one manager takes as many looks for each manager who is left.
const LOOKS_A_MANAGER: usize = 4;

/// The search first rules out all assignments below an eighth of the limit, then below a quarter, and so on. Where looks run
/// out, that much is proved.
const PARTS: [i64; 4] = [8, 4, 2, 1];

/// In place of how many managers could go to each cohort: no limit.
const ANY: [u16; MOST_COHORTS] = [u16::MAX; MOST_COHORTS];

/// Some managers of whom each further one in a cohort costs no less than the one before.
#[derive(Clone, Debug)]
pub struct ManagerClass {
    /// Who.
    pub members: Vec<usize>,
    /// By cohort and number of members in it: what they cost, in thousandths.
    pub cost: Vec<Vec<i64>>,
}

/// Where the members of a class are.
#[derive(Clone, Copy, Default, Debug)]
struct ClassTally {
    /// By cohort: how many are in it.
    held: [u16; MOST_COHORTS],
    /// How many are not assigned yet.
    left: u16,
    /// What all cost when those who are left are assigned as cheaply as can be.
    least: i64,
    /// By cohort: how many of those who are left go there then.
    share: [u16; MOST_COHORTS],
    /// By cohort: by how much `least` rises when the next one goes there.
    more: [i64; MOST_COHORTS],
}

/// Managers to be assigned.
pub struct Assignment {
    cohorts: usize,
    classes: Vec<ManagerClass>,
    /// By manager: the classes.
    of: Vec<SmallVec<[u32; 8]>>,
    /// By manager: the managers before who are in the same classes.
    kin: Vec<Vec<usize>>,
    /// By class: the tally when nobody is assigned.
    start: Vec<ClassTally>,
}

impl Assignment {
    /// Of `managers`, in these classes, to `cohorts`.
    pub fn new(managers: usize, cohorts: usize, classes: Vec<ManagerClass>) -> Assignment {
        let mut of = vec![SmallVec::new(); managers];
        for (number, class) in classes.iter().enumerate() {
            class.members.iter().for_each(|&manager| of[manager].push(number as u32));
        }
        let nobody = |class: &ManagerClass| class.tally([0; MOST_COHORTS], class.members.len() as u16, cohorts, &ANY);
        let start = classes.iter().map(nobody).collect();
        let kin = |manager: usize| (0..manager).filter(|&other| of[other] == of[manager]).collect();
        let kin = (0..managers).map(kin).collect();
        Assignment { cohorts, classes, of, kin, start }
    }

    /// What all assignments cost at least, or `below` where none costs less. `costs` holds what each manager costs in each
    /// cohort, manager by manager. If `is_wanted` and there are looks enough, that is what the cheapest costs; otherwise it is
    /// what is ruled out before one below `below` is found.
    pub fn least(&self, costs: &[i64], below: i64, is_wanted: bool, looks: &mut usize) -> i64 {
        let managers = self.of.len();
        let of = |manager: usize| &costs[manager * self.cohorts..(manager + 1) * self.cohorts];
        let own: Vec<i64> =
            (0..managers).map(|manager| of(manager).iter().min().copied().unwrap_or(INFEASIBLE)).collect();
        let of_classes = self.start.iter().map(|tally| tally.least).sum();
        let least = own.iter().fold(of_classes, |sum: i64, own| sum.saturating_add(*own));
        if least >= below {
            return below;
        }
        let twin = |manager: usize| self.kin[manager].iter().rev().copied().find(|&other| of(other) == of(manager));
        let mut search = AssignmentSearch {
            assignment: self,
            more: (0..managers * self.cohorts).map(|place| costs[place] - own[place / self.cohorts]).collect(),
            twin: (0..managers).map(twin).collect(),
            seat: vec![None; managers],
            tallies: self.start.clone(),
            could: vec![ANY; self.classes.len()],
            best: below,
            is_over: false,
            is_wanted,
            looks,
        };
        let mut proved = least;
        for part in PARTS {
            let most = least + (below - least) / part;
            search.best = most;
            search.assign(managers, least);
            match search.best {
                _ if search.is_over => return proved,
                best if best < most => return best,
                _ => proved = most,
            }
        }
        proved
    }
}

impl ManagerClass {
    /// The tally when these members are held and `left` are left, of whom no more go to each cohort than `could`.
    fn tally(&self, held: [u16; MOST_COHORTS], left: u16, cohorts: usize, could: &[u16; MOST_COHORTS]) -> ClassTally {
        let one_more = |held: &[u16; MOST_COHORTS], cohort: usize| {
            let beside = usize::from(held[cohort]);
            self.cost[cohort][beside + 1] - self.cost[cohort][beside]
        };
        let mut now = held;
        let mut least: i64 = self.cost.iter().zip(&held).map(|(cost, &held)| cost[usize::from(held)]).sum();
        let mut dearest = i64::MIN;
        for _ in 0..left {
            let open = (0..cohorts).filter(|&cohort| now[cohort] - held[cohort] < could[cohort]);
            let cheapest = open.map(|cohort| (one_more(&now, cohort), cohort)).min();
            // Whoever is left could go somewhere. If not, to count no more for them keeps the bound true.
            let Some((cost, cohort)) = cheapest else { break };
            (least, dearest) = (least + cost, cost);
            now[cohort] += 1;
        }
        let share = std::array::from_fn(|cohort| now[cohort] - held[cohort]);
        let mut more = [0; MOST_COHORTS];
        for cohort in (0..cohorts).filter(|&cohort| left > 0 && now[cohort] == held[cohort]) {
            // It goes there in place of the last one that was assigned.
            more[cohort] = one_more(&now, cohort) - dearest;
        }
        ClassTally { held, left, least, share, more }
    }
}

/// The cohorts that are left for a manager, each with what all cost then at least.
type OpenCohorts = SmallVec<[(i64, usize); MOST_COHORTS]>;

/// The search for the cheapest assignment.
struct AssignmentSearch<'a> {
    assignment: &'a Assignment,
    /// By manager and cohort: what it costs beyond the cheapest cohort for the manager.
    more: Vec<i64>,
    /// By manager: the one before who is like this one in everything, and never sits in a later cohort.
    twin: Vec<Option<usize>>,
    seat: Vec<Option<usize>>,
    tallies: Vec<ClassTally>,
    /// By class: how many of those who are left could go to each cohort.
    could: Vec<[u16; MOST_COHORTS]>,
    best: i64,
    /// Whether the search has ended.
    is_over: bool,
    /// Whether the cheapest is wanted, or only whether there is any.
    is_wanted: bool,
    looks: &'a mut usize,
}

impl AssignmentSearch<'_> {
    /// Assigns the managers who are left, when all cost `least` at least.
    fn assign(&mut self, left: usize, least: i64) {
        if left == 0 {
            self.best = least;
            self.is_over |= !self.is_wanted;
            return;
        }
        *self.looks = self.looks.saturating_sub(LOOKS_A_MANAGER * left);
        self.is_over |= *self.looks == 0;
        let Some((manager, mut open)) = self.next(least) else { return };
        open.sort_unstable();
        for (sum, cohort) in open {
            if sum >= self.best || self.is_over {
                break;
            }
            let classes = self.assignment.of[manager].iter().map(|&class| class as usize);
            let before: SmallVec<[(usize, ClassTally); 8]> =
                classes.map(|class| (class, self.tallies[class])).collect();
            for &(class, mut tally) in &before {
                tally.held[cohort] += 1;
                let of_class = &self.assignment.classes[class];
                self.tallies[class] = of_class.tally(tally.held, tally.left - 1, self.assignment.cohorts, &ANY);
            }
            self.seat[manager] = Some(cohort);
            self.assign(left - 1, sum);
            self.seat[manager] = None;
            before.into_iter().for_each(|(class, tally)| self.tallies[class] = tally);
        }
    }

    /// The manager with the fewest cohorts to choose from, of several the one to whom it matters most, with these cohorts.
    /// `None` where somebody has none.
    fn next(&mut self, least: i64) -> Option<(usize, OpenCohorts)> {
        let (mut next, mut fewest) = (None, (usize::MAX, i64::MAX));
        let mut could = std::mem::take(&mut self.could);
        could.fill([0; MOST_COHORTS]);
        for manager in (0..self.seat.len()).filter(|&manager| self.seat[manager].is_none()) {
            let twin = self.twin[manager].map(|twin| self.seat[twin]);
            let first = twin.flatten().unwrap_or(0);
            let classes = || self.assignment.of[manager].iter().map(|&class| &self.tallies[class as usize]);
            let open: OpenCohorts = (first..self.assignment.cohorts)
                .map(|cohort| {
                    let of_classes: i64 = classes().map(|tally| tally.more[cohort]).sum();
                    (least + self.more[manager * self.assignment.cohorts + cohort] + of_classes, cohort)
                })
                .filter(|&(sum, _)| sum < self.best)
                .collect();
            let spread: i64 = open.iter().map(|&(sum, _)| least - sum).sum();
            if open.is_empty() {
                self.could = could;
                return None;
            }
            for &class in &self.assignment.of[manager] {
                open.iter().for_each(|&(_, cohort)| could[class as usize][cohort] += 1);
            }
            let few = (open.len(), spread);
            // The twin comes first.
            if few < fewest && twin != Some(None) {
                (next, fewest) = (Some((manager, open)), few);
            }
        }
        let mut sum = least;
        for ((class, tally), could) in self.assignment.classes.iter().zip(&self.tallies).zip(&could) {
            if tally.share.iter().zip(could).any(|(share, could)| share > could) {
                sum += class.tally(tally.held, tally.left, self.assignment.cohorts, could).least - tally.least;
            }
        }
        self.could = could;
        next.filter(|_| sum < self.best)
    }
}

#[cfg(test)]
mod tests {
    use super::{Assignment, ManagerClass};
    use crate::rng::Rng;

    /// Some classes of up to six managers at random, with costs that grow ever faster, in two to four cohorts.
    fn classes(rng: &mut Rng, managers: usize, cohorts: usize) -> Vec<ManagerClass> {
        let mut class = |_| {
            let members: Vec<usize> = (0..managers).filter(|_| rng.below(2) == 0).collect();
            let mut cost = |_| {
                let (mut sums, mut one_more) = (vec![0], rng.below(9) as i64 - 6);
                for _ in 0..=members.len() {
                    sums.push(sums[sums.len() - 1] + one_more);
                    one_more += rng.below(4) as i64;
                }
                sums
            };
            let cost = (0..cohorts).map(&mut cost).collect();
            ManagerClass { members, cost }
        };
        (0..4).map(&mut class).collect()
    }

    /// What the cheapest of all assignments costs.
    fn cheapest(classes: &[ManagerClass], managers: usize, cohorts: usize, costs: &[i64]) -> i64 {
        let assignment = |number: usize| {
            let seat = |manager: usize| number / cohorts.pow(manager as u32) % cohorts;
            let own: i64 = (0..managers).map(|manager| costs[manager * cohorts + seat(manager)]).sum();
            let of_class = |class: &ManagerClass| -> i64 {
                let held = |cohort: usize| class.members.iter().filter(|&&manager| seat(manager) == cohort).count();
                (0..cohorts).map(|cohort| class.cost[cohort][held(cohort)]).sum()
            };
            own + classes.iter().map(of_class).sum::<i64>()
        };
        (0..cohorts.pow(managers as u32)).map(assignment).min().expect("there is one")
    }

    #[test]
    fn the_least_is_what_the_cheapest_of_all_assignments_costs() {
        let mut cut_short = 0;
        for seed in 0..400 {
            let mut rng = Rng::new(seed, 0);
            let (managers, cohorts) = (1 + rng.below(6), 2 + rng.below(3));
            let classes = classes(&mut rng, managers, cohorts);
            let costs: Vec<i64> = (0..managers * cohorts).map(|_| [0, 0, 2, 9][rng.below(4)]).collect();
            let best = cheapest(&classes, managers, cohorts, &costs);
            let assignment = Assignment::new(managers, cohorts, classes);
            let least =
                |below: i64, is_wanted: bool, mut looks: usize| assignment.least(&costs, below, is_wanted, &mut looks);
            for below in best - 3..best + 9 {
                assert_eq!(least(below, true, usize::MAX), best.min(below), "seed {seed}, below {below}");
                let is_any = least(below, false, usize::MAX);
                assert!(is_any <= best && (is_any == below) == (best >= below), "seed {seed}: {is_any} below {below}");
                for looks in [1, 30, 90] {
                    let proved = least(below, true, looks);
                    assert!(proved <= best.min(below), "seed {seed}: {proved} is above {best}");
                    cut_short += usize::from(proved < best.min(below));
                }
            }
        }
        assert!(cut_short > 100, "{cut_short} were not looked at to the end");
    }
}
