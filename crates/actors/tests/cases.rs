//! Sentences with all their mentions, from `corpus/cases/actors`.

#[cfg(test)]
mod tests {
    use averment_actors::{ActorMention, MentionKind, PartialDate, Registry};
    use averment_types::TextRange;
    use serde::Deserialize;

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        case: Vec<Case>,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Case {
        name: String,
        text: String,
        on: Option<String>,
        mentions: Vec<Wanted>,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Wanted {
        span: String,
        kind: String,
        actor: String,
        head: Option<String>,
        number: Option<String>,
        candidate: Option<String>,
        reason: Option<String>,
        #[serde(default)]
        alone: bool,
    }

    /// Sentences end at a full stop followed by a blank: enough for the cases, which we wrote.
    fn sentences(text: &str) -> Vec<TextRange> {
        let mut out = Vec::new();
        let mut start = 0;
        for (at, _) in text.match_indices(". ") {
            out.push(TextRange::new(start, at + 1).unwrap());
            start = at + 2;
        }
        out.push(TextRange::new(start, text.len()).unwrap());
        out
    }

    fn kind(kind: MentionKind) -> &'static str {
        match kind {
            MentionKind::Named => "named",
            MentionKind::Person => "person",
            MentionKind::Generic => "generic",
            MentionKind::Reference => "reference",
            MentionKind::Outlet => "outlet",
            _ => "unknown",
        }
    }

    fn fault(text: &str, got: &ActorMention, wanted: &Wanted) -> Option<String> {
        let words = |r: TextRange| r.slice(text).unwrap_or_default().to_owned();
        let actor = got.actor.as_ref().map_or("", |a| a.id.as_str());
        let candidate = |id: &str| got.candidates.iter().any(|c| c.actor.id.as_str() == id);
        let checks = [
            (words(got.span) == wanted.span, "span", words(got.span)),
            (kind(got.kind) == wanted.kind, "kind", kind(got.kind).to_owned()),
            (actor == wanted.actor, "actor", actor.to_owned()),
            (wanted.head.as_ref().is_none_or(|h| *h == words(got.head)), "head", words(got.head)),
            (
                wanted.number.as_ref().is_none_or(|n| got.number.map(words).as_ref() == Some(n)),
                "number",
                format!("{:?}", got.number.map(words)),
            ),
            (
                wanted.candidate.as_ref().is_none_or(|c| candidate(c)),
                "candidates",
                format!("{:?}", got.candidates),
            ),
            (
                !wanted.alone || got.candidates.is_empty(),
                "candidates",
                format!("{:?}", got.candidates),
            ),
            (
                wanted.reason.as_ref().is_none_or(|r| got.reasons.iter().any(|g| g.contains(r))),
                "reasons",
                format!("{:?}", got.reasons),
            ),
            (!got.reasons.is_empty(), "reasons", "none".to_owned()),
        ];
        let bad = checks.into_iter().find(|(good, _, _)| !good);
        bad.map(|(_, what, found)| format!("{}: {what} is {found}", wanted.span))
    }

    fn check(registry: &Registry, case: &Case) -> Vec<String> {
        let on = case.on.as_deref().and_then(PartialDate::parse).map(PartialDate::interval);
        let got = registry.read(&case.text, &sentences(&case.text), on);
        let spans: Vec<&str> = got.iter().filter_map(|m| m.span.slice(&case.text)).collect();
        let wanted: Vec<&str> = case.mentions.iter().map(|w| w.span.as_str()).collect();
        if spans != wanted {
            return vec![format!("{}: found {spans:?}", case.name)];
        }
        let faults = got.iter().zip(&case.mentions).filter_map(|(g, w)| fault(&case.text, g, w));
        faults.map(|f| format!("{}: {f}", case.name)).collect()
    }

    #[test]
    fn every_case_gives_its_mentions_and_no_others() {
        let registry = Registry::shipped().unwrap();
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpus/cases/actors");
        let mut faults = Vec::new();
        let mut mentions = 0;
        for entry in std::fs::read_dir(folder).unwrap() {
            let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            let file: File = toml::from_str(&text).unwrap();
            mentions += file.case.iter().map(|c| c.mentions.len()).sum::<usize>();
            faults.extend(file.case.iter().flat_map(|c| check(&registry, c)));
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        assert!(mentions >= 80, "only {mentions} mentions");
    }
}
