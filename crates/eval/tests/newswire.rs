//! Real news in bulk: nothing refused, no panic, and every quotation and span exact. Every fourth article is
//! read, which is enough to meet each kind of trouble and keeps the suite quick.

#[cfg(test)]
mod tests {
    use std::path::Path;

    use averment_extract::Coder;
    use averment_ingest::{Options, documents, parse};
    use averment_lang::ReaderKind;
    use averment_types::{ClaimContent, CodedReport, TextRange};

    fn exact(report: &CodedReport, range: TextRange, words: &str) {
        assert_eq!(
            range.slice(&report.report.text),
            Some(words),
            "in {}",
            report.report.source.path
        );
    }

    /// Every stretch of text that a claim quotes is what stands there.
    fn check(report: &CodedReport, claim: &ClaimContent) {
        for evidence in claim.evidence.iter() {
            exact(report, evidence.range(), evidence.quote());
            assert!(evidence.context().contains(evidence.range()));
            let zone = report.report.zone_at(evidence.range().start()).unwrap();
            assert!(zone.kind == evidence.zone() && zone.kind.is_evidence());
        }
        claim.roles.iter().for_each(|role| exact(report, role.range, &role.text));
        claim.casualties.iter().for_each(|number| exact(report, number.range, &number.text));
        claim.time.iter().for_each(|time| exact(report, time.span, &time.text));
        claim.place.iter().for_each(|place| exact(report, place.span, &place.text));
        for link in &claim.attribution {
            exact(report, link.range, &link.speaker);
            exact(report, link.cue_range, &link.cue);
        }
        assert!(claim.evidence.iter().any(|e| e.range().contains(claim.trigger)));
    }

    #[test]
    fn every_quote_of_every_claim_equals_the_bytes_at_its_range() {
        let folder = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../../shared/corpora/en-worldwide-newswire/articles"
        );
        if !Path::new(folder).is_dir() {
            println!("skipped, corpus not found");
            return;
        }
        let coder = Coder::shipped(ReaderKind::Fast).unwrap();
        let options = Options::default();
        let (mut reports, mut claims) = (0, 0);
        for raw in documents(&[folder.to_owned()], &options).step_by(4) {
            let told = coder.code(parse(raw.unwrap(), &options).unwrap().report).report;
            told.claims.iter().for_each(|claim| check(&told, claim.content()));
            let mut ids: Vec<_> = told.claims.iter().map(averment_types::Claim::id).collect();
            ids.sort();
            ids.dedup();
            assert_eq!(ids.len(), told.claims.len(), "an id twice in {}", told.report.source.path);
            (reports, claims) = (reports + 1, claims + told.claims.len());
        }
        assert_eq!(reports, 212);
        assert!(claims > 100, "{claims} claims");
    }
}
