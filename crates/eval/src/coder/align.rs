//! Which found claim stands for which gold one, and what of it is right.
//!
//! A found claim may stand for a gold one where their triggers overlap; one of the same type goes first. Each stands for one
//! at most. Role fillers, speakers, times and places agree where their words overlap: how far a phrase reaches is a
//! convention, whom it names is not. So is whether "officials and elders" are one phrase or two.

use averment_types::{AttributionLink, ClaimContent, RoleKind, SpeakerKind, TextRange};

use super::gold::GoldClaim;
pub(crate) use crate::count::{Count, ratio};

/// For each gold claim the index of the found one that stands for it.
pub(super) fn pairs(gold: &[GoldClaim], found: &[&ClaimContent]) -> Vec<Option<usize>> {
    let mut taken = vec![false; found.len()];
    let mut pairs = vec![None; gold.len()];
    for same_type in [true, false] {
        for (claim, pair) in gold.iter().zip(&mut pairs).filter(|(_, pair)| pair.is_none()) {
            let fits = |(at, other): &(usize, &&ClaimContent)| {
                taken.get(*at) == Some(&false)
                    && other.trigger.overlaps(claim.trigger)
                    && (!same_type || other.type_id.as_str() == claim.type_id)
            };
            *pair = found.iter().enumerate().find(fits).map(|(at, _)| at);
            if let Some(slot) = pair.and_then(|at| taken.get_mut(at)) {
                *slot = true;
            }
        }
    }
    pairs
}

/// How many of `gold`'s words are met by one of `found`, each by one. Several that lie in one phrase of the other side are its
/// members, and count as one.
pub(crate) fn overlaps(text: &str, gold: &[TextRange], found: &[TextRange]) -> Count {
    let mut taken = vec![false; found.len()];
    let mut met = vec![false; gold.len()];
    let mut count = Count { found: found.len(), gold: gold.len(), right: 0 };
    for (words, met) in gold.iter().zip(&mut met) {
        // A name may stand twice; the annotator's is the first, the coder's the nearer one.
        let asked = words.slice(text);
        let meets = |range: &TextRange| {
            let same = |met: &str| asked.is_some_and(|asked| met.eq_ignore_ascii_case(asked));
            range.slice(text).is_some_and(same) || words.overlaps(*range)
        };
        let hit = found.iter().zip(&mut taken).find(|(range, taken)| !**taken && meets(range));
        if let Some((_, taken)) = hit {
            *taken = true;
            *met = true;
            count.right += 1;
        }
    }
    let members = |of: &[TextRange], met: &[bool], wholes: &[TextRange], whole_met: &[bool]| {
        let is_in = |part: &TextRange| {
            let lists =
                |whole: &TextRange| whole != part && whole.contains(*part) && is_list(text, *whole);
            wholes.iter().zip(whole_met).any(|(whole, met)| *met && lists(whole))
        };
        of.iter().zip(met).filter(|(part, met)| !**met && is_in(part)).count()
    };
    count.found -= members(found, &taken, gold, &met);
    count.gold -= members(gold, &met, found, &taken);
    count
}

/// Whether the words name several: "officials and elders".
fn is_list(text: &str, words: TextRange) -> bool {
    let words = words.slice(text).unwrap_or_default();
    words.split_whitespace().any(|word| matches!(word, "and" | "or" | "&") || word.ends_with(','))
}

/// Who says what `claim` tells. An outlet that was told it ("told AFP", "in a statement to Radio Soir") stands in the claim's
/// chain, for corroboration leans on it, and to the annotators is no speaker.
pub(super) fn speakers(text: &str, claim: &ClaimContent) -> Vec<TextRange> {
    let was_told = |link: &AttributionLink| {
        let before = text.get(..link.range.start()).unwrap_or_default().trim_end();
        let to = [" to", " with"].iter().any(|word| before.ends_with(word));
        let told = ["told", "tell", "tells", "telling", "informed", "assured"];
        link.kind == SpeakerKind::Outlet
            && link.range.start() >= link.cue_range.end()
            && (to || told.iter().any(|cue| before.ends_with(cue)))
    };
    claim.attribution.iter().filter(|link| !was_told(link)).map(|link| link.range).collect()
}

/// The ranges that fill `role` in `claim`.
pub(super) fn fillers(claim: &ClaimContent, role: RoleKind) -> Vec<TextRange> {
    claim.roles.iter().filter(|r| r.role == role).map(|r| r.range).collect()
}

#[cfg(test)]
mod tests {
    use super::super::gold::find;
    use super::*;

    #[test]
    fn words_meet_where_they_overlap_and_each_once() {
        let text = "Gunmen killed two farmers and a farmer's son.";
        let range = |words: &str| find(text, words, 1).unwrap();
        let found = [range("farmers"), range("son")];
        let count = overlaps(text, &[range("two farmers"), range("Gunmen")], &found);
        assert_eq!(count, Count { right: 1, found: 2, gold: 2 });
        assert!((count.f1() - 0.5).abs() < 1e-9);
        let once = overlaps(text, &[range("Gunmen"), range("farmers")], &[range("two farmers")]);
        assert_eq!(once, Count { right: 1, found: 1, gold: 2 });
        assert_eq!(overlaps(text, &[range("two farmers"), range("farmers")], &found[..1]).right, 1);
    }

    #[test]
    fn members_of_a_list_count_as_the_list() {
        let text = "Officials and elders blamed the police.";
        let range = |words: &str| find(text, words, 1).unwrap();
        let (list, members) =
            ([range("Officials and elders")], [range("Officials"), range("elders")]);
        let one = Count { right: 1, found: 1, gold: 1 };
        assert_eq!(overlaps(text, &list, &members), one);
        assert_eq!(overlaps(text, &members, &list), one);
    }
}
