//! Whole claims: found, of the right type, with the right fields.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use averment_extract::Coder;
use averment_types::{ClaimContent, RoleKind, TextRange};

use super::align::{Count, fillers, overlaps, pairs, ratio};
use super::gold::{GoldClaim, Half, Passage, rows};
use super::{LAST_TUNED, code};
use crate::EvalError;

const FILES: [&str; 3] = ["africa", "mideast", "asia-americas"];
const ROLES: [RoleKind; 8] = [
    RoleKind::Initiator,
    RoleKind::Target,
    RoleKind::Victim,
    RoleKind::Participant,
    RoleKind::Instrument,
    RoleKind::Beneficiary,
    RoleKind::Subject,
    RoleKind::Object,
];

/// The scores of one half.
#[derive(Default)]
struct Score {
    passages: usize,
    /// Passages without any claim, and those of them in which one is found.
    empty: usize,
    spoilt: usize,
    /// Claims by trigger, whatever the type; and with the right type.
    triggers: Count,
    types: Count,
    by_type: BTreeMap<String, Count>,
    roles: BTreeMap<RoleKind, Count>,
    /// Over claims found with the right type: fields right.
    judged: usize,
    polarity: usize,
    modality: usize,
    speakers: Count,
    times: Count,
    places: Count,
    named: NamedPlaces,
    counts: Count,
    /// Claims of the right type with every field right.
    whole: usize,
}

/// What the gazetteer can be asked for: places with a name.
#[derive(Default)]
struct NamedPlaces {
    /// Gold places in words without a name: "a gold-mining camp".
    nameless: usize,
    /// Over claims whose gold place has a name or is not stated.
    count: Count,
    /// Places found where gold states none, and those of them that stand in the words of a filler of gold's: "the siege
    /// of *Dilling*".
    unasked: usize,
    of_filler: usize,
}

impl NamedPlaces {
    fn add(&mut self, text: &str, gold: &GoldClaim, found: &[TextRange], count: Count) {
        let named = |words: &String| words.split_whitespace().any(opens_with_capital);
        match &gold.place {
            Some(words) if !named(words) => self.nameless += 1,
            Some(_) => self.count.add(count),
            None => {
                self.count.add(count);
                let fillers = gold.roles.values().flatten().map(String::as_str);
                self.unasked += found.len();
                self.of_filler += overlaps(text, fillers, found).right;
            }
        }
    }
}

fn opens_with_capital(word: &str) -> bool {
    word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase)
}

/// Scores all files and writes the errors of those passages that may be looked at.
pub(super) fn score(coder: &Coder, own: &Path, errors: &mut String) -> Result<String, EvalError> {
    let mut halves: BTreeMap<Half, Score> = BTreeMap::new();
    for file in FILES {
        let passages: Vec<Passage> = rows(&own.join(format!("{file}.jsonl")))?;
        for (at, passage) in passages.iter().enumerate() {
            let half = if at < LAST_TUNED { Half::Tune } else { Half::Test };
            let claims = code(coder, &passage.id, &passage.text)?;
            let found: Vec<&ClaimContent> =
                claims.iter().map(averment_types::Claim::content).collect();
            let wrong = halves.entry(half).or_default().passage(passage, &found);
            if half == Half::Tune && !wrong.is_empty() {
                // Writing to a string cannot fail.
                let _ = writeln!(
                    errors,
                    "{} [{}] {}\n{wrong}",
                    passage.id, passage.style, passage.text
                );
            }
        }
    }
    Ok(table(&halves))
}

impl Score {
    /// Counts one passage; what is wrong comes back, a line each.
    fn passage(&mut self, passage: &Passage, found: &[&ClaimContent]) -> String {
        let (text, gold) = (passage.text.as_str(), passage.claims.as_slice());
        let mut wrong = String::new();
        self.passages += 1;
        if gold.is_empty() {
            self.empty += 1;
            self.spoilt += usize::from(!found.is_empty());
        }
        let pairs = pairs(text, gold, found);
        let met = pairs.iter().flatten().count();
        self.triggers.add(Count { right: met, found: found.len(), gold: gold.len() });
        for claim in found {
            self.by_type.entry(claim.type_id.as_str().to_owned()).or_default().found += 1;
        }
        for (claim, pair) in gold.iter().zip(&pairs) {
            self.by_type.entry(claim.type_id.clone()).or_default().gold += 1;
            let found = pair.and_then(|at| found.get(at)).copied();
            let same = found.filter(|found| found.type_id.as_str() == claim.type_id);
            self.fill_roles(text, claim, same);
            match (found, same) {
                (_, Some(found)) => {
                    self.types.right += 1;
                    self.by_type.entry(claim.type_id.clone()).or_default().right += 1;
                    self.fields(text, claim, found, &mut wrong);
                }
                (Some(found), None) => {
                    let _ = writeln!(
                        wrong,
                        "  type {}: {} for {}",
                        claim.trigger, found.type_id, claim.type_id
                    );
                }
                (None, None) => {
                    let _ = writeln!(wrong, "  missed {}: {}", claim.type_id, claim.trigger);
                }
            }
        }
        for (at, claim) in found.iter().enumerate() {
            if !pairs.contains(&Some(at)) {
                self.stray_roles(claim);
                let words = claim.trigger.slice(text).unwrap_or_default();
                let _ =
                    writeln!(wrong, "  stray {}: {words} ({})", claim.type_id, claim.coder.rule);
            }
        }
        self.types.found += found.len();
        self.types.gold += gold.len();
        wrong
    }

    fn fill_roles(&mut self, text: &str, gold: &GoldClaim, found: Option<&ClaimContent>) {
        for role in ROLES {
            let words = gold.roles.get(&role).map_or(&[][..], Vec::as_slice);
            let ranges = found.map_or_else(Vec::new, |found| fillers(found, role));
            let count = overlaps(text, words.iter().map(String::as_str), &ranges);
            self.roles.entry(role).or_default().add(count);
        }
    }

    /// Roles of a claim that stands for no gold one are found in vain.
    fn stray_roles(&mut self, claim: &ClaimContent) {
        for role in &claim.roles {
            self.roles.entry(role.role).or_default().found += 1;
        }
    }

    fn fields(&mut self, text: &str, gold: &GoldClaim, found: &ClaimContent, wrong: &mut String) {
        self.judged += 1;
        let mut all = true;
        let mut judge = |right: bool, what: &str, met: String, asked: String| {
            if !right {
                all = false;
                let _ = writeln!(
                    wrong,
                    "  {what} of {} {}: {met} for {asked}",
                    gold.type_id, gold.trigger
                );
            }
            usize::from(right)
        };
        self.polarity += judge(
            gold.polarity == found.polarity,
            "polarity",
            format!("{:?}", found.polarity),
            format!("{:?}", gold.polarity),
        );
        self.modality += judge(
            gold.modality == found.modality,
            "modality",
            format!("{:?}", found.modality),
            format!("{:?}", gold.modality),
        );
        let shown = |ranges: &[TextRange]| {
            let words: Vec<&str> = ranges.iter().filter_map(|r| r.slice(text)).collect();
            format!("{words:?}")
        };
        for role in ROLES {
            let words = gold.roles.get(&role).map_or(&[][..], Vec::as_slice);
            let ranges = fillers(found, role);
            let count = overlaps(text, words.iter().map(String::as_str), &ranges);
            let name = format!("{role:?}");
            judge(is_whole(count), &name, shown(&ranges), format!("{words:?}"));
        }
        let mut part = |what: &str, words: &[&str], ranges: &[TextRange]| {
            let count = overlaps(text, words.iter().copied(), ranges);
            judge(is_whole(count), what, shown(ranges), format!("{words:?}"));
            count
        };
        let speakers: Vec<&str> = gold.speaker.iter().map(String::as_str).collect();
        let found_speakers: Vec<TextRange> = found.attribution.iter().map(|a| a.range).collect();
        self.speakers.add(part("speaker", &speakers, &found_speakers));
        let time: Vec<&str> = gold.time.as_deref().into_iter().collect();
        let found_time: Vec<TextRange> = found.time.iter().map(|t| t.span).collect();
        self.times.add(part("time", &time, &found_time));
        let place: Vec<&str> = gold.place.as_deref().into_iter().collect();
        let found_place: Vec<TextRange> = found.place.iter().map(|p| p.span).collect();
        let count = part("place", &place, &found_place);
        self.places.add(count);
        self.named.add(text, gold, &found_place, count);
        let numbers: Vec<&str> = gold.counts.values().flatten().map(String::as_str).collect();
        let found_numbers: Vec<TextRange> = found.casualties.iter().map(|c| c.range).collect();
        self.counts.add(part("count", &numbers, &found_numbers));
        self.whole += usize::from(all);
    }
}

fn is_whole(count: Count) -> bool {
    count.right == count.found && count.right == count.gold
}

/// Places apart, those of gold that have a name from those that have none.
fn places_table(halves: &BTreeMap<Half, Score>) -> String {
    let mut out = String::from(
        "\nPlaces of the claims judged. A gold place that is no name (\"a gold-mining camp\", \"his doorstep\") is not asked of the gazetteer: P, R and F1 are over \
         the other claims. Where gold states no place, a found one is wrong; some of these stand in the words of a role's filler (\"the siege of Dilling\"), which says \
         where it was and is a role alone to gold.\n\n\
         | half | gold places | without a name | named P | R | F1 | found where gold has none | in a filler's words |\n|---|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    for (half, s) in halves {
        let (p, name) = (&s.named, if *half == Half::Tune { "tune" } else { "test" });
        let _ = writeln!(
            out,
            "| {name} | {} | {} | {:.3} | {:.3} | {:.3} | {} | {} |",
            s.places.gold,
            p.nameless,
            p.count.precision(),
            p.count.recall(),
            p.count.f1(),
            p.unasked,
            p.of_filler
        );
    }
    out
}

fn table(halves: &BTreeMap<Half, Score>) -> String {
    let mut out = format!(
        "Passages of one to three sentences in `corpus/coder`, read by the fast reader; `test` is what stands behind line {LAST_TUNED} of each file. \
         A claim is found where its trigger meets gold's. Fields are judged over claims found with the right type; words are right where they overlap.\n\n\
         | half | passages | claims | trigger P | R | F1 | type P | R | F1 | peaceful passages | with a claim |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n"
    );
    let name = |half: &Half| if *half == Half::Tune { "tune" } else { "test" };
    for (half, s) in halves {
        let (t, y) = (s.triggers, s.types);
        let _ = writeln!(
            out,
            "| {} | {} | {} | {:.3} | {:.3} | {:.3} | {:.3} | {:.3} | {:.3} | {} | {} |",
            name(half),
            s.passages,
            t.gold,
            t.precision(),
            t.recall(),
            t.f1(),
            y.precision(),
            y.recall(),
            y.f1(),
            s.empty,
            s.spoilt
        );
    }
    out.push_str("\n| half | claims judged | polarity | modality | speaker F1 | time F1 | place F1 | counts F1 | right in every field |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|\n");
    for (half, s) in halves {
        let _ = writeln!(
            out,
            "| {} | {} | {:.3} | {:.3} | {:.3} | {:.3} | {:.3} | {:.3} | {:.3} |",
            name(half),
            s.judged,
            ratio(s.polarity, s.judged),
            ratio(s.modality, s.judged),
            s.speakers.f1(),
            s.times.f1(),
            s.places.f1(),
            s.counts.f1(),
            ratio(s.whole, s.judged)
        );
    }
    out.push_str(&places_table(halves));
    out.push_str("\nRole fillers over all claims, found or not:\n\n| half | role | gold | found | right | P | R | F1 |\n|---|---|--:|--:|--:|--:|--:|--:|\n");
    for (half, s) in halves {
        let mut all = Count::default();
        s.roles.values().for_each(|count| all.add(*count));
        let rows = s.roles.iter().map(|(role, count)| (format!("{role:?}").to_lowercase(), *count));
        for (role, c) in rows.chain([("all".to_owned(), all)]) {
            let _ = writeln!(
                out,
                "| {} | {role} | {} | {} | {} | {:.3} | {:.3} | {:.3} |",
                name(half),
                c.gold,
                c.found,
                c.right,
                c.precision(),
                c.recall(),
                c.f1()
            );
        }
    }
    out.push_str("\nTypes:\n\n| type | tune gold | found | right | F1 | test gold | found | right | F1 |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|\n");
    let types: std::collections::BTreeSet<&String> =
        halves.values().flat_map(|s| s.by_type.keys()).collect();
    for id in types {
        let of = |half: Half| {
            let score = halves.get(&half);
            let c = score.and_then(|s| s.by_type.get(id)).copied().unwrap_or_default();
            format!("{} | {} | {} | {:.3}", c.gold, c.found, c.right, c.f1())
        };
        let _ = writeln!(out, "| {id} | {} | {} |", of(Half::Tune), of(Half::Test));
    }
    out
}
