//! Parsed files to a codebook that finds its trigger words.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use averment_types::{
    AcledProjection, CasualtyKind, ClaimKind, Digest, Modality, PloverProjection, Projections,
    RoleKind, RuleId, TypeId,
};
use serde::de::DeserializeOwned;
use toml::Spanned;

use crate::parse::{Manifest, ProjectionTable, RuleTable, TypeFile, file, line_of};
use crate::{CodebookError, Function, inflect};

/// The form in which a trigger word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// A noun or noun phrase.
    Noun,
    /// A verb's base form: "kill".
    Base,
    /// Third person: "kills".
    Present,
    /// Past tense, where it differs from the participle: "shot" does not, "overran" does.
    Past,
    /// Past participle, and past tense where they are one: "killed".
    Participle,
    /// "killing".
    Gerund,
    /// A fixed phrase that is not inflected: "under the control of".
    Phrase,
}

/// A type of the ontology.
#[derive(Debug, Clone)]
pub struct EventType {
    /// Its id.
    pub id: TypeId,
    /// Event, relation, status or count.
    pub kind: ClaimKind,
    /// Its name for people.
    pub label: String,
    /// What it is.
    pub definition: String,
    /// What is coded as it.
    pub include: Vec<String>,
    /// What is not.
    pub exclude: Vec<String>,
    /// What happens to the people in its target or victim role, where that is countable.
    pub casualty: Option<CasualtyKind>,
    /// Whether it is an act of organised violence.
    pub violent: bool,
    /// Whether UCDP would count it; the type of violence then follows from the actors.
    pub ucdp: bool,
    /// The same in other codebooks.
    pub projections: Projections,
}

/// A coding rule.
#[derive(Debug, Clone)]
pub struct Rule {
    /// `type/rule`.
    pub id: RuleId,
    /// Index of its type in [`Codebook::types`].
    pub type_index: usize,
    /// For each role, the functions that fill it, the preferred first.
    pub slots: Vec<(RoleKind, Vec<Function>)>,
    /// Roles without which the rule does not code; a role named twice needs two fillers.
    pub requires: Vec<RoleKind>,
    /// For a role, the words of which one must stand in its filler; `@place` and `@person` stand for any.
    pub words: Vec<(RoleKind, Vec<String>)>,
    /// Whether only linked or recognised actors fill its roles.
    pub only_actors: bool,
    /// Modalities in which alone it codes; empty: in all.
    pub modalities: Vec<Modality>,
    /// Sentences that it codes.
    pub codes: Vec<String>,
    /// Sentences that it must ignore.
    pub ignores: Vec<String>,
}

/// Trigger words of a rule, found in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trigger {
    /// Index of the rule in [`Codebook::rules`].
    pub rule: usize,
    /// The words, as indices into the sentence's tokens.
    pub tokens: Range<usize>,
    /// Their form.
    pub form: Form,
}

struct Pattern {
    words: Vec<Box<str>>,
    /// `None` for words that look like a trigger and are none: "heart attack".
    rule: Option<usize>,
    form: Form,
}

impl Pattern {
    fn stands_at(&self, words: &[&str], at: usize) -> bool {
        let there = words.get(at..at + self.words.len()).unwrap_or_default();
        there.len() == self.words.len() && there.iter().zip(&self.words).all(|(a, b)| **a == **b)
    }
}

/// A compiled codebook.
pub struct Codebook {
    name: String,
    fingerprint: Digest,
    types: Vec<EventType>,
    rules: Vec<Rule>,
    patterns: HashMap<Box<str>, Vec<Pattern>>,
}

impl Codebook {
    /// Compiles a codebook from its files, each given as name and contents; `codebook.toml` is the
    /// manifest, every other file one type.
    ///
    /// # Errors
    /// The first thing wrong, with file and line.
    pub fn compile(files: &[(&str, &str)]) -> Result<Self, CodebookError> {
        let manifest = files.iter().find(|(name, _)| *name == "codebook.toml");
        let (name, text) = manifest.ok_or(CodebookError::NoManifest)?;
        let manifest: Manifest = file(name, text)?;
        let contents: Vec<&[u8]> = files.iter().map(|(_, text)| text.as_bytes()).collect();
        let mut codebook = Self {
            name: format!("{}-{}", manifest.name, manifest.version),
            fingerprint: Digest::of(&contents),
            types: Vec::new(),
            rules: Vec::new(),
            patterns: HashMap::new(),
        };
        for (name, text) in files.iter().filter(|(name, _)| *name != "codebook.toml") {
            codebook.add_type(&Source { file: name, text }, file(name, text)?)?;
        }
        Ok(codebook)
    }

    /// Name and version, as claims carry it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// A digest of the files: any change of any of them gives another one.
    #[must_use]
    pub const fn fingerprint(&self) -> Digest {
        self.fingerprint
    }

    /// The types, in order of their files.
    #[must_use]
    pub fn types(&self) -> &[EventType] {
        &self.types
    }

    /// The rules, in order of their files.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The triggers in a sentence of lower-case `words`, from left to right; of several at one place the
    /// longest, and of equal ones all.
    #[must_use]
    pub fn triggers(&self, words: &[&str]) -> Vec<Trigger> {
        let mut found: Vec<Trigger> = Vec::new();
        let mut covered = 0;
        for (at, word) in
            words.iter().enumerate().filter(|(_, word)| self.patterns.contains_key(**word))
        {
            let here: Vec<&Pattern> = self
                .patterns
                .get(*word)
                .into_iter()
                .flatten()
                .filter(|p| p.stands_at(words, at))
                .collect();
            let longest = here.iter().map(|p| p.words.len()).max().unwrap_or(0);
            if at < covered {
                continue;
            }
            let longest_ones = here.iter().filter(|p| p.words.len() == longest);
            let excluded = here.iter().any(|p| p.words.len() == longest && p.rule.is_none());
            let triggers = longest_ones.filter_map(|p| {
                Some(Trigger { rule: p.rule?, tokens: at..at + longest, form: p.form })
            });
            found.extend(triggers.filter(|_| !excluded));
            covered = at + longest;
        }
        found
    }

    fn add_type(&mut self, source: &Source<'_>, parsed: TypeFile) -> Result<(), CodebookError> {
        let id = parsed.id.get_ref();
        if self.types.iter().any(|t| t.id.as_str() == id) {
            return Err(source.error(&parsed.id, "type", "is defined twice; give it another id"));
        }
        let kind =
            source.term(&parsed.kind, "kind", "is none of event, relation, status, count")?;
        let casualty = parsed.casualty.as_ref().map(|word| {
            source.term(
                word,
                "casualty",
                "is none of killed, injured, missing, abducted, displaced, arrested",
            )
        });
        let ucdp = parsed.projections.ucdp;
        self.types.push(EventType {
            id: TypeId::new(id),
            kind,
            label: parsed.label,
            definition: parsed.definition,
            include: parsed.include,
            exclude: parsed.exclude,
            casualty: casualty.transpose()?,
            violent: parsed.violent,
            ucdp,
            projections: projections(parsed.projections),
        });
        for rule in parsed.rules {
            self.add_rule(source, id, rule)?;
        }
        Ok(())
    }

    fn add_rule(
        &mut self,
        source: &Source<'_>,
        type_id: &str,
        rule: RuleTable,
    ) -> Result<(), CodebookError> {
        if rule.codes.is_empty() || rule.ignores.is_empty() {
            return Err(source.error(
                &rule.id,
                "rule",
                "needs sentences that it codes and sentences that it ignores",
            ));
        }
        if rule.verbs.is_empty() && rule.nouns.is_empty() && rule.phrases.is_empty() {
            return Err(source.error(
                &rule.id,
                "rule",
                "has no trigger; give it verbs, nouns or phrases",
            ));
        }
        let index = self.rules.len();
        self.add_patterns(index, &rule);
        let mut slots = Vec::new();
        for (role, functions) in &rule.slots {
            slots.push((source.role(role)?, source.functions(functions)?));
        }
        let mut words = Vec::new();
        for (role, list) in rule.words {
            words.push((source.role(&role)?, list));
        }
        let requires =
            rule.requires.iter().map(|role| source.role(role)).collect::<Result<_, _>>()?;
        let modalities = rule.modalities.iter().map(|word| {
            term(word).ok_or_else(|| {
                source.error(&rule.id, "rule", "names a modality that does not exist")
            })
        });
        self.rules.push(Rule {
            id: RuleId::new(&format!("{type_id}/{}", rule.id.get_ref())),
            type_index: self.types.len() - 1,
            slots,
            requires,
            words,
            only_actors: rule.only_actors,
            modalities: modalities.collect::<Result<_, _>>()?,
            codes: rule.codes,
            ignores: rule.ignores,
        });
        Ok(())
    }
}

impl Codebook {
    fn add_patterns(&mut self, index: usize, rule: &RuleTable) {
        let verbs = rule.verbs.iter().flat_map(|lemma| inflect::verb(lemma));
        let nouns = rule.nouns.iter().flat_map(|lemma| inflect::noun(lemma));
        let phrases = rule.phrases.iter().map(|phrase| (phrase.clone(), Form::Phrase));
        let coding =
            verbs.chain(nouns).chain(phrases).map(|(text, form)| (text, form, Some(index)));
        let excludes = rule.excludes.iter().flat_map(|lemma| inflect::noun(lemma));
        for (text, form, rule) in coding.chain(excludes.map(|(text, form)| (text, form, None))) {
            let words: Vec<Box<str>> = text.split_whitespace().map(Box::from).collect();
            if let Some(first) = words.first() {
                self.patterns.entry(first.clone()).or_default().push(Pattern { words, rule, form });
            }
        }
    }
}

/// Reads one of a closed set of terms by its name in JSON.
fn term<T: DeserializeOwned>(word: &str) -> Option<T> {
    T::deserialize(serde::de::value::StrDeserializer::<serde::de::value::Error>::new(word)).ok()
}

fn projections(table: ProjectionTable) -> Projections {
    Projections {
        plover: table.plover.map(|p| PloverProjection {
            event_type: p.event_type,
            mode: p.mode,
            contexts: p.contexts,
        }),
        cameo: table.cameo,
        acled: table.acled.map(|a| AcledProjection {
            event_type: a.event_type,
            sub_event_type: a.sub_event_type,
        }),
        ucdp: None,
    }
}

/// A file being compiled, for error messages.
struct Source<'a> {
    file: &'a str,
    text: &'a str,
}

impl Source<'_> {
    fn error(
        &self,
        at: &Spanned<String>,
        what: &'static str,
        expected: &'static str,
    ) -> CodebookError {
        let line = line_of(self.text, at.span().start);
        CodebookError::Rule {
            file: self.file.to_owned(),
            line,
            what,
            name: at.get_ref().clone(),
            expected,
        }
    }

    fn term<T: DeserializeOwned>(
        &self,
        word: &Spanned<String>,
        what: &'static str,
        expected: &'static str,
    ) -> Result<T, CodebookError> {
        term(word.get_ref()).ok_or_else(|| self.error(word, what, expected))
    }

    fn role(&self, role: &Spanned<String>) -> Result<RoleKind, CodebookError> {
        self.term(role, "role", "does not exist; see the list of roles in the codebook's README")
    }

    fn functions(&self, names: &[Spanned<String>]) -> Result<Vec<Function>, CodebookError> {
        let read = |name: &Spanned<String>| {
            let expected = "is no function; expected nsubj, obj, obl:PREP, nmod:PREP, nmod:poss, compound, light:nsubj, light:obj, appos or head";
            Function::parse(name.get_ref()).ok_or_else(|| self.error(name, "slot", expected))
        };
        names.iter().map(read).collect()
    }
}

/// Types by id: a type's rules, for reading a codebook aloud.
impl Codebook {
    /// The rules of each type, by the type's id.
    #[must_use]
    pub fn rules_by_type(&self) -> BTreeMap<&str, Vec<&Rule>> {
        let mut by_type: BTreeMap<&str, Vec<&Rule>> = BTreeMap::new();
        for rule in &self.rules {
            if let Some(event_type) = self.types.get(rule.type_index) {
                by_type.entry(event_type.id.as_str()).or_default().push(rule);
            }
        }
        by_type
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: (&str, &str) = ("codebook.toml", "name = 'n'\nversion = '1'\nlicence = 'own'");

    fn with_rule(rule: &str) -> Result<Codebook, CodebookError> {
        let text = format!(
            "id = 'raid'\nkind = 'event'\nlabel = 'Raid'\ndefinition = 'd'\n[[rules]]\n{rule}"
        );
        Codebook::compile(&[MANIFEST, ("raid.toml", &text)])
    }

    fn message(rule: &str) -> String {
        with_rule(rule).err().map(|e| e.to_string()).unwrap_or_default()
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
        let rule = "id = 'verb'\nverbs = ['raid']\ncodes = ['a']\nignores = ['b']\nslots = { victim = ['nsubjx'] }";
        assert!(
            message(rule).starts_with("raid.toml, line 10: slot nsubjx is no function"),
            "{}",
            message(rule)
        );
        assert!(
            message("id = 'verb'\nverb = ['raid']")
                .starts_with("failed to parse raid.toml, line 7")
        );
    }

    #[test]
    fn the_shipped_codebook_compiles() {
        let codebook = Codebook::shipped().unwrap();
        assert!(codebook.types().len() >= 25);
        assert!(codebook.rules_by_type().values().all(|rules| !rules.is_empty()));
    }

    #[test]
    fn the_longest_trigger_wins() {
        let rule = "id = 'verb'\nverbs = ['raid', 'raid again']\ncodes = ['a']\nignores = ['b']";
        let codebook = with_rule(rule).unwrap();
        let found = codebook.triggers(&["they", "raided", "again"]);
        assert_eq!(found, [Trigger { rule: 0, tokens: 1..3, form: Form::Participle }]);
    }
}
