//! Groups of claims written as incidents: when, where, who, how many, on whose word, and why together.

use std::collections::{BTreeMap, BTreeSet};

use averment_types::{
    ClaimId, ClaimLink, DateInterval, DatePrec, Digest, DisputeKind, EventClarity, EvidencePoint,
    Incident, IncidentActor, IncidentId, IncidentPlace, IncidentTime, ReportId, RoleKind, TypeId,
};

use crate::cluster::Group;
use crate::corroborator::{Corroborator, DECIDED};
use crate::day;
use crate::decisions::Decisions;
use crate::estimate::estimates;
use crate::evidence::Weighed;
use crate::fact::{Fact, Spot, Stance};
use crate::kin::Kinship;
use crate::origin::{Origins, stands};
use crate::ruling::Rulings;
use crate::spot::{Places, compare};

impl Corroborator {
    /// All incidents, by id. [`Corroborator::settle`] must have been called since the last report came.
    #[must_use]
    pub fn incidents(&self) -> Vec<Incident> {
        let mut found = Vec::new();
        self.for_each_incident(|incident| found.push(incident));
        found.sort_by(|a, b| a.id.cmp(&b.id));
        found
    }

    /// Gives one incident after the other, in no promised order, so that a million need no room at once.
    pub fn for_each_incident(&self, mut take: impl FnMut(Incident)) {
        for group in self.groups() {
            if let Some(incident) = self.incident(group) {
                take(incident);
            }
        }
    }

    /// The id that an incident has whose claim with the least id is `claim`.
    #[must_use]
    pub fn incident_id(claim: &ClaimId) -> IncidentId {
        incident_id(claim)
    }

    /// The incidents that the claims of one report belong to.
    #[must_use]
    pub fn incidents_of(&self, report: &ReportId) -> Vec<Incident> {
        let doc = self.report_numbered(report).and_then(|at| self.docs.get(at));
        let facts = doc.map_or(&[][..], |doc| doc.facts.as_slice());
        let mut found = BTreeMap::new();
        for group in facts.iter().filter_map(|at| self.group_of(*at)) {
            if let Some(incident) = self.incident(group) {
                found.insert(incident.id.clone(), incident);
            }
        }
        found.into_values().collect()
    }

    /// The incident of a group; `None` for claims that tell of no event.
    pub(crate) fn incident(&self, group: &Group) -> Option<Incident> {
        let (tells, denies) = self.told(group)?;
        let facts: Vec<&Fact> = tells.iter().filter_map(|at| self.facts.get(*at)).collect();
        let origins = Origins::of(self, &tells);
        let written = origins.written(self);
        let ids = |list: &[u32]| -> Vec<ClaimId> {
            let all = list.iter().filter_map(|at| self.facts.get(*at));
            all.map(|fact| fact.id.clone()).collect::<BTreeSet<_>>().into_iter().collect()
        };
        let claims = ids(&tells);
        let reports: BTreeSet<ReportId> =
            written.iter().flat_map(|origin| origin.reports.clone()).collect();
        let rulings = Rulings::of(self, group);
        let (type_id, other_types) = self.types(&tells, &origins, &rulings);
        let time = time(&facts, &rulings);
        Some(Incident {
            id: incident_id(claims.first()?),
            type_id: type_id?,
            other_types,
            denials: ids(&denies),
            related_reports: self.related(&facts),
            reports: reports.into_iter().collect(),
            independent_origins: count(written.iter().filter(|o| stands(o)).count()),
            party_origins: count(written.iter().filter(|o| o.party && stands(o)).count()),
            place: place(&facts, &rulings),
            actors: self.actors(&facts, &rulings),
            estimates: estimates(self, &tells, &origins, &rulings),
            clarity: clarity(&facts, time.as_ref()),
            links: self.written_links(group),
            origins: written,
            claims,
            time,
        })
    }

    /// The claims of a group that tell of an event, and those that deny it.
    pub(crate) fn told(&self, group: &Group) -> Option<(Vec<u32>, Vec<u32>)> {
        let of = |stance: Stance| -> Vec<u32> {
            let members = group.members.iter().copied();
            let holds = |at: &u32| {
                self.facts.get(*at).is_some_and(|fact| {
                    // What a person has put there counts, be it of years.
                    let put = group.members.len() == 1 || !self.together.at(&fact.id).is_empty();
                    let stands = fact.links() || put && fact.is_aggregated();
                    fact.stance == stance && fact.is_event() && stands
                })
            };
            members.filter(holds).collect()
        };
        let (tells, denies) = (of(Stance::Tells), of(Stance::Denies));
        (!tells.is_empty()).then_some((tells, denies))
    }

    /// The type that most origins give, and the others.
    fn types(
        &self,
        facts: &[u32],
        origins: &Origins,
        rulings: &Rulings,
    ) -> (Option<TypeId>, Vec<TypeId>) {
        let mut by_type: BTreeMap<TypeId, Vec<u32>> = BTreeMap::new();
        for at in facts {
            if let Some(fact) = self.facts.get(*at) {
                by_type.entry(fact.type_id.clone()).or_default().push(*at);
            }
        }
        let rank = |(name, claims): &(&TypeId, &Vec<u32>)| {
            let general = self.scales.kinds.is_general(name.as_str());
            let first = claims.iter().filter_map(|at| self.facts.get(*at)).map(|f| f.at).min();
            let overruled = |at: &&u32| {
                let fact = self.facts.get(**at);
                fact.is_none_or(|fact| rulings.on(DisputeKind::Type, &fact.id))
            };
            (
                !claims.iter().all(|at| overruled(&at)),
                !self.scales.kinds.is_along(name.as_str()),
                !general,
                origins.among(claims.iter()).len(),
                claims.len(),
                // Of equals the one that a report tells first: its news, and not what came along.
                std::cmp::Reverse((first, (*name).clone())),
            )
        };
        let best = by_type.iter().max_by_key(rank).map(|(name, _)| name.clone());
        let others = by_type.into_keys().filter(|name| Some(name) != best.as_ref()).collect();
        (best, others)
    }

    fn actors(&self, facts: &[&Fact], rulings: &Rulings) -> Vec<IncidentActor> {
        let mut found: BTreeMap<(RoleKind, averment_types::ActorId), IncidentActor> =
            BTreeMap::new();
        for fact in facts {
            for part in fact.parts.iter().filter(|part| !rulings.part(part.role, &fact.id)) {
                if let Some(actor) = part.actor.as_deref() {
                    let entry = found.entry((part.role, actor.id.clone())).or_insert_with(|| {
                        IncidentActor {
                            role: part.role,
                            actor: actor.clone(),
                            claims: Vec::new(),
                            dissent: Vec::new(),
                        }
                    });
                    if !entry.claims.contains(&fact.id) {
                        entry.claims.push(fact.id.clone());
                    }
                }
            }
        }
        for entry in found.values_mut() {
            let mine = [entry.role];
            let others = facts.iter().filter(|fact| {
                let mut same_role = fact.actors(&mine).peekable();
                // Whoever names one side of a clash alone says nothing against the other.
                let enough = if entry.role == RoleKind::Participant { 2 } else { 1 };
                fact.actors(&mine).count() >= enough
                    && same_role.peek().is_some()
                    && same_role
                        .all(|other| self.scales.kin.compare(&entry.actor, other) == Kinship::Apart)
            });
            entry.dissent =
                others.map(|fact| fact.id.clone()).collect::<BTreeSet<_>>().into_iter().collect();
            entry.claims.sort();
        }
        found.into_values().collect()
    }

    /// Reports of the same stories without a claim of an event.
    fn related(&self, facts: &[&Fact]) -> Vec<ReportId> {
        let news = facts.iter().filter(|fact| !fact.background);
        let stories: BTreeSet<u64> = news.map(|fact| self.stories.story(fact.doc)).collect();
        let tellers = stories.iter().flat_map(|story| self.stories.tellers(*story));
        let docs = tellers.filter_map(|at| self.docs.get(at));
        let tells = |f: &u32| self.facts.get(*f).is_some_and(Fact::links);
        let thin = docs.filter(|doc| !doc.facts.iter().any(tells));
        thin.map(|doc| doc.id.clone()).collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// What speaks for two claims standing together: a person's word first.
    fn evidence(&self, a: u32, b: u32) -> Vec<EvidencePoint> {
        let ids = |at: u32| self.facts.get(at).map(|fact| &fact.id);
        let pair = ids(a).zip(ids(b)).map(|(x, y)| Decisions::pair(x, y));
        let word = pair.and_then(|pair| self.decisions.same.get(&pair)).map(|word| {
            let because = word.because.as_deref().map(|b| format!(": {b}")).unwrap_or_default();
            EvidencePoint {
                aspect: "decision".to_owned(),
                points: DECIDED,
                reason: format!("{} says that it is one event{because}", word.by),
            }
        });
        let weighed = match self.weigh(a, b) {
            Weighed::Points(points) => points.iter().map(EvidencePoint::from).collect(),
            Weighed::Never(_) => Vec::new(),
        };
        word.into_iter().chain(weighed).collect()
    }

    fn written_links(&self, group: &Group) -> Vec<ClaimLink> {
        let mut links: Vec<ClaimLink> = group
            .tree
            .iter()
            .filter_map(|(a, b)| {
                let (x, y) = (self.facts.get(*a)?, self.facts.get(*b)?);
                let (x, y, a, b) = if x.id <= y.id { (x, y, a, b) } else { (y, x, b, a) };
                let evidence = self.evidence(*a, *b);
                let points = evidence.iter().map(|p: &EvidencePoint| p.points).sum();
                Some(ClaimLink { a: x.id.clone(), b: y.id.clone(), points, evidence })
            })
            .collect();
        links.sort_by(|x, y| y.points.cmp(&x.points).then_with(|| (&x.a, &x.b).cmp(&(&y.a, &y.b))));
        links
    }
}

/// The id of the incident whose least claim is this one.
pub(crate) fn incident_id(claim: &ClaimId) -> IncidentId {
    IncidentId::new(&Digest::of(&[b"incident", claim.as_str().as_bytes()]).short('i'))
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn clarity(facts: &[&Fact], time: Option<&IncidentTime>) -> EventClarity {
    let vague = time.is_none_or(|time| time.precision > DatePrec::Week);
    if vague || facts.iter().all(|fact| fact.is_aggregated()) {
        EventClarity::Aggregated
    } else {
        EventClarity::Clear
    }
}

/// The most exact days, of these those that most claims give, of these the earliest.
fn time(facts: &[&Fact], rulings: &Rulings) -> Option<IncidentTime> {
    let mut votes: BTreeMap<(DatePrec, (i32, i32)), BTreeSet<u32>> = BTreeMap::new();
    for fact in rulings.counting(DisputeKind::Date, facts) {
        if let Some(when) = fact.when {
            votes.entry((when.precision, when.days)).or_default().insert(fact.doc);
        }
    }
    let order = |((precision, days), docs): &(&(DatePrec, (i32, i32)), &BTreeSet<u32>)| {
        (*precision, std::cmp::Reverse(docs.len()), *days)
    };
    let ((precision, days), _) = votes.iter().min_by_key(order)?;
    let open = |n: i32| if n.abs() > 10_000_000 { None } else { day::date_of(n) };
    let interval = DateInterval::new(open(days.0), open(days.1)).ok()?;
    let side = |agrees: bool| -> Vec<ClaimId> {
        let dated = facts.iter().filter_map(|fact| Some((fact, fact.when?)));
        let chosen = dated.filter(|(_, when)| (day::gap(when.days, *days) == 0) == agrees);
        chosen.map(|(fact, _)| fact.id.clone()).collect::<BTreeSet<_>>().into_iter().collect()
    };
    let inferred =
        facts.iter().filter_map(|fact| fact.when).any(|when| when.days == *days && when.inferred);
    Some(IncidentTime {
        interval,
        precision: *precision,
        inferred,
        claims: side(true),
        dissent: side(false),
    })
}

/// The most exact place, of these the one that most claims give, of these the one with the lesser key.
fn place(facts: &[&Fact], rulings: &Rulings) -> Option<IncidentPlace> {
    let mut votes: BTreeMap<&str, (usize, &Spot)> = BTreeMap::new();
    let counting = rulings.counting(DisputeKind::Place, facts);
    for spot in counting.iter().filter_map(|fact| fact.spot.as_deref()) {
        votes.entry(&spot.key).or_insert((0, spot)).0 += 1;
    }
    let (_, best) = votes
        .values()
        .min_by_key(|(n, spot)| (spot.precision, std::cmp::Reverse(*n), &spot.key))?;
    let side = |agrees: bool| -> Vec<ClaimId> {
        let placed = facts.iter().filter_map(|fact| Some((fact, fact.spot.as_deref()?)));
        let apart = |spot: &Spot| {
            matches!(compare(best, spot), Places::Apart | Places::PerhapsApart | Places::Close(_))
        };
        let chosen = placed.filter(|(_, spot)| apart(spot) != agrees);
        chosen.map(|(fact, _)| fact.id.clone()).collect::<BTreeSet<_>>().into_iter().collect()
    };
    Some(IncidentPlace {
        name: best.name.to_string(),
        kind: best.kind,
        country: best.country.clone(),
        admin1: best.admin1.as_deref().map(str::to_owned),
        lat: best.point.map(|p| p.0),
        lon: best.point.map(|p| p.1),
        precision: best.precision,
        gazetteer_id: best.gazetteer_id.as_deref().map(str::to_owned),
        claims: side(true),
        dissent: side(false),
    })
}
