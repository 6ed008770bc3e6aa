//! Sentences and the claims that must be made of them: those of `corpus/cases/extract`, and those that
//! each rule of the codebook says it codes or must ignore.

#[cfg(test)]
mod tests {
    use averment_codebook::Codebook;
    use averment_extract::{Coder, Miss};
    use averment_lang::ReaderKind;
    use averment_types::{Casualties, ClaimContent, Report};
    use serde::Deserialize;

    #[derive(Deserialize)]
    struct File {
        case: Vec<Case>,
    }

    #[derive(Deserialize)]
    struct Case {
        text: String,
        #[serde(default)]
        expect: Vec<String>,
        #[serde(default)]
        absent: Vec<String>,
    }

    fn claims(coder: &Coder, text: &str) -> Vec<ClaimContent> {
        let report = Report::of_body("case", text).unwrap();
        let told = coder.code(report).report;
        told.verify().unwrap();
        told.claims.iter().map(|c| c.content().clone()).collect()
    }

    /// A term's name in JSON.
    fn name(term: impl serde::Serialize) -> String {
        serde_json::to_value(term).unwrap().as_str().unwrap().to_owned()
    }

    fn numbers(casualties: &Casualties) -> String {
        let show = |n: Option<u32>| n.map_or("-".to_owned(), |n| n.to_string());
        format!("{}/{}/{}", show(casualties.low), show(casualties.best), show(casualties.high))
    }

    fn has(claim: &ClaimContent, part: &str) -> bool {
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        match key {
            "says" => claim.attribution.iter().any(|link| link.speaker == value),
            "party" => claim.attribution.iter().any(|link| link.party),
            "narrator" => claim.attribution.is_empty(),
            "actor" => {
                claim.roles.iter().any(|r| r.actor.as_ref().is_some_and(|a| a.id.as_str() == value))
            }
            "time" => claim.time.as_ref().is_some_and(|t| t.text == value),
            "days" => claim.time.as_ref().is_some_and(|t| {
                let first = t.interval.start().map(|day| day.to_string()).unwrap_or_default();
                let last = t.interval.end().map(|day| day.to_string()).unwrap_or_default();
                value == format!("{first}..{last}")
            }),
            "means" => {
                let links = claim.attribution.iter().filter_map(|link| link.antecedent.as_ref());
                let roles = claim.roles.iter().filter_map(|role| role.antecedent.as_ref());
                links.chain(roles).any(|meant| meant.text == value)
            }
            "at" => claim.place.as_ref().is_some_and(|p| p.name == value),
            "lies" => claim.place.as_ref().is_some_and(|p| p.admin1.as_deref() == Some(value)),
            "uncounted" => claim.casualties.is_empty(),
            "place" => claim.place.as_ref().is_some_and(|p| p.text == value),
            "suspected" | "accused" | "claimed" => {
                claim.roles.iter().any(|r| r.alleged.is_some_and(|how| name(how) == key))
            }
            "notime" => claim.time.is_none(),
            "noplace" => claim.place.is_none(),
            "killed" | "injured" | "abducted" | "displaced" | "arrested" => {
                claim.casualties.iter().any(|c| name(c.kind) == key && numbers(c) == value)
            }
            role => claim.roles.iter().any(|r| name(r.role) == role && r.text == value),
        }
    }

    /// Whether a claim is as a line says: "type", "type polarity/modality" or "type polarity/modality; part; part".
    fn fits(claim: &ClaimContent, line: &str) -> bool {
        let mut parts = line.split("; ");
        let head = parts.next().unwrap_or_default();
        let (type_id, stance) = head.split_once(' ').unwrap_or((head, ""));
        let own = format!("{}/{}", name(claim.polarity), name(claim.modality));
        claim.type_id.as_str() == type_id
            && (stance.is_empty() || own == stance)
            && parts.all(|part| has(claim, part))
    }

    #[test]
    fn sentences() {
        let path =
            concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpus/cases/extract/sentences.toml");
        let file: File = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let coder = Coder::shipped(ReaderKind::Fast).unwrap();
        let mut wrong = Vec::new();
        for case in &file.case {
            let made = claims(&coder, &case.text);
            for line in &case.expect {
                if !made.iter().any(|claim| fits(claim, line)) {
                    wrong.push(format!(
                        "{}\n  lacks {line}\n  has {}",
                        case.text,
                        serde_json::to_string(&made).unwrap()
                    ));
                }
            }
            let present =
                case.absent.iter().filter(|line| made.iter().any(|claim| fits(claim, line)));
            wrong.extend(present.map(|line| format!("{}\n  must not have {line}", case.text)));
        }
        assert!(file.case.len() >= 25 && wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn every_rule_codes_and_ignores_as_it_says() {
        let coder = Coder::shipped(ReaderKind::Fast).unwrap();
        let rehearsal = coder.rehearse(|_| true);
        let told = |miss: &Miss| match &miss.coded_by {
            Some(rule) => format!("{}: {rule} codes: {}", miss.rule, miss.sentence),
            None => format!("{} misses: {}", miss.rule, miss.sentence),
        };
        let wrong: Vec<String> = rehearsal.misses.iter().map(told).collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert!(rehearsal.sentences > 1_000, "{}", rehearsal.sentences);
    }

    #[test]
    fn a_codebook_over_the_shipped_one_changes_what_is_coded_and_the_version() {
        let manifest = b"name = 'mine'\nversion = '1'\nlicence = 'own'";
        let more = b"id = 'attack'\n[[rules]]\nid = 'swarm'\nverbs = ['swarm']\nslots = { initiator = ['nsubj'] }\ncodes = ['Rebels swarmed the post.']\nignores = ['Bees hummed.']";
        let files: &[(&str, &[u8])] = &[("codebook.toml", manifest), ("attack.toml", more)];
        let shipped = Coder::shipped(ReaderKind::Fast).unwrap();
        let version = shipped.version().clone();
        let coder = shipped.with_codebook(Codebook::shipped_under(files).unwrap());
        assert!(coder.rehearse(|id| id.as_str() == "attack/swarm").misses.is_empty());
        let made = claims(&coder, "Gunmen attacked a village near Mopti.");
        assert_eq!(made.first().map(|c| c.type_id.as_str()), Some("attack"));
        assert_ne!(coder.version().version, version.version);
        assert_eq!(coder.version().codebook, format!("{}+mine-1", version.codebook));
    }
}
