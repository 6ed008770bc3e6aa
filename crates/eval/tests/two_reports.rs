//! The two real reports that the project starts from: what a careful reader makes of them.

#[cfg(test)]
mod tests {
    use std::path::Path;

    use averment_extract::Coder;
    use averment_ingest::{Options, documents, parse};
    use averment_lang::ReaderKind;
    use averment_types::{ClaimContent, CodedReport, Modality, Polarity, RoleKind, ZoneKind};

    fn reports() -> Option<Vec<CodedReport>> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/reports");
        if !Path::new(folder).is_dir() {
            println!("skipped, corpus not found");
            return None;
        }
        let coder = Coder::shipped(ReaderKind::Fast).unwrap();
        let options = Options::default();
        let inputs = [folder.to_owned()];
        let raw = documents(&inputs, &options).map(Result::unwrap);
        Some(raw.map(|raw| coder.code(parse(raw, &options).unwrap().report).report).collect())
    }

    fn contents(report: &CodedReport) -> impl Iterator<Item = &ClaimContent> {
        report.claims.iter().map(averment_types::Claim::content)
    }

    /// Whether a role of `kinds` holds the words or links to the actor `id`.
    fn has(claim: &ClaimContent, kinds: &[RoleKind], id: &str) -> bool {
        claim.roles.iter().any(|role| {
            let linked = role.actor.as_ref().is_some_and(|a| a.id.as_str() == id);
            kinds.contains(&role.role) && (linked || role.text.contains(id))
        })
    }

    fn says(claim: &ClaimContent, words: &str) -> bool {
        claim.attribution.iter().any(|link| link.speaker.contains(words))
    }

    const SIDES: &[RoleKind] = &[RoleKind::Participant, RoleKind::Initiator, RoleKind::Target];

    #[test]
    fn the_clash_of_march_2020_is_told_with_year_sides_place_and_source() {
        let Some(reports) = reports() else { return };
        let clashes: Vec<_> =
            contents(&reports[0]).filter(|c| c.type_id.as_str() == "armed_clash").collect();
        let day = jiff::civil::date(2020, 3, 12);
        let dated: Vec<_> = clashes
            .iter()
            .filter(|c| {
                c.time.as_ref().is_some_and(|t| {
                    t.interval.start() == Some(day) && t.interval.end() == Some(day)
                })
            })
            .collect();
        assert!(dated.len() >= 3, "the clash is told three times");
        for clash in &dated {
            let time = clash.time.as_ref().unwrap();
            assert!(
                time.inferred
                    && time.reasons.iter().any(|r| r.contains("Thursday") || r.contains("weekday")),
                "{:?}",
                time.reasons
            );
            assert!(
                clash.roles.iter().any(|r| r
                    .actor
                    .as_ref()
                    .is_some_and(|a| a.id.as_str().contains("islamic-state"))),
                "{:?}",
                clash.roles
            );
        }
        assert!(dated.iter().any(|c| has(c, SIDES, "jnim")));
        assert!(dated.iter().any(|c| has(c, SIDES, "Koufa") && says(c, "Mauritanian website")));
        let border = dated.iter().find(|c| says(c, "Sahara Media") && c.place.is_some()).unwrap();
        let place = border.place.as_ref().unwrap();
        let mut countries: Vec<&str> =
            place.countries.iter().map(averment_types::CountryCode::as_str).collect();
        countries.sort_unstable();
        assert_eq!(countries, ["ML", "MR"]);
        assert_eq!((place.country.as_ref(), place.precision.ucdp()), (None, 5));
    }

    #[test]
    fn koufas_death_is_the_narrators_word() {
        let Some(reports) = reports() else { return };
        let death = contents(&reports[0])
            .find(|c| c.type_id.as_str() == "killing" && has(c, &[RoleKind::Victim], "Koufa"))
            .unwrap();
        assert!(death.attribution.is_empty(), "{:?}", death.attribution);
        let time = death.time.as_ref().unwrap();
        assert_eq!(time.interval.start(), Some(jiff::civil::date(2018, 11, 1)));
        assert_eq!(time.interval.end(), Some(jiff::civil::date(2018, 11, 30)));
        let victim = death.roles.iter().find(|r| r.role == RoleKind::Victim).unwrap();
        assert!(
            victim.actor.as_ref().is_some_and(|a| a.kind == averment_types::ActorKind::Person),
            "{victim:?}"
        );
    }

    #[test]
    fn what_did_not_happen_is_marked() {
        let Some(reports) = reports() else { return };
        let cell = contents(&reports[0]).find(|c| c.type_id.as_str() == "group_formation").unwrap();
        assert_eq!(cell.polarity, Polarity::Negated);
        let thwarted = contents(&reports[0]).find(|c| {
            c.evidence.first().quote().contains("thwarted") && c.modality == Modality::Failed
        });
        assert!(thwarted.is_some());
        let urged = contents(&reports[0]).find(|c| c.modality == Modality::Urged).unwrap();
        assert!(says(urged, "African Research Center"));
        let murder = contents(&reports[1]).find(|c| c.type_id.as_str() == "assassination").unwrap();
        assert_eq!(murder.modality, Modality::Possible);
        assert!(says(murder, "sources"));
    }

    #[test]
    fn the_paper_of_a_party_is_called_one() {
        let Some(reports) = reports() else { return };
        let attack = contents(&reports[1])
            .find(|c| says(c, "Naba") && c.type_id.as_str() == "attack")
            .unwrap();
        let link = attack.attribution.first().unwrap();
        assert!(link.party);
        assert!(
            link.affiliation
                .as_ref()
                .or(link.actor.as_ref())
                .is_some_and(|a| a.id.as_str().contains("islamic-state")),
            "{link:?}"
        );
        assert!(attack.modality.is_actual());
        assert!(
            has(attack, &[RoleKind::Initiator], "al-qaeda")
                && has(attack, &[RoleKind::Target], "ISIS")
        );
    }

    #[test]
    fn nothing_comes_from_the_surroundings() {
        let Some(reports) = reports() else { return };
        let kind_of = |words: &str| {
            let found = reports.iter().find_map(|r| Some((r, r.report.text.find(words)?)));
            found.and_then(|(r, at)| r.report.zone_at(at)).map(|z| z.kind)
        };
        assert_eq!(kind_of("Ayah Ezz\n"), Some(ZoneKind::Byline));
        assert_eq!(kind_of("By Denis"), Some(ZoneKind::Byline));
        assert_eq!(kind_of("admin in:"), Some(ZoneKind::Comment));
        assert_eq!(kind_of("became aware of your blog"), Some(ZoneKind::Comment));
        assert_eq!(kind_of("The opinions expressed"), Some(ZoneKind::Disclaimer));
        assert_eq!(kind_of("Share."), Some(ZoneKind::Share));
        for report in &reports {
            report.verify().unwrap();
            for claim in contents(report) {
                for evidence in claim.evidence.iter() {
                    let zone = report.report.zone_at(evidence.range().start()).unwrap();
                    assert!(zone.kind.is_evidence() && zone.range.contains(evidence.range()));
                }
            }
        }
    }
}
