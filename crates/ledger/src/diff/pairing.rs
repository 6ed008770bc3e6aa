//! Which claim of one state of a report is which of another: ids differ from version to version.

use std::collections::BTreeMap;

use averment_types::Claim;

/// Pairs of indexes into `before` and `after`; what has no partner stands alone. In the order of `after`,
/// what is gone first.
pub(super) fn pairs(
    before: &[&Claim],
    after: &[&Claim],
    same_text: bool,
) -> Vec<(Option<usize>, Option<usize>)> {
    let mut open = Open {
        before: before.iter().copied().map(Some).collect(),
        after: after.iter().copied().map(Some).collect(),
        found: Vec::new(),
    };
    open.pair(|claim| claim.id().to_string());
    if same_text {
        open.pair(|claim| {
            let content = claim.content();
            format!("{} {} {}", content.type_id, content.trigger, evidence(claim))
        });
        open.pair(|claim| format!("{} {}", claim.content().trigger, place(claim)));
        open.pair(|claim| claim.content().trigger.to_string());
    } else {
        open.pair(|claim| {
            format!("{} {} {}", claim.content().type_id, offset(claim), quotes(claim))
        });
        open.pair(|claim| format!("{} {}", claim.content().type_id, quotes(claim)));
        open.pair(|claim| format!("{} {}", offset(claim), quotes(claim)));
        open.pair(|claim| claim.content().type_id.to_string());
    }
    open.all()
}

fn evidence(claim: &Claim) -> String {
    let ranges: Vec<String> =
        claim.content().evidence.iter().map(|e| e.range().to_string()).collect();
    format!("{} {}", ranges.join(","), place(claim))
}

fn place(claim: &Claim) -> String {
    claim.content().place.as_ref().map(|p| p.span.to_string()).unwrap_or_default()
}

fn quotes(claim: &Claim) -> String {
    let quotes: Vec<&str> =
        claim.content().evidence.iter().map(averment_types::Evidence::quote).collect();
    quotes.join("\n")
}

/// Where the trigger stands in the first quotation.
fn offset(claim: &Claim) -> String {
    let content = claim.content();
    let start = content.evidence.first().range().start();
    format!("{}", content.trigger.start().saturating_sub(start))
}

/// What has found no partner yet.
struct Open<'a> {
    before: Vec<Option<&'a Claim>>,
    after: Vec<Option<&'a Claim>>,
    found: Vec<(usize, usize)>,
}

impl Open<'_> {
    /// Pairs what has the same key, in order.
    fn pair(&mut self, key: impl Fn(&Claim) -> String) {
        let mut waiting: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, claim) in self.before.iter().enumerate().rev() {
            if let Some(claim) = claim {
                waiting.entry(key(claim)).or_default().push(at);
            }
        }
        for (at, open) in self.after.iter_mut().enumerate() {
            let Some(claim) = open else { continue };
            let Some(partner) = waiting.get_mut(&key(claim)).and_then(Vec::pop) else { continue };
            self.found.push((partner, at));
            *open = None;
            if let Some(partner) = self.before.get_mut(partner) {
                *partner = None;
            }
        }
    }

    fn all(self) -> Vec<(Option<usize>, Option<usize>)> {
        let gone = self.before.iter().enumerate().filter(|(_, claim)| claim.is_some());
        let gone = gone.map(|(at, _)| (Some(at), None));
        let come = self.after.iter().enumerate().filter(|(_, claim)| claim.is_some());
        let come = come.map(|(at, _)| (None, Some(at)));
        let both = self.found.iter().map(|(before, after)| (Some(*before), Some(*after)));
        let mut rest: Vec<_> = come.chain(both).collect();
        rest.sort_unstable_by_key(|(_, after)| *after);
        gone.chain(rest).collect()
    }
}
