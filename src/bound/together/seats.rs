//! What managers who are dealt to a few cohorts cost at the least, when it is known what each of them costs in each.
//!
//! Branch and bound over managers, first whoever has the fewest cohorts left to choose from (Haralick and Elliott,
//! "Increasing tree search efficiency for constraint satisfaction problems", 1980). What classes cost (those who share a
//! value, say) is bounded by dealing those of each class who are left as cheaply as can be, whatever other classes they are
//! in.

use smallvec::SmallVec;

use crate::bound::prices::CLOSED;

/// More cohorts than this take too long.
pub const MOST_COHORTS: usize = 4;

/// More managers, too, and they are dealt one within the other, which takes a place on the stack for each.
pub const MOST_MANAGERS: usize = 400;

/// Measured: to place a manager takes about as long as so many looks, for each manager there is.
const LOOKS: usize = 4;

/// Dealings below an eighth of what is asked for are ruled out first, then those below a quarter, and so on: where looks run
/// out, that much is certain.
const PARTS: [i64; 4] = [8, 4, 2, 1];

/// As many as there are could go anywhere.
const ANY: [u16; MOST_COHORTS] = [u16::MAX; MOST_COHORTS];

/// Some managers of whom each further one in a cohort costs no less than the one before.
#[derive(Clone, Debug)]
pub struct Class {
    /// Who.
    pub members: Vec<usize>,
    /// By cohort and number: what so many cost, in thousandths.
    pub cost: Vec<Vec<i64>>,
}

/// How many of a class are in each cohort, and how many are left.
#[derive(Clone, Copy, Default, Debug)]
struct Tally {
    held: [u16; MOST_COHORTS],
    left: u16,
    /// What those who are held cost, with those who are left dealt as cheaply as can be.
    least: i64,
    /// How many of those who are left go where then.
    share: [u16; MOST_COHORTS],
    /// By how much that rises when the next one goes to a cohort.
    more: [i64; MOST_COHORTS],
}

/// Managers to be dealt.
pub struct Seats {
    cohorts: usize,
    classes: Vec<Class>,
    /// By manager, the classes.
    of: Vec<SmallVec<[u32; 8]>>,
    /// By manager: those before who are in the same classes.
    kin: Vec<Vec<usize>>,
    /// Of each class, when nobody is dealt.
    start: Vec<Tally>,
}

impl Seats {
    /// So many managers, of these classes, for so many cohorts.
    pub fn new(managers: usize, cohorts: usize, classes: Vec<Class>) -> Seats {
        let mut of = vec![SmallVec::new(); managers];
        for (number, class) in classes.iter().enumerate() {
            class.members.iter().for_each(|&manager| of[manager].push(number as u32));
        }
        let dealt = |class: &Class| class.tally([0; MOST_COHORTS], class.members.len() as u16, cohorts, &ANY);
        let start = classes.iter().map(dealt).collect();
        let kin = |manager: usize| (0..manager).filter(|&other| of[other] == of[manager]).collect();
        let kin = (0..managers).map(kin).collect();
        Seats { cohorts, classes, of, kin, start }
    }

    /// What all dealings cost at the least where each manager costs so much in each cohort, manager by manager; `below` where
    /// none costs less. What the cheapest costs, if that `is_wanted` and so many looks are enough; otherwise what is ruled
    /// out before one below is found.
    pub fn least(&self, costs: &[i64], below: i64, is_wanted: bool, looks: &mut usize) -> i64 {
        let managers = self.of.len();
        let of = |manager: usize| &costs[manager * self.cohorts..(manager + 1) * self.cohorts];
        let own: Vec<i64> = (0..managers).map(|manager| of(manager).iter().min().copied().unwrap_or(CLOSED)).collect();
        let of_classes = self.start.iter().map(|dealt| dealt.least).sum();
        let least = own.iter().fold(of_classes, |sum: i64, own| sum.saturating_add(*own));
        if least >= below {
            return below;
        }
        let twin = |manager: usize| self.kin[manager].iter().rev().copied().find(|&other| of(other) == of(manager));
        let mut search = Search {
            seats: self,
            more: (0..managers * self.cohorts).map(|place| costs[place] - own[place / self.cohorts]).collect(),
            twin: (0..managers).map(twin).collect(),
            seat: vec![None; managers],
            dealt: self.start.clone(),
            could: vec![ANY; self.classes.len()],
            best: below,
            is_over: false,
            is_wanted,
            looks,
        };
        let mut certain = least;
        for part in PARTS {
            let most = least + (below - least) / part;
            search.best = most;
            search.deal(managers, least);
            match search.best {
                _ if search.is_over => return certain,
                best if best < most => return best,
                _ => certain = most,
            }
        }
        certain
    }
}

impl Class {
    /// With so many held and left, of whom so many could go to each cohort.
    fn tally(&self, held: [u16; MOST_COHORTS], left: u16, cohorts: usize, could: &[u16; MOST_COHORTS]) -> Tally {
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
            let (price, cohort) = cheapest.expect("whoever is left could go somewhere");
            (least, dearest) = (least + price, price);
            now[cohort] += 1;
        }
        let share = std::array::from_fn(|cohort| now[cohort] - held[cohort]);
        let mut more = [0; MOST_COHORTS];
        for cohort in (0..cohorts).filter(|&cohort| left > 0 && now[cohort] == held[cohort]) {
            // It goes there in place of the last one that was dealt.
            more[cohort] = one_more(&now, cohort) - dearest;
        }
        Tally { held, left, least, share, more }
    }
}

/// The cohorts that are left for a manager, each with what all cost then at the least.
type Options = SmallVec<[(i64, usize); MOST_COHORTS]>;

/// The search for the cheapest dealing.
struct Search<'a> {
    seats: &'a Seats,
    /// By manager and cohort: what it costs more than the cheapest cohort for the manager.
    more: Vec<i64>,
    /// By manager: the one before who is like this one in everything, and is never in a later cohort.
    twin: Vec<Option<usize>>,
    seat: Vec<Option<usize>>,
    dealt: Vec<Tally>,
    /// By class: how many of those who are left could go to each cohort.
    could: Vec<[u16; MOST_COHORTS]>,
    best: i64,
    /// Whether nothing more is to be looked at.
    is_over: bool,
    /// Whether the cheapest is wanted, or whether there is any.
    is_wanted: bool,
    looks: &'a mut usize,
}

impl Search<'_> {
    /// Deals so many managers who are left, when all cost so much at the least.
    fn deal(&mut self, left: usize, least: i64) {
        if left == 0 {
            self.best = least;
            self.is_over |= !self.is_wanted;
            return;
        }
        *self.looks = self.looks.saturating_sub(LOOKS * left);
        self.is_over |= *self.looks == 0;
        let Some((manager, mut options)) = self.next(least) else { return };
        options.sort_unstable();
        for (sum, cohort) in options {
            if sum >= self.best || self.is_over {
                break;
            }
            let of: SmallVec<[(usize, Tally); 8]> =
                self.seats.of[manager].iter().map(|&class| (class as usize, self.dealt[class as usize])).collect();
            for &(class, mut dealt) in &of {
                dealt.held[cohort] += 1;
                self.dealt[class] =
                    self.seats.classes[class].tally(dealt.held, dealt.left - 1, self.seats.cohorts, &ANY);
            }
            self.seat[manager] = Some(cohort);
            self.deal(left - 1, sum);
            self.seat[manager] = None;
            of.into_iter().for_each(|(class, dealt)| self.dealt[class] = dealt);
        }
    }

    /// The manager with the fewest cohorts to choose from, of several the one to whom it matters most, with these and
    /// what all cost then at the least; `None` where somebody has none.
    fn next(&mut self, least: i64) -> Option<(usize, Options)> {
        let (mut next, mut fewest) = (None, (usize::MAX, i64::MAX));
        let mut could = std::mem::take(&mut self.could);
        could.fill([0; MOST_COHORTS]);
        for manager in (0..self.seat.len()).filter(|&manager| self.seat[manager].is_none()) {
            let twin = self.twin[manager].map(|twin| self.seat[twin]);
            let first = twin.flatten().unwrap_or(0);
            let classes = || self.seats.of[manager].iter().map(|&class| &self.dealt[class as usize]);
            let options: Options = (first..self.seats.cohorts)
                .map(|cohort| {
                    let of_classes: i64 = classes().map(|dealt| dealt.more[cohort]).sum();
                    (least + self.more[manager * self.seats.cohorts + cohort] + of_classes, cohort)
                })
                .filter(|&(sum, _)| sum < self.best)
                .collect();
            let spread: i64 = options.iter().map(|option| least - option.0).sum();
            if options.is_empty() {
                self.could = could;
                return None;
            }
            for &class in &self.seats.of[manager] {
                options.iter().for_each(|&(_, cohort)| could[class as usize][cohort] += 1);
            }
            let few = (options.len(), spread);
            // The twin comes first.
            if few < fewest && twin != Some(None) {
                (next, fewest) = (Some((manager, options)), few);
            }
        }
        let mut sum = least;
        for ((class, dealt), could) in self.seats.classes.iter().zip(&self.dealt).zip(&could) {
            if dealt.share.iter().zip(could).any(|(share, could)| share > could) {
                sum += class.tally(dealt.held, dealt.left, self.seats.cohorts, could).least - dealt.least;
            }
        }
        self.could = could;
        next.filter(|_| sum < self.best)
    }
}

#[cfg(test)]
mod tests {
    use super::{Class, Seats};
    use crate::rng::Rng;

    /// Some classes of up to six managers at random, with costs that grow ever faster, in two to four cohorts.
    fn classes(rng: &mut Rng, managers: usize, cohorts: usize) -> Vec<Class> {
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
            Class { members, cost }
        };
        (0..4).map(&mut class).collect()
    }

    /// What the cheapest of all dealings costs.
    fn cheapest(classes: &[Class], managers: usize, cohorts: usize, costs: &[i64]) -> i64 {
        let dealing = |number: usize| {
            let seat = |manager: usize| number / cohorts.pow(manager as u32) % cohorts;
            let own: i64 = (0..managers).map(|manager| costs[manager * cohorts + seat(manager)]).sum();
            let of_class = |class: &Class| -> i64 {
                let held = |cohort: usize| class.members.iter().filter(|&&manager| seat(manager) == cohort).count();
                (0..cohorts).map(|cohort| class.cost[cohort][held(cohort)]).sum()
            };
            own + classes.iter().map(of_class).sum::<i64>()
        };
        (0..cohorts.pow(managers as u32)).map(dealing).min().expect("there is one")
    }

    #[test]
    fn the_least_is_what_the_cheapest_of_all_dealings_costs() {
        let mut cut_short = 0;
        for seed in 0..400 {
            let mut rng = Rng::new(seed, 0);
            let (managers, cohorts) = (1 + rng.below(6), 2 + rng.below(3));
            let classes = classes(&mut rng, managers, cohorts);
            let costs: Vec<i64> = (0..managers * cohorts).map(|_| [0, 0, 2, 9][rng.below(4)]).collect();
            let best = cheapest(&classes, managers, cohorts, &costs);
            let seats = Seats::new(managers, cohorts, classes);
            let least =
                |below: i64, is_wanted: bool, mut looks: usize| seats.least(&costs, below, is_wanted, &mut looks);
            for below in best - 3..best + 9 {
                assert_eq!(least(below, true, usize::MAX), best.min(below), "seed {seed}, below {below}");
                let is_any = least(below, false, usize::MAX);
                assert!(is_any <= best && (is_any == below) == (best >= below), "seed {seed}: {is_any} below {below}");
                for looks in [1, 30, 90] {
                    let certain = least(below, true, looks);
                    assert!(certain <= best.min(below), "seed {seed}: {certain} is above {best}");
                    cut_short += usize::from(certain < best.min(below));
                }
            }
        }
        assert!(cut_short > 100, "{cut_short} were not looked at to the end");
    }
}
