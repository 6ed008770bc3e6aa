//! Claims into events: the strongest links first, and never two claims that cannot be of one event.
//!
//! The links of a neighbourhood are taken in the order of their points, on a tie by the claims' ids. Two groups are put
//! together when no member of one is shut out by a member of the other and their members' points average high enough; so
//! one vague claim cannot tie two events into one. See `docs/adr/0011-incidents-by-additive-evidence.md`.

use std::collections::BTreeMap;

use averment_types::ClaimId;

use crate::evidence::{ENOUGH, ON_AVERAGE};

/// Members of each group between whom the average is taken: those of the least ids.
const SAMPLE: usize = 8;

/// A link between two claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) points: i32,
    /// A person said so.
    pub(crate) decided: bool,
}

/// What grouping needs to know of the claims.
pub(crate) trait Judge {
    /// The claim's id.
    fn id(&self, claim: u32) -> Option<&ClaimId>;
    /// The points between two claims; far below nothing when they cannot be of one event.
    fn points(&self, a: u32, b: u32) -> i32;
    /// Whether a person or the facts say that they cannot be of one event.
    fn parted(&self, a: u32, b: u32) -> bool;
}

/// A group and the links that made it, the strongest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Group {
    pub(crate) members: Vec<u32>,
    pub(crate) tree: Vec<(u32, u32)>,
}

/// Groups the claims of `part` by `links`.
pub(crate) fn group(part: &[u32], links: &[(u32, u32, Link)], judge: &impl Judge) -> Vec<Group> {
    let mut order: Vec<&(u32, u32, Link)> =
        links.iter().filter(|(_, _, l)| l.decided || l.points >= ENOUGH).collect();
    let ids = |a: u32, b: u32| {
        let (x, y) = (judge.id(a), judge.id(b));
        if x <= y { (x, y) } else { (y, x) }
    };
    order.sort_by(|x, y| {
        let decided = y.2.decided.cmp(&x.2.decided);
        decided.then(y.2.points.cmp(&x.2.points)).then_with(|| ids(x.0, x.1).cmp(&ids(y.0, y.1)))
    });
    let mut group_of: BTreeMap<u32, u32> = part.iter().map(|at| (*at, *at)).collect();
    let mut groups: BTreeMap<u32, Group> =
        part.iter().map(|at| (*at, Group { members: vec![*at], tree: Vec::new() })).collect();
    for (a, b, link) in order {
        let (Some(left), Some(right)) = (group_of.get(a).copied(), group_of.get(b).copied()) else {
            continue;
        };
        if left == right {
            continue;
        }
        let fits = groups
            .get(&left)
            .zip(groups.get(&right))
            .is_some_and(|(l, r)| may_join(l, r, link.decided, judge));
        if !fits {
            continue;
        }
        let Some(taken) = groups.remove(&right) else {
            continue;
        };
        for at in &taken.members {
            group_of.insert(*at, left);
        }
        if let Some(group) = groups.get_mut(&left) {
            group.members.extend(taken.members);
            group.members.sort_by(|x, y| judge.id(*x).cmp(&judge.id(*y)));
            group.tree.push((*a, *b));
            group.tree.extend(taken.tree);
        }
    }
    groups.into_values().collect()
}

fn may_join(left: &Group, right: &Group, decided: bool, judge: &impl Judge) -> bool {
    let sample = |group: &Group| group.members.iter().take(SAMPLE).copied().collect::<Vec<u32>>();
    let pairs = |l: Vec<u32>, r: Vec<u32>| {
        l.into_iter()
            .flat_map(move |a| r.clone().into_iter().map(move |b| (a, b)))
            .collect::<Vec<_>>()
    };
    let (small, large) =
        if left.members.len() <= right.members.len() { (left, right) } else { (right, left) };
    if decided {
        return !pairs(sample(left), sample(right)).into_iter().any(|(a, b)| judge.parted(a, b));
    }
    let shut = |a: &u32| {
        large
            .members
            .iter()
            .take(SAMPLE * SAMPLE)
            .any(|b| judge.parted(*a, *b) || judge.points(*a, *b) <= -100)
    };
    if small.members.iter().take(SAMPLE).any(shut) {
        return false;
    }
    let all = pairs(sample(left), sample(right));
    let sum: i32 = all.iter().map(|(a, b)| judge.points(*a, *b)).sum();
    let count = i32::try_from(all.len()).unwrap_or(i32::MAX).max(1);
    sum >= ON_AVERAGE * count
}
