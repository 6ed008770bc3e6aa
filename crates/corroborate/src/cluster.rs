//! Claims into events: the strongest links first, and never two claims that cannot be of one event.
//!
//! The links of a neighbourhood are taken in the order of their points, on a tie by the claims' ids. Two groups are put
//! together when no member of one is shut out by a member of the other and their members' points average high enough; so
//! one vague claim cannot tie two events into one. See `docs/adr/0011-incidents-by-additive-evidence.md`.
//!
//! Only then people are heard on what is one event: what they join comes with all that it stands with by itself.
//! What they keep apart is kept apart from the beginning (see [`crate::apart`]).

use std::collections::BTreeMap;

use averment_types::ClaimId;
use serde::{Deserialize, Serialize};

use crate::apart::Apart;
use crate::evidence::{ENOUGH, ON_AVERAGE};

/// Members of each group between whom the average is taken: those of the least ids.
const SAMPLE: usize = 8;

/// A link between two claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Link {
    pub(crate) points: i32,
    /// A person said so.
    pub(crate) decided: bool,
}

/// Claims of the largest part whose points are remembered while it is grouped.
const REMEMBERED: usize = 1024;

/// How often grouping begins anew because people joined what other words of theirs keep apart.
const ROUNDS: usize = 16;

/// What grouping needs to know of the claims.
pub(crate) trait Judge {
    /// The claim's id.
    fn id(&self, claim: u32) -> Option<&ClaimId>;
    /// The points between two claims; far below nothing when they cannot be of one event.
    fn points(&self, a: u32, b: u32) -> i32;
    /// The claims that a person says are of another event than this one.
    fn apart(&self, claim: u32) -> Vec<u32>;
}

/// A group and the links that made it, the strongest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Group {
    pub(crate) members: Vec<u32>,
    pub(crate) tree: Vec<(u32, u32)>,
}

/// Groups the claims of `part` by `links`.
pub(crate) fn group(part: &[u32], links: &[(u32, u32, Link)], judge: &impl Judge) -> Vec<Group> {
    let ids = |a: u32, b: u32| {
        let (x, y) = (judge.id(a), judge.id(b));
        if x <= y { (x, y) } else { (y, x) }
    };
    let mut order: Vec<&(u32, u32, Link)> =
        links.iter().filter(|(_, _, l)| l.decided || l.points >= ENOUGH).collect();
    order.sort_by(|x, y| {
        y.2.points.cmp(&x.2.points).then_with(|| ids(x.0, x.1).cmp(&ids(y.0, y.1)))
    });
    let pairs = |decided: bool| -> Vec<(u32, u32)> {
        order.iter().filter(|link| link.2.decided == decided).map(|link| (link.0, link.1)).collect()
    };
    let (joined, weighed) = (pairs(true), pairs(false));
    let mut points = Points::of(part);
    let (mut apart, joined) = Apart::of(part, &joined, judge);
    let mut round = 0;
    loop {
        let mut groups = Groups::alone(part);
        for (a, b) in &weighed {
            groups.join(*a, *b, judge, |left, right| {
                apart.allows(&left.members, &right.members)
                    && may_join(left, right, &mut points, judge)
            });
        }
        let mut refused = Vec::new();
        for (a, b) in &joined {
            groups.join(*a, *b, judge, |left, right| {
                let allowed = apart.allows(&left.members, &right.members);
                if !allowed {
                    refused.push((*a, left.members.clone(), right.members.clone()));
                }
                allowed
            });
        }
        round += 1;
        let more = refused.iter().any(|(at, left, right)| apart.yields(*at, left, right));
        if !more || round > ROUNDS {
            return groups.groups.into_values().collect();
        }
    }
}

/// Groups while they grow.
struct Groups {
    group_of: BTreeMap<u32, u32>,
    groups: BTreeMap<u32, Group>,
}

impl Groups {
    /// Each claim by itself.
    fn alone(part: &[u32]) -> Self {
        let lone = |at: &u32| (*at, Group { members: vec![*at], tree: Vec::new() });
        Self {
            group_of: part.iter().map(|at| (*at, *at)).collect(),
            groups: part.iter().map(lone).collect(),
        }
    }

    /// Puts the groups of two claims together, if they are two and `may` says so.
    fn join(
        &mut self,
        a: u32,
        b: u32,
        judge: &impl Judge,
        may: impl FnOnce(&Group, &Group) -> bool,
    ) {
        let (Some(left), Some(right)) =
            (self.group_of.get(&a).copied(), self.group_of.get(&b).copied())
        else {
            return;
        };
        let both = self.groups.get(&left).zip(self.groups.get(&right));
        if left == right || !both.is_some_and(|(l, r)| may(l, r)) {
            return;
        }
        let Some(taken) = self.groups.remove(&right) else {
            return;
        };
        for at in &taken.members {
            self.group_of.insert(*at, left);
        }
        if let Some(group) = self.groups.get_mut(&left) {
            group.members.extend(taken.members);
            group.members.sort_by(|x, y| judge.id(*x).cmp(&judge.id(*y)));
            group.tree.push((a, b));
            group.tree.extend(taken.tree);
        }
    }
}

fn may_join(left: &Group, right: &Group, points: &mut Points<'_>, judge: &impl Judge) -> bool {
    let (small, large) =
        if left.members.len() <= right.members.len() { (left, right) } else { (right, left) };
    let (mut sum, mut count) = (0, 0);
    for a in small.members.iter().take(SAMPLE) {
        for (nth, b) in large.members.iter().take(SAMPLE * SAMPLE).enumerate() {
            let weight = points.get(*a, *b, judge);
            if weight <= -100 {
                return false;
            }
            if nth < SAMPLE {
                sum += weight;
                count += 1;
            }
        }
    }
    sum >= ON_AVERAGE * count.max(1)
}

/// Points between the claims of a part, each weighed once.
struct Points<'p> {
    part: &'p [u32],
    known: Vec<Option<i32>>,
}

impl<'p> Points<'p> {
    /// Of the claims `part`, in rising order.
    fn of(part: &'p [u32]) -> Self {
        let size = if part.len() <= REMEMBERED { part.len() * part.len() } else { 0 };
        Self { part, known: vec![None; size] }
    }

    fn get(&mut self, a: u32, b: u32, judge: &impl Judge) -> i32 {
        let place = |at: u32| self.part.binary_search(&at).unwrap_or(usize::MAX);
        let at = place(a).saturating_mul(self.part.len()).saturating_add(place(b));
        match self.known.get_mut(at) {
            Some(slot) => *slot.get_or_insert_with(|| judge.points(a, b)),
            None => judge.points(a, b),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Claims of which those of one ten are alike and all others cannot be of one event.
    struct Desk {
        ids: Vec<ClaimId>,
        apart: Vec<(u32, u32)>,
    }

    impl Judge for Desk {
        fn id(&self, claim: u32) -> Option<&ClaimId> {
            self.ids.get(claim as usize)
        }

        fn points(&self, a: u32, b: u32) -> i32 {
            if a / 10 == b / 10 { 20 } else { -100 }
        }

        fn apart(&self, claim: u32) -> Vec<u32> {
            let both = self.apart.iter().flat_map(|(a, b)| [(*a, *b), (*b, *a)]);
            both.filter(|(a, _)| *a == claim).map(|(_, b)| b).collect()
        }
    }

    /// The groups of three tens of claims with what people joined and kept apart.
    fn groups(same: &[(u32, u32)], apart: &[(u32, u32)]) -> Vec<Vec<u32>> {
        let ids = (0..30).map(|n| ClaimId::new(&format!("c{n:02}"))).collect();
        let desk = Desk { ids, apart: apart.to_vec() };
        let part: Vec<u32> = (0..30).collect();
        let pairs = part.iter().flat_map(|a| (a + 1..30).map(move |b| (*a, b)));
        let weighed = pairs.filter(|(a, b)| a / 10 == b / 10 && !apart.contains(&(*a, *b)));
        let mut links: Vec<(u32, u32, Link)> =
            weighed.map(|(a, b)| (a, b, Link { points: 20, decided: false })).collect();
        links.extend(same.iter().map(|(a, b)| (*a, *b, Link { points: 100, decided: true })));
        let mut found: Vec<Vec<u32>> =
            group(&part, &links, &desk).into_iter().map(|group| group.members).collect();
        found.sort();
        found
    }

    #[test]
    fn what_people_join_comes_whole_and_what_they_part_is_apart_wherever_it_stands() {
        let ten = |n: u32| (n * 10..n * 10 + 10).collect::<Vec<u32>>();
        assert_eq!(groups(&[], &[]), [ten(0), ten(1), ten(2)]);
        assert_eq!(groups(&[(3, 17)], &[]), [[ten(0), ten(1)].concat(), ten(2)]);
        let parted = groups(&[], &[(0, 9)]);
        assert!(parted.iter().all(|g| !(g.contains(&0) && g.contains(&9))), "{parted:?}");
        // Kept apart from one of the joined is kept apart from both.
        let both = groups(&[(3, 17)], &[(3, 25), (17, 4)]);
        let with = |n: u32| both.iter().find(|group| group.contains(&n)).unwrap();
        assert!(with(3).contains(&17) && !with(3).contains(&4), "{both:?}");
    }

    #[test]
    fn of_two_words_that_contradict_each_other_both_hold_as_far_as_they_can() {
        // Joined are 3 and 17; 5 and 15, which each stands with, are kept apart.
        let found = groups(&[(3, 17)], &[(5, 15)]);
        let with = |n: u32| found.iter().find(|group| group.contains(&n)).unwrap();
        assert!(with(3).contains(&17), "{found:?}");
        assert!(!with(5).contains(&15), "{found:?}");
        // Said of one pair through others: "not the same" wins.
        let found = groups(&[(3, 17), (17, 25)], &[(3, 25)]);
        let with = |n: u32| found.iter().find(|group| group.contains(&n)).unwrap();
        assert!(with(3).contains(&17) && !with(3).contains(&25), "{found:?}");
    }
}
