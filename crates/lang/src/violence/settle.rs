//! From fillers to incidents: which fillers are right, in what kind of incident, and which stand in one together.
//!
//! Three logistic scores, whose weights travel in the manifest: of a filler that it is right, of a filler and a kind that
//! it stands in an incident of that kind, and of two fillers that they stand in one together. Fillers that stand together
//! make a group; a group is an incident. models/reader/incidents.py reckons the same figures in the same order.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::join::Entity;

/// Words; what is farther counts as this far.
const FAR: f32 = 200.0;
/// Words over which a cue's weight falls to a third.
const REACH: f32 = 15.0;
/// A filler counts as one more of a report's from here.
const SEEN: f32 = 0.3;
/// The most fillers of a report that are grouped, the likeliest: news has a tenth of that.
const MOST: usize = 150;
/// The parts before this one are perpetrators.
const PERPETRATORS: usize = 2;
/// The kinds for which a cue's distance has a weight of its own.
const RARE: [usize; 2] = [3, 4];

/// What was fitted: see the module.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Settling {
    /// Words that tell of a kind of incident, a set a kind.
    pub(super) cues: Vec<BTreeSet<String>>,
    /// Weights of the figures of a filler, a row a part.
    pub(super) fillers: Vec<Vec<f32>>,
    /// Of a filler and a kind.
    kinds: Vec<f32>,
    /// Of two fillers.
    pairs: Vec<f32>,
    /// From which share a filler counts.
    filler: f32,
    /// Groups become one,
    together: f32,
    /// a perpetrator joins a further group,
    joins: f32,
    /// and a group has a further kind.
    kind: f32,
}

/// A filler with what was reckoned of it.
struct Suspect<'e> {
    entity: &'e Entity,
    /// Its first word.
    first: usize,
    /// By kind: the highest share of it among its places, and the mean over them.
    highest: Vec<f32>,
    mean: Vec<f32>,
    /// How likely it is right, and stands in each kind.
    right: f32,
    stands: Vec<f32>,
}

/// What is settled of a report.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Settled {
    /// Its incidents: kind, and how well it fits.
    pub(super) incidents: Vec<(usize, f32)>,
    /// Fillers, by their place in what was given, with their likelihood and incidents.
    pub(super) fillers: Vec<(usize, f32, Vec<usize>)>,
}

impl Settling {
    /// The incidents of a report of `words`, all in lower case, which tells of the kinds as `told` says.
    pub(super) fn settle(&self, words: &[&str], told: &[f32], entities: &[Entity]) -> Settled {
        let suspects = self.suspects(words, told, entities);
        let many = suspects.iter().filter(|suspect| suspect.right >= SEEN).count();
        let mut kept: Vec<(usize, &Suspect<'_>)> = suspects
            .iter()
            .enumerate()
            .filter(|(_, suspect)| suspect.right >= self.filler)
            .collect();
        if kept.len() > MOST {
            kept.sort_by(|(_, a), (_, b)| b.right.total_cmp(&a.right));
            kept.truncate(MOST);
            kept.sort_by_key(|(at, _)| *at);
        }
        let links = self.links(&kept, many, words.len());
        let mut settled = Settled {
            incidents: Vec::new(),
            fillers: kept.iter().map(|(at, own)| (*at, own.right, Vec::new())).collect(),
        };
        for group in self.groups(&kept, &links) {
            let own = || group.iter().filter_map(|at| kept.get(*at)).map(|(_, suspect)| *suspect);
            for (kind, share) in self.kinds_of(own, told.len()) {
                let number = settled.incidents.len();
                settled.incidents.push((kind, share));
                for at in &group {
                    if let Some((_, _, incidents)) = settled.fillers.get_mut(*at) {
                        incidents.push(number);
                    }
                }
            }
        }
        settled
    }

    fn suspects<'e>(
        &self,
        words: &[&str],
        told: &[f32],
        entities: &'e [Entity],
    ) -> Vec<Suspect<'e>> {
        let places: Vec<Vec<usize>> = self.cues.iter().map(|cues| places(words, cues)).collect();
        let any = 1.0 - told.iter().map(|share| 1.0 - share).product::<f32>();
        let suspect = |(at, entity): (usize, &'e Entity)| {
            let mut own = Suspect::of(entity, told.len());
            let weights = self.fillers.get(entity.part).map_or(&[][..], Vec::as_slice);
            own.right = share(weights, &own.figures(any, entities, at));
            let near: Vec<f32> = places.iter().map(|cues| own.near(cues)).collect();
            let sums = (sum(told), sum(&own.mean), sum(&near));
            let stands = places.iter().enumerate().map(|(kind, cues)| {
                let figures = own.kind_figures(kind, told, cues, own_at(&near, kind), sums);
                share(&self.kinds, &with_kind(figures, kind, places.len()))
            });
            own.stands = stands.collect();
            own
        };
        entities.iter().enumerate().map(suspect).collect()
    }

    /// How likely each two of `kept` stand together.
    fn links(&self, kept: &[(usize, &Suspect<'_>)], many: usize, words: usize) -> Vec<Vec<f32>> {
        let link = |a: &Suspect<'_>, b: &Suspect<'_>| {
            share(&self.pairs, &a.pair_figures(b, number(many), number(words.max(1))))
        };
        let row = |(_, a): &(usize, &Suspect<'_>)| kept.iter().map(|(_, b)| link(a, b)).collect();
        kept.iter().map(row).collect()
    }

    /// Groups of places in `kept`: victims, things and weapons that stand together, the likeliest together first; then
    /// perpetrators with each group that they stand together with, or with the best one. A report that names
    /// perpetrators alone has groups of these.
    fn groups(&self, kept: &[(usize, &Suspect<'_>)], links: &[Vec<f32>]) -> Vec<Vec<usize>> {
        let is_core = |at: &usize| {
            kept.get(*at).is_some_and(|(_, suspect)| suspect.entity.part >= PERPETRATORS)
        };
        let (core, others): (Vec<usize>, Vec<usize>) = (0..kept.len()).partition(is_core);
        let (core, others) = if core.is_empty() { (others, core) } else { (core, others) };
        let mut groups: Vec<Vec<usize>> = core.into_iter().map(|at| vec![at]).collect();
        while let Some((first, second)) = closest(&groups, links, self.together) {
            let further = groups.remove(second);
            if let Some(group) = groups.get_mut(first) {
                group.extend(further);
            }
        }
        let bare = groups.clone();
        for at in others {
            let fits: Vec<f32> = bare.iter().map(|group| mean_link(&[at], group, links)).collect();
            let best = crate::chances::best(&fits);
            for (number, (group, fit)) in groups.iter_mut().zip(&fits).enumerate() {
                if *fit >= self.joins || number == best {
                    group.push(at);
                }
            }
        }
        groups
    }

    /// The kinds of a group, each with its share: the best one and others that fit well too.
    fn kinds_of<'s, 'e: 's, I: Iterator<Item = &'s Suspect<'e>>>(
        &self,
        group: impl Fn() -> I,
        kinds: usize,
    ) -> Vec<(usize, f32)> {
        let total: f32 = group().map(|own| own.right).sum();
        let fits = |kind: usize| {
            group().map(|own| own.right * own_at(&own.stands, kind)).sum::<f32>() / total
        };
        let shares: Vec<f32> = (0..kinds).map(fits).collect();
        let best = crate::chances::best(&shares);
        let all = shares.into_iter().enumerate();
        all.filter(|(kind, share)| *kind == best || *share >= self.kind).collect()
    }
}

impl<'e> Suspect<'e> {
    fn of(entity: &'e Entity, kinds: usize) -> Self {
        let places = || entity.places.iter();
        let total: f32 = places().map(|place| place.likely).sum();
        let weighed = |kind: usize| places().map(move |p| p.likely * own_at(&p.kinds, kind));
        Self {
            entity,
            first: places().map(|place| place.words.start).min().unwrap_or_default(),
            highest: (0..kinds).map(|k| weighed(k).fold(0.0, f32::max) / entity.top).collect(),
            mean: (0..kinds).map(|kind| weighed(kind).sum::<f32>() / total).collect(),
            right: 0.0,
            stands: Vec::new(),
        }
    }

    /// The figures by which it is right; `at` is its place among `all`.
    fn figures(&self, any: f32, all: &[Entity], at: usize) -> Vec<f32> {
        let own = self.entity;
        let others = || all.iter().enumerate().filter(|(other, _)| *other != at);
        let rivals = others().filter(|(_, other)| other.part == own.part);
        let twins = others().filter(|(_, other)| other.part != own.part && other.name == own.name);
        let highest = |likely: f32, (_, other): (usize, &Entity)| likely.max(other.likely);
        let mut figures = vec![
            1.0,
            logit(own.either),
            logit(own.top),
            logit(any),
            number(own.places.len()).ln_1p(),
            (number(self.first) / 50.0).ln_1p(),
            logit(rivals.fold(0.0, highest)),
            logit(twins.fold(0.0, highest)),
        ];
        figures.extend(&self.mean);
        figures
    }

    /// How much the words at `cues` are about it.
    fn near(&self, cues: &[usize]) -> f32 {
        cues.iter().map(|cue| (-number(self.first.abs_diff(*cue)) / REACH).exp()).sum()
    }

    /// How far the nearest of `cues` is.
    fn far(&self, cues: &[usize]) -> f32 {
        let each =
            self.entity.places.iter().flat_map(|place| {
                cues.iter().map(move |cue| number(place.words.start.abs_diff(*cue)))
            });
        each.fold(FAR, f32::min)
    }

    /// The figures by which it stands in `kind`, without those that say which one that is; `sums` are those of what is told,
    /// of its own means and of what is near over all kinds.
    fn kind_figures(
        &self,
        kind: usize,
        told: &[f32],
        cues: &[usize],
        near: f32,
        sums: (f32, f32, f32),
    ) -> [f32; 10] {
        let (told, mean) = (own_at(told, kind), own_at(&self.mean, kind));
        [
            1.0,
            logit(own_at(&self.highest, kind)),
            logit(mean),
            logit(told),
            told / (sums.0 + 1e-6),
            mean / (sums.1 + 1e-6),
            (self.far(cues) / 5.0).ln_1p(),
            number(cues.len()).ln_1p(),
            near.min(3.0),
            near / (sums.2 + 0.1),
        ]
    }

    /// The figures by which it stands in one incident with `other`, in a report of so many fillers and words.
    fn pair_figures(&self, other: &Self, many: f32, words: f32) -> Vec<f32> {
        let starts = |own: &Self| -> Vec<usize> {
            own.entity.places.iter().map(|place| place.words.start).collect()
        };
        let (mine, theirs) = (starts(self), starts(other));
        let gaps = mine.iter().flat_map(|a| theirs.iter().map(|b| number(a.abs_diff(*b))));
        let near = (gaps.fold(f32::MAX, f32::min) / 10.0).ln_1p();
        let first = (number(self.first.abs_diff(other.first)) / 10.0).ln_1p();
        let apart: f32 = self.stands.iter().zip(&other.stands).map(|(a, b)| (a - b).abs()).sum();
        let many = many.ln_1p();
        let (a, b) = (self.entity.part, other.entity.part);
        let sort = match (a.min(b), a.max(b)) {
            (_, high) if high < PERPETRATORS => 0,
            (low, _) if low < PERPETRATORS => 1,
            (low, high) if low == high => 2,
            _ => 3,
        };
        let mut figures = vec![1.0, near, first, apart, many, (words / 300.0).ln()];
        for own in 1..=3 {
            let is = if own == sort { 1.0 } else { 0.0 };
            figures.extend([1.0, near, first, many].map(|figure| figure * is));
        }
        figures
    }
}

/// `figures` and which kind they are of, the first one left out, and the cue's distance once more for rare ones.
fn with_kind(figures: [f32; 10], kind: usize, kinds: usize) -> Vec<f32> {
    let far = figures[6];
    let is = |other: usize| if other == kind { 1.0 } else { 0.0 };
    let mut all = figures.to_vec();
    all.extend((1..kinds).map(is));
    all.extend(RARE.map(|rare| far * is(rare)));
    all
}

/// The places in `groups` of the two that stand together best, from `least` on, the lower first.
fn closest(groups: &[Vec<usize>], links: &[Vec<f32>], least: f32) -> Option<(usize, usize)> {
    let mut best: Option<(f32, usize, usize)> = None;
    for (second, further) in groups.iter().enumerate() {
        for (first, group) in groups.iter().enumerate().take(second) {
            let fit = mean_link(group, further, links);
            if fit >= least && best.is_none_or(|(highest, _, _)| fit > highest) {
                best = Some((fit, first, second));
            }
        }
    }
    best.map(|(_, first, second)| (first, second))
}

fn mean_link(one: &[usize], other: &[usize], links: &[Vec<f32>]) -> f32 {
    let link = |a: &usize, b: &usize| links.get(*a).map_or(0.0, |row| own_at(row, *b));
    let all: f32 = one.iter().flat_map(|a| other.iter().map(move |b| link(a, b))).sum();
    all / number(one.len() * other.len())
}

/// Where in `words` one of `cues` stands.
fn places(words: &[&str], cues: &BTreeSet<String>) -> Vec<usize> {
    let all = words.iter().enumerate().filter(|(_, word)| cues.contains(**word));
    all.map(|(at, _)| at).collect()
}

/// The logistic share that `weights` give to `figures`.
fn share(weights: &[f32], figures: &[f32]) -> f32 {
    let score: f32 = weights.iter().zip(figures).map(|(weight, figure)| weight * figure).sum();
    1.0 / (1.0 + (-score).exp())
}

fn logit(share: f32) -> f32 {
    let share = share.clamp(0.01, 0.99);
    (share / (1.0 - share)).ln()
}

fn own_at(values: &[f32], at: usize) -> f32 {
    values.get(at).copied().unwrap_or_default()
}

fn sum(values: &[f32]) -> f32 {
    values.iter().sum()
}

fn number(count: usize) -> f32 {
    f32::from(u16::try_from(count).unwrap_or(u16::MAX))
}

#[cfg(test)]
mod tests {
    use averment_types::TextRange;

    use super::super::join::Found;
    use super::*;

    /// A filler of `part` at the words `at`, which fits the first of two kinds as well as `kind` says.
    fn entity(part: usize, at: &[usize], likely: f32, kind: f32) -> Entity {
        let kinds = vec![kind, 1.0 - kind];
        let place = |at: &usize| Found { part, words: *at..at + 1, likely, kinds: kinds.clone() };
        Entity {
            part,
            best: TextRange::new(0, 1).unwrap(),
            name: format!("{part} {at:?}"),
            mentions: Vec::new(),
            places: at.iter().map(place).collect(),
            top: likely,
            either: likely,
            likely,
        }
    }

    /// A filler is as right as its likeliest place, stands in a kind as its places say, and together with what is near.
    fn settling() -> Settling {
        let cues = ["shot", "bomb"].map(|cue| BTreeSet::from([cue.to_owned()])).into();
        Settling {
            cues,
            fillers: vec![vec![0.0, 0.0, 1.0]; 5],
            kinds: vec![0.0, 1.0],
            pairs: vec![4.0, -2.0],
            filler: 0.4,
            together: 0.5,
            joins: 0.8,
            kind: 0.45,
        }
    }

    fn settled(entities: &[Entity]) -> Settled {
        settling().settle(&["word"; 400], &[0.9, 0.9], entities)
    }

    /// The fillers of each incident with its kind.
    fn groups(settled: &Settled) -> Vec<(usize, Vec<usize>)> {
        let within = |number: usize| {
            let own = settled.fillers.iter().filter(move |own| own.2.contains(&number));
            own.map(|own| own.0).collect()
        };
        settled.incidents.iter().enumerate().map(|(n, (kind, _))| (*kind, within(n))).collect()
    }

    #[test]
    fn what_stands_together_is_one_incident_and_what_is_far_another() {
        let all = [
            entity(0, &[12], 0.9, 0.9),
            entity(2, &[305], 0.9, 0.1),
            entity(3, &[10], 0.9, 0.9),
            entity(4, &[300], 0.9, 0.1),
            entity(3, &[15], 0.2, 0.9),
        ];
        let settled = settled(&all);
        // The last one is too unlikely; the perpetrator joins the incident beside it alone.
        assert_eq!(groups(&settled), [(1, vec![1, 3]), (0, vec![0, 2])]);
        assert!(settled.fillers.iter().all(|own| (own.1 - 0.9).abs() < 1e-5));
    }

    #[test]
    fn a_perpetrator_who_stands_with_two_groups_is_in_both() {
        let all = [
            entity(1, &[10, 300], 0.9, 0.9),
            entity(3, &[11], 0.9, 0.9),
            entity(3, &[299], 0.9, 0.9),
        ];
        assert_eq!(groups(&settled(&all)), [(0, vec![0, 1]), (0, vec![0, 2])]);
    }

    #[test]
    fn perpetrators_alone_make_groups_and_nothing_makes_none() {
        assert_eq!(groups(&settled(&[entity(0, &[3], 0.9, 0.9)])), [(0, vec![0])]);
        assert_eq!(settled(&[]), Settled::default());
        assert_eq!(settled(&[entity(3, &[3], 0.1, 0.9)]), Settled::default());
    }

    #[test]
    fn an_open_kind_gives_an_incident_under_each() {
        let all = [entity(3, &[3], 0.9, 0.48)];
        assert_eq!(groups(&settled(&all)), [(0, vec![0]), (1, vec![0])]);
    }

    #[test]
    fn cues_are_counted_and_measured() {
        let words = ["the", "bomb", "killed", "him"];
        let cues = BTreeSet::from(["bomb".to_owned()]);
        assert_eq!(places(&words, &cues), [1]);
        let entity = entity(3, &[3], 0.9, 0.5);
        let own = Suspect::of(&entity, 2);
        assert!((own.far(&[1]) - 2.0).abs() < 1e-6 && (own.far(&[]) - FAR).abs() < 1e-6);
        assert!((own.near(&[1]) - (-2.0 / REACH).exp()).abs() < 1e-6);
    }

    #[test]
    fn figures_have_the_places_that_the_weights_are_for() {
        let all = [entity(0, &[3], 0.9, 0.5), entity(3, &[8], 0.8, 0.5)];
        let [a, b] = [0, 1].map(|at| Suspect::of(&all[at], 6));
        assert_eq!(a.figures(0.5, &all, 0).len(), 14);
        let kind = a.kind_figures(3, &[0.5; 6], &[1], 0.5, (1.0, 1.0, 1.0));
        let kind = with_kind(kind, 3, 6);
        assert_eq!((kind.len(), kind[12], kind[15]), (17, 1.0, kind[6]));
        // One of them a perpetrator: the first of the three sorts.
        let pair = a.pair_figures(&b, 2.0, 300.0);
        assert_eq!((pair.len(), pair[6], pair[10]), (18, 1.0, 0.0));
    }
}
