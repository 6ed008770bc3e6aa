//! Sentences with phrases that refer, from `corpus/cases/references`.

#[cfg(test)]
mod tests {
    use averment_actors::{ActorMention, Registry};
    use averment_extract::{Reference, References};
    use averment_lang::{Reader, ReaderKind};
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
        references: Vec<Wanted>,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Wanted {
        span: String,
        actor: Option<String>,
        #[serde(default)]
        all: Vec<String>,
        #[serde(default)]
        may: Vec<String>,
        name: Option<String>,
        #[serde(default)]
        open: bool,
    }

    struct Tools {
        reader: std::sync::Arc<Reader>,
        registry: Registry,
        references: References,
    }

    impl Tools {
        fn read(&self, text: &str) -> (Vec<ActorMention>, Vec<Reference>) {
            let reading = self.reader.read_text(text);
            let spans: Vec<TextRange> = reading.sentences().iter().map(|s| s.range).collect();
            let actors = self.registry.read(text, &spans, None);
            let found = self.references.find(text, &reading, &actors);
            (actors, found)
        }

        fn faults(&self, case: &Case) -> Vec<String> {
            let (actors, found) = self.read(&case.text);
            let words = |r: TextRange| r.slice(&case.text).unwrap_or_default().to_owned();
            let ids = |indices: &[usize]| -> Vec<String> {
                let all = indices.iter().filter_map(|i| actors[*i].actor.as_ref());
                let mut ids: Vec<String> = all.map(|a| a.id.as_str().to_owned()).collect();
                ids.sort_unstable();
                ids
            };
            let mut faults = Vec::new();
            if case.references.is_empty() && found.iter().any(|r| r.reason.is_some()) {
                faults.push(format!("{}: {found:?}", case.name));
            }
            for wanted in &case.references {
                let at = found.iter().find(|r| words(r.place.range) == wanted.span);
                let Some(got) = at else {
                    faults.push(format!("{}: {} is not found", case.name, wanted.span));
                    continue;
                };
                let sorted = |ids: &[String]| {
                    let mut ids = ids.to_vec();
                    ids.sort_unstable();
                    ids
                };
                let meant = wanted.actor.iter().chain(&wanted.all).cloned().collect::<Vec<_>>();
                let name = got.name.map(|p| words(p.range));
                let good = (meant.is_empty() || ids(&got.actors) == sorted(&meant))
                    && (wanted.may.is_empty()
                        || (ids(&got.candidates) == sorted(&wanted.may) && got.reason.is_none()))
                    && (wanted.name.is_none() || name == wanted.name)
                    && !(wanted.open && got.reason.is_some());
                if !good {
                    faults.push(format!("{}: {} is {got:?}", case.name, wanted.span));
                }
            }
            faults
        }
    }

    #[test]
    fn every_case_refers_as_it_says() {
        let tools = Tools {
            reader: Reader::shipped(ReaderKind::Fast).unwrap(),
            registry: Registry::shipped().unwrap(),
            references: References::shipped().unwrap(),
        };
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpus/cases/references");
        let mut faults = Vec::new();
        let mut cases = 0;
        for entry in std::fs::read_dir(folder).unwrap() {
            let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            let file: File = toml::from_str(&text).unwrap();
            cases += file.case.len();
            faults.extend(file.case.iter().flat_map(|case| tools.faults(case)));
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        assert!(cases >= 19, "only {cases} cases");
    }
}
