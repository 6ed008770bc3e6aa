//! Every rule codes the sentences that it says it codes, and ignores those that it must ignore.

#[cfg(test)]
mod tests {
    use averment_extract::Coder;
    use averment_types::{Digest, Format, Report, ReportId, SourceInfo, TextRange, Zone, ZoneKind};

    fn report(text: &str) -> Report {
        let zone = Zone { kind: ZoneKind::Body, range: TextRange::whole(text).unwrap() };
        Report {
            id: ReportId::new("example"),
            digest: Digest::of(&[text.as_bytes()]),
            title: None,
            outlet: None,
            author: None,
            url: None,
            published: None,
            published_candidates: Vec::new(),
            language: None,
            text: text.to_owned(),
            zones: vec![zone],
            warnings: Vec::new(),
            source: SourceInfo {
                path: "example".to_owned(),
                line: None,
                format: Format::Text,
                encoding: "utf-8".to_owned(),
                encoding_doubtful: false,
            },
            extra: std::collections::BTreeMap::new(),
        }
    }

    #[test]
    fn every_rule_codes_and_ignores_as_it_says() {
        let coder = Coder::shipped().unwrap();
        let mut wrong = Vec::new();
        for rule in coder.codebook().rules() {
            let expected = coder.codebook().types()[rule.type_index].id.clone();
            let fires = |sentence: &str| {
                let told = coder.code(report(sentence)).report;
                told.verify().unwrap();
                told.claims
                    .iter()
                    .any(|c| c.content().coder.rule == rule.id || c.content().type_id == expected)
            };
            wrong.extend(
                rule.codes.iter().filter(|s| !fires(s)).map(|s| format!("{} misses: {s}", rule.id)),
            );
            wrong.extend(
                rule.ignores.iter().filter(|s| fires(s)).map(|s| format!("{} codes: {s}", rule.id)),
            );
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
