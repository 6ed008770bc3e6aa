//! Parsed files to a codebook that finds its trigger words.

use std::collections::BTreeMap;

use averment_types::{
    AcledProjection, Digest, PloverProjection, Projections, RoleKind, RuleId, TypeId,
};
use toml::Spanned;

use crate::layers::{Entry, lay};
use crate::parse::{Manifest, Plover, ProjectionTable, RuleTable, file, text};
use crate::pattern::Patterns;
use crate::source::Source;
use crate::{Codebook, CodebookError, Demand, Doubts, EventType, Rule};

impl Codebook {
    /// Compiles a codebook from its files, each given as name and bytes; `codebook.toml` is the
    /// manifest, every other file one type.
    ///
    /// # Errors
    /// The first thing wrong, with file and line.
    pub fn compile(files: &[(&str, &[u8])]) -> Result<Self, CodebookError> {
        Self::layered(&[files])
    }

    /// Compiles codebooks that lie over each other, the lowest first. A type of the same id takes over
    /// what the upper one states; its rules are added, and one of the same id replaces the one below.
    ///
    /// # Errors
    /// The first thing wrong, with file and line.
    pub fn layered(layers: &[&[(&str, &[u8])]]) -> Result<Self, CodebookError> {
        let mut names = Vec::new();
        for files in layers {
            let manifest = files.iter().find(|(name, _)| *name == "codebook.toml");
            let (name, bytes) = manifest.ok_or(CodebookError::NoManifest)?;
            let manifest: Manifest = file(name, text(name, bytes)?)?;
            names.push(format!("{}-{}", manifest.name, manifest.version));
        }
        let contents: Vec<&[u8]> = layers
            .iter()
            .flat_map(|files| files.iter())
            .flat_map(|(name, bytes)| [name.as_bytes(), *bytes])
            .collect();
        let mut codebook = Self {
            name: names.join("+"),
            fingerprint: Digest::of(&contents),
            types: Vec::new(),
            rules: Vec::new(),
            projections: BTreeMap::new(),
            patterns: Patterns::default(),
        };
        let entries = lay(layers)?;
        let wider: Vec<Vec<TypeId>> =
            entries.iter().map(|entry| wider(&entries, entry)).collect::<Result<_, _>>()?;
        for (source, echoed) in entries.iter().filter_map(|entry| entry.echoes.as_ref()) {
            if !entries.iter().any(|entry| entry.id.get_ref() == echoed.get_ref()) {
                return Err(source.error(echoed, "echoed type", "does not exist"));
            }
        }
        for (entry, wider) in entries.into_iter().zip(wider) {
            codebook.add_type(entry, wider)?;
        }
        Ok(codebook)
    }

    fn add_type(&mut self, entry: Entry<'_>, wider: Vec<TypeId>) -> Result<(), CodebookError> {
        let id = entry.id.get_ref();
        let named = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if id.is_empty() || !id.chars().all(named) {
            let expected = "is no id; expected lower-case letters, digits and _";
            return Err(entry.source.error(&entry.id, "type", expected));
        }
        let lacks = |expected| entry.source.error(&entry.id, "type", expected);
        let table = entry.projections;
        let ucdp = table.ucdp;
        let (projections, doubts) = projections(table);
        self.types.push(EventType {
            id: TypeId::new(id),
            kind: entry.kind.ok_or_else(|| lacks("needs a kind"))?,
            label: entry.label.ok_or_else(|| lacks("needs a label"))?,
            definition: entry.definition.ok_or_else(|| lacks("needs a definition"))?,
            include: entry.include,
            exclude: entry.exclude,
            examples: entry.examples,
            wider,
            casualty: entry.casualty,
            violent: entry.violent,
            victims: entry.victims,
            everyday: entry.everyday,
            effect: entry.effect,
            ground: entry.ground.or(entry.violent.then_some(RoleKind::Target)),
            echoes: entry.echoes.map(|(_, echoed)| TypeId::new(echoed.get_ref())),
            ucdp,
            projections,
            doubts,
        });
        for (source, rule) in entry.rules {
            self.add_rule(source, id, &rule, &entry.not_beside)?;
        }
        Ok(())
    }

    fn add_rule(
        &mut self,
        source: Source<'_>,
        type_id: &str,
        rule: &RuleTable,
        not_beside: &[Demand],
    ) -> Result<(), CodebookError> {
        let lacks = |expected| Err(source.error(&rule.id, "rule", expected));
        if rule.codes.is_empty() || rule.ignores.is_empty() {
            return lacks("needs sentences that it codes and sentences that it ignores");
        }
        let triggers: Vec<&Spanned<String>> =
            rule.verbs.iter().chain(&rule.nouns).chain(&rule.phrases).collect();
        if triggers.is_empty() {
            return lacks("has no trigger; give it verbs, nouns or phrases");
        }
        for word in triggers.iter().copied().chain(&rule.excludes) {
            source.check_trigger(word)?;
        }
        let mut slots = Vec::new();
        for (role, names) in &rule.slots {
            let functions =
                names.iter().map(|name| source.function(name)).collect::<Result<_, _>>()?;
            slots.push((source.role(role)?, functions));
        }
        let modalities = rule.modalities.iter().map(|word| {
            source.term(word, "modality", "does not exist; see the README of the codebook")
        });
        let mut absent = source.topics(&rule.not_beside)?;
        absent.extend_from_slice(not_beside);
        let written = |list: &[&Spanned<String>]| {
            list.iter().map(|word| word.get_ref().clone()).collect::<Vec<_>>()
        };
        self.rules.push(Rule {
            id: RuleId::new(&format!("{type_id}/{}", rule.id.get_ref())),
            type_index: self.types.len() - 1,
            triggers: written(&triggers),
            excludes: written(&rule.excludes.iter().collect::<Vec<_>>()),
            slots,
            requires: source.roles(&rule.requires)?,
            requires_one: source.roles(&rule.requires_one)?,
            words: source.by_role(&rule.words)?,
            unless: source.by_role(&rule.unless)?,
            only: source.by_function(&rule.only)?,
            beside: source.topics(&rule.beside)?,
            not_beside: absent,
            only_actors: rule.only_actors,
            modalities: modalities.collect::<Result<_, _>>()?,
            codes: rule.codes.clone(),
            ignores: rule.ignores.clone(),
        });
        self.patterns.add(self.rules.len() - 1, rule);
        self.project(type_id, rule);
        Ok(())
    }

    /// Keeps what the rule itself says of other codebooks, over what its type says.
    fn project(&mut self, type_id: &str, rule: &RuleTable) {
        if rule.plover.is_none() && rule.cameo.is_none() {
            return;
        }
        let mut projections = self.types.last().map(|t| t.projections.clone()).unwrap_or_default();
        if let Some(plover) = &rule.plover {
            projections.plover = Some(named(plover.clone()));
        }
        if let Some(cameo) = &rule.cameo {
            projections.cameo = Some(cameo.clone());
        }
        let id = RuleId::new(&format!("{type_id}/{}", rule.id.get_ref()));
        self.projections.insert(id, projections);
    }
}

/// The types that `entry` lies within, the nearest first.
fn wider(entries: &[Entry<'_>], entry: &Entry<'_>) -> Result<Vec<TypeId>, CodebookError> {
    let mut all: Vec<TypeId> = Vec::new();
    let mut at = entry;
    while let Some((source, name)) = &at.narrows {
        let next = entries.iter().find(|other| other.id.get_ref() == name.get_ref());
        let Some(next) = next else {
            return Err(source.error(name, "wider type", "does not exist"));
        };
        let id = TypeId::new(next.id.get_ref());
        if all.contains(&id) || next.id.get_ref() == entry.id.get_ref() {
            return Err(source.error(name, "wider type", "lies within this one; a circle"));
        }
        all.push(id);
        at = next;
    }
    Ok(all)
}

fn named(plover: Plover) -> PloverProjection {
    let Plover { event_type, mode, contexts } = plover;
    PloverProjection { event_type, mode, contexts }
}

fn projections(table: ProjectionTable) -> (Projections, Doubts) {
    let projections = Projections {
        plover: table.plover.map(named),
        cameo: table.cameo,
        acled: table.acled.map(|a| AcledProjection {
            event_type: a.event_type,
            sub_event_type: a.sub_event_type,
        }),
        ucdp: None,
    };
    let doubt = table.doubt;
    let doubts =
        Doubts { plover: doubt.plover, cameo: doubt.cameo, acled: doubt.acled, ucdp: doubt.ucdp };
    (projections, doubts)
}

#[cfg(test)]
mod tests {
    use averment_types::RuleId;

    use super::*;
    use crate::{Form, Trigger};

    const MANIFEST: (&str, &[u8]) =
        ("codebook.toml", b"name = 'n'\nversion = '1'\nlicence = 'own'");
    const HEAD: &str = "id = 'raid'\nkind = 'event'\nlabel = 'Raid'\ndefinition = 'd'\n";

    fn with_rule(rule: &str) -> Result<Codebook, CodebookError> {
        let text = format!("{HEAD}[[rules]]\n{rule}");
        Codebook::compile(&[MANIFEST, ("raid.toml", text.as_bytes())])
    }

    #[test]
    fn a_rule_may_say_more_of_other_codebooks_than_its_type() {
        let head = "id = 'raid'\nkind = 'event'\nlabel = 'Raid'\ndefinition = 'd'\n[projections]\ncameo = '190'\nplover = { type = 'ASSAULT' }\n";
        let rule = |more: &str| {
            format!("[[rules]]\nverbs = ['raid']\ncodes = ['a']\nignores = ['b']\n{more}\n")
        };
        let text =
            format!("{head}{}{}", rule("id = 'plain'"), rule("id = 'search'\ncameo = '170'"));
        let book = Codebook::compile(&[MANIFEST, ("raid.toml", text.as_bytes())]).unwrap();
        assert_eq!(book.projections(&RuleId::new("raid/plain")), None);
        let search = book.projections(&RuleId::new("raid/search")).unwrap();
        assert_eq!(search.cameo.as_deref(), Some("170"));
        assert_eq!(search.plover.as_ref().map(|p| p.event_type.as_str()), Some("ASSAULT"));
    }

    fn message(rule: &str) -> String {
        with_rule(rule).err().map(|e| e.to_string()).unwrap_or_default()
    }

    fn refused(bytes: &[u8]) -> String {
        let codebook = Codebook::compile(&[MANIFEST, ("bad.toml", bytes)]);
        codebook.err().map(|e| e.to_string()).unwrap_or_default()
    }

    #[test]
    fn a_rule_without_examples_does_not_load() {
        let text = message("id = 'verb'\nverbs = ['raid']\ncodes = ['They raided it.']");
        assert_eq!(
            text,
            "raid.toml, line 6: rule verb needs sentences that it codes and sentences that it ignores"
        );
    }

    #[test]
    fn errors_name_file_and_line() {
        let ok = "id = 'verb'\nverbs = ['raid']\ncodes = ['a']\nignores = ['b']\n";
        for (line, expected) in [
            ("slots = { victim = ['nsubjx'] }", "line 10: slot nsubjx is no function"),
            ("slots = { owner = ['nsubj'] }", "line 10: role owner does not exist"),
            ("words = { victim = ['@nobody'] }", "line 10: word @nobody is no kind"),
            ("words = { victim = ['@sport'] }", "line 10: word @sport is no kind"),
            ("not_beside = ['@person']", "line 10: word @person is nothing"),
            ("nouns = ['Raid']", "line 10: trigger Raid has capitals"),
            ("phrases = ['... gap']", "line 10: trigger ... gap has a gap"),
            ("modalities = ['sure']", "line 10: modality sure does not exist"),
        ] {
            let text = message(&format!("{ok}{line}"));
            assert!(text.starts_with(&format!("raid.toml, {expected}")), "{text}");
        }
        assert!(
            message("id = 'verb'\nverb = ['raid']")
                .starts_with("failed to parse raid.toml, line 7")
        );
    }

    #[test]
    fn hostile_codebooks_are_errors() {
        assert!(
            refused(b"id = 'a'\nlabel = '\xff'")
                .starts_with("failed to parse bad.toml, line 2: expected UTF-8")
        );
        assert!(refused(&vec![b'\n'; 2 << 20]).contains("at most 1 MiB"));
        let deep = format!("id = {}1{}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(refused(deep.as_bytes()).starts_with("failed to parse bad.toml, line 1"));
        assert!(refused(b"id = 7").starts_with("failed to parse bad.toml, line 1"));
        assert!(refused(b"\0\0\0").starts_with("failed to parse bad.toml, line 1"));
        assert_eq!(refused(b""), "failed to parse bad.toml, line 1: missing field `id`");
        assert_eq!(
            refused(b"id = 'A b'"),
            "bad.toml, line 1: type A b is no id; expected lower-case letters, digits and _"
        );
        assert_eq!(refused(b"id = 'raid'"), "bad.toml, line 1: type raid needs a kind");
        let many: Vec<(String, Vec<u8>)> =
            (0..1_001).map(|n| (format!("{n}.toml"), b"id = 'a'".to_vec())).collect();
        let mut many: Vec<(&str, &[u8])> =
            many.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        many.push(MANIFEST);
        let error = Codebook::compile(&many).err().map(|e| e.to_string());
        assert_eq!(error.as_deref(), Some("1002 files, expected at most 1000"));
        assert!(matches!(Codebook::compile(&[]), Err(CodebookError::NoManifest)));
    }

    #[test]
    fn circles_of_types_are_errors() {
        let of = |id: &str, narrows: &str| {
            format!(
                "id = '{id}'\nkind = 'event'\nlabel = 'l'\ndefinition = 'd'\nnarrows = '{narrows}'\nrules = []"
            )
        };
        let two = |a: &str, b: &str| {
            let files: &[(&str, &[u8])] =
                &[MANIFEST, ("a.toml", a.as_bytes()), ("b.toml", b.as_bytes())];
            Codebook::compile(files).err().map(|e| e.to_string()).unwrap_or_default()
        };
        assert_eq!(
            two(&of("a", "b"), &of("b", "a")),
            "b.toml, line 5: wider type a lies within this one; a circle"
        );
        assert_eq!(
            two(&of("a", "c"), &of("b", "a")),
            "a.toml, line 5: wider type c does not exist"
        );
        assert!(two(&of("a", "a"), &of("b", "a")).contains("a circle"));
    }

    #[test]
    fn an_upper_layer_adds_and_replaces_rules() {
        let rule = |id: &str, verb: &str| {
            format!("[[rules]]\nid = '{id}'\nverbs = ['{verb}']\ncodes = ['a']\nignores = ['b']\n")
        };
        let below = format!("{HEAD}{}{}", rule("one", "raid"), rule("two", "loot"));
        let above = format!(
            "id = 'raid'\nlabel = 'Foray'\n{}{}",
            rule("two", "rob"),
            rule("three", "sack")
        );
        let lower: &[(&str, &[u8])] = &[MANIFEST, ("raid.toml", below.as_bytes())];
        let mine: (&str, &[u8]) =
            ("codebook.toml", b"name = 'mine'\nversion = '2'\nlicence = 'own'");
        let upper: &[(&str, &[u8])] = &[mine, ("more.toml", above.as_bytes())];
        let codebook = Codebook::layered(&[lower, upper]).unwrap();
        assert_eq!(codebook.name(), "n-1+mine-2");
        assert_eq!(codebook.types()[0].label, "Foray");
        let rules: Vec<(&str, &str)> =
            codebook.rules().iter().map(|r| (r.id.as_str(), r.triggers[0].as_str())).collect();
        assert_eq!(rules, [("raid/one", "raid"), ("raid/two", "rob"), ("raid/three", "sack")]);
        assert_ne!(codebook.fingerprint(), Codebook::compile(lower).unwrap().fingerprint());
        let twice = format!("{HEAD}{}{}", rule("one", "raid"), rule("one", "loot"));
        assert!(refused(twice.as_bytes()).contains("line 11: rule one is defined twice"));
    }

    #[test]
    fn the_shipped_codebook_compiles() {
        let codebook = Codebook::shipped().unwrap();
        assert!(codebook.types().len() >= 60 && codebook.rules().len() >= 150);
        assert!(codebook.rules_by_type().values().all(|rules| !rules.is_empty()));
        let thin = codebook.rules().iter().filter(|r| r.codes.len() < 2 || r.ignores.len() < 2);
        let thin: Vec<&RuleId> = thin.map(|rule| &rule.id).collect();
        assert!(thin.is_empty(), "{thin:?}");
    }

    #[test]
    fn the_longest_trigger_comes_first() {
        let rule = "id = 'verb'\nverbs = ['raid', 'raid again']\ncodes = ['a']\nignores = ['b']";
        let codebook = with_rule(rule).unwrap();
        let found = codebook.triggers(&["they", "raided", "again"]);
        let trigger =
            |words: usize| Trigger { rule: 0, tokens: 1..1 + words, words, form: Form::Participle };
        assert_eq!(found, [trigger(2), trigger(1)]);
    }

    #[test]
    fn a_trigger_may_have_a_gap() {
        let rule = "id = 'verb'\nverbs = ['take ... hostage']\ncodes = ['a']\nignores = ['b']";
        let codebook = with_rule(rule).unwrap();
        let found = codebook.triggers(&["they", "took", "two", "men", "hostage"]);
        assert_eq!(found, [Trigger { rule: 0, tokens: 1..2, words: 2, form: Form::Past }]);
        assert!(codebook.triggers(&["took", "it", ",", "a", "hostage"]).is_empty());
    }
}
