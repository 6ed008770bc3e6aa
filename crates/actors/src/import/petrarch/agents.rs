//! Agents: nouns for people without a name, with the code that they add to an actor's.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use averment_types::ActorKind;

use crate::Registry;
use crate::import::cameo::{self, Role};
use crate::import::entry::{field, kind, list};
use crate::import::known::Known;
use crate::import::{Fault, MOST};

/// Phrases that one line with sets may stand for.
const MOST_FORMS: usize = 200;

#[derive(Debug)]
struct Class {
    kind: ActorKind,
    singular: Vec<String>,
    plural: Vec<String>,
}

/// The phrases of all files by class.
#[derive(Debug)]
pub(super) struct Agents<'r> {
    known: Known<'r>,
    sets: HashMap<String, Vec<String>>,
    classes: BTreeMap<&'static str, Class>,
    made: usize,
    left: usize,
}

/// How many phrases were taken, and how many the registry knows or has no class for.
pub(super) struct Count {
    pub(super) made: usize,
    pub(super) left: usize,
}

impl<'r> Agents<'r> {
    pub(super) fn new(registry: &'r Registry) -> Self {
        Self {
            known: Known(registry),
            sets: HashMap::new(),
            classes: BTreeMap::new(),
            made: 0,
            left: 0,
        }
    }

    pub(super) fn add(&mut self, line: &str) -> Result<(), Fault> {
        if let Some((name, members)) = set(line) {
            let members = members.split(',').map(|m| m.trim().to_owned()).filter(|m| !m.is_empty());
            self.sets.insert(name.to_owned(), members.take(MOST_FORMS).collect());
            return Ok(());
        }
        let (before, rest) = line.split_once('[').ok_or(Fault::AgentCode)?;
        let code = rest.split(']').next().filter(|_| rest.contains(']')).ok_or(Fault::OpenCode)?;
        let code = code.trim();
        let bare =
            code.strip_prefix('~').or_else(|| code.strip_suffix('~')).ok_or(Fault::AgentCode)?;
        let bare = bare.trim();
        if bare.is_empty() || !bare.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Err(Fault::Code);
        }
        let (phrase, given) = match before.split_once('{') {
            Some((phrase, given)) => {
                (phrase, Some(given.split('}').next().unwrap_or_default().trim()))
            }
            None => (before, None),
        };
        let Some(role) = cameo::read(&format!("   {bare}")).role else {
            self.left += 1;
            return Ok(());
        };
        let sets = phrase.contains('!');
        for form in self.forms(phrase)? {
            let plural = match given {
                Some("") => None,
                Some(plural) => Some(words(plural)),
                None => (!sets).then(|| plural_of(&form)),
            };
            self.take(&form, plural, role);
        }
        Ok(())
    }

    /// The phrase with each set's members in its place.
    fn forms(&self, phrase: &str) -> Result<Vec<String>, Fault> {
        let mut forms = vec![String::new()];
        for (at, part) in phrase.split('!').enumerate() {
            if at % 2 == 0 {
                for form in &mut forms {
                    form.push_str(part);
                }
                continue;
            }
            let members = self.sets.get(part).ok_or(Fault::NoSet)?;
            let longer =
                forms.iter().flat_map(|form| members.iter().map(move |m| format!("{form}{m}")));
            forms = longer.take(MOST_FORMS).collect();
        }
        let forms: Vec<String> = forms.iter().map(|form| words(form)).collect();
        let lettered = forms.iter().all(|form| form.chars().any(char::is_alphanumeric));
        if lettered { Ok(forms) } else { Err(Fault::NoLetters) }
    }

    fn take(&mut self, form: &str, plural: Option<String>, role: Role) {
        if self.known.is_word(form) || self.made >= MOST {
            self.left += 1;
            return;
        }
        let class = self.classes.entry(role.class).or_insert_with(|| Class {
            kind: role.kind,
            singular: Vec::new(),
            plural: Vec::new(),
        });
        self.made += 1;
        if form.ends_with("men") || form.ends_with('s') && !form.ends_with("ss") {
            class.plural.push(form.to_owned());
        } else {
            class.singular.push(form.to_owned());
            class.plural.extend(plural.filter(|p| !self.known.is_word(p)));
        }
    }

    pub(super) fn finish(self, out: &mut String) -> Count {
        for (id, mut class) in self.classes {
            let shipped = self.known.0.heads.iter().find(|head| head.id == id);
            let named = id.replace('-', " ");
            out.push_str("\n[[head]]\n");
            field(out, "id", id);
            field(out, "name", shipped.map_or(named.as_str(), |head| head.name.as_str()));
            field(out, "kind", &kind(shipped.map_or(class.kind, |head| head.kind)));
            for (key, words) in [("singular", &mut class.singular), ("plural", &mut class.plural)] {
                words.sort_unstable();
                words.dedup();
                list(out, key, words.iter().map(String::as_str));
            }
            _ = writeln!(out);
        }
        Count { made: self.made, left: self.left }
    }
}

/// `!SET! = A, B`.
fn set(line: &str) -> Option<(&str, &str)> {
    let (name, members) = line.strip_prefix('!')?.split_once('=')?;
    let name = name.trim().strip_suffix('!')?;
    (!members.contains('[')).then_some((name, members))
}

fn words(phrase: &str) -> String {
    let words: Vec<&str> =
        phrase.split(|c: char| c == '_' || c.is_whitespace()).filter(|w| !w.is_empty()).collect();
    words.join(" ").to_lowercase()
}

fn plural_of(word: &str) -> String {
    let vowel_before_y = ["ay", "ey", "oy", "uy"].iter().any(|end| word.ends_with(end));
    if let Some(stem) = word.strip_suffix('y').filter(|_| !vowel_before_y) {
        format!("{stem}ies")
    } else if let Some(stem) = word.strip_suffix("man").filter(|stem| !stem.ends_with("hu")) {
        format!("{stem}men")
    } else if ["s", "x", "ch", "sh"].iter().any(|end| word.ends_with(end)) {
        format!("{word}es")
    } else {
        format!("{word}s")
    }
}
