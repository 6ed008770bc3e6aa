//! Names with codes, synonyms behind `+`.

use std::collections::HashMap;

use averment_types::{ActorKind, CountryCode};

use super::code::{Dated, blocks};
use crate::import::cameo::Role;
use crate::import::entry::{Entry, Link, Trust, slug};
use crate::import::known::Known;
use crate::import::{Fault, MOST, names};
use crate::{PartialDate, Registry, Tie};

/// Names and codes of one entry are held up to so many.
const MOST_EACH: usize = 1000;
const SOURCE: &str = "PETRARCH dictionary";

/// An entry as the lines give it.
#[derive(Debug, Default)]
struct Raw {
    names: Vec<String>,
    codes: Vec<Dated>,
}

/// What came of the entries.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) made: Vec<Entry>,
    pub(super) left: usize,
}

/// The entries of all files.
#[derive(Debug)]
pub(super) struct Actors<'r> {
    known: Known<'r>,
    raw: Vec<Raw>,
    by_name: HashMap<String, usize>,
    /// The entry that the last lines belong to.
    open: Option<usize>,
    /// Whether the open entry has brackets, faulty ones too.
    coded: bool,
    /// Whether the lines at hand belong to a name that could not be read.
    lost: bool,
}

impl<'r> Actors<'r> {
    pub(super) fn new(registry: &'r Registry) -> Self {
        Self {
            known: Known(registry),
            raw: Vec::new(),
            by_name: HashMap::new(),
            open: None,
            coded: false,
            lost: false,
        }
    }

    pub(super) fn add(&mut self, number: u64, line: &str) -> Vec<Fault> {
        let line = line.split(';').next().unwrap_or_default().trim();
        if line.is_empty() {
            return Vec::new();
        }
        let name = line.split('[').next().unwrap_or_default().trim();
        let mut before = Vec::new();
        if let Some(synonym) = name.strip_prefix('+') {
            let lost = self.lost;
            let Some(raw) = self.open.and_then(|at| self.raw.get_mut(at)) else {
                return Vec::from_iter((!lost).then_some(Fault::NoName));
            };
            match names::cased(synonym) {
                Some(name) if raw.names.len() < MOST_EACH => raw.names.push(name),
                Some(_) => return vec![Fault::Full(MOST_EACH)],
                None => return vec![Fault::NoLetters],
            }
        } else if !name.is_empty() {
            if self.open.is_some() && !self.coded {
                before.push(Fault::NoCode(number));
            }
            if let Err(fault) = self.begin(name) {
                self.lose();
                before.push(fault);
                return before;
            }
        }
        let (codes, faults) = blocks(line);
        before.extend(faults);
        if !line.contains('[') {
            return before;
        }
        let lost = self.lost;
        let Some(raw) = self.open.and_then(|at| self.raw.get_mut(at)) else {
            return Vec::from_iter((!lost).then_some(Fault::NoName));
        };
        self.coded = true;
        let room = MOST_EACH.saturating_sub(raw.codes.len());
        raw.codes.extend(codes.into_iter().take(room));
        before
    }

    fn begin(&mut self, name: &str) -> Result<(), Fault> {
        let name = names::cased(name).ok_or(Fault::NoLetters)?;
        if self.raw.len() >= MOST {
            return Err(Fault::Full(MOST));
        }
        let next = self.raw.len();
        let at = *self.by_name.entry(name.to_lowercase()).or_insert(next);
        if at == next {
            self.raw.push(Raw { names: vec![name], codes: Vec::new() });
        }
        (self.open, self.coded, self.lost) = (Some(at), false, false);
        Ok(())
    }

    /// What follows belongs to a name that could not be read.
    pub(super) const fn lose(&mut self) {
        (self.open, self.coded, self.lost) = (None, false, true);
    }

    pub(super) fn close(&mut self) -> Option<Fault> {
        let bare = self.open.is_some() && !self.coded;
        (self.open, self.coded, self.lost) = (None, false, false);
        bare.then_some(Fault::NoCode(0))
    }

    pub(super) fn finish(self) -> Made {
        let (mut made, mut left) = (Vec::new(), 0);
        let mut ids: HashMap<String, u32> = HashMap::new();
        for raw in &self.raw {
            match entry(self.known, raw) {
                Some(mut entry) => {
                    if !entry.more {
                        let count = ids.entry(entry.id.clone()).or_insert(0);
                        *count += 1;
                        if *count > 1 {
                            entry.id = format!("{}-{count}-", entry.id);
                            entry.id.pop();
                        }
                    }
                    made.push(entry);
                }
                None => left += 1,
            }
        }
        Made { made, left }
    }
}

/// The entry of the lines; `None` where it is a country or place, or is not to be coded.
fn entry(known: Known<'_>, raw: &Raw) -> Option<Entry> {
    let name = raw.names.first()?;
    let codes: Vec<&Dated> = raw.codes.iter().filter(|c| !c.null).collect();
    let main = codes.iter().find(|c| c.since.is_none() && c.until.is_none());
    let main = main.or_else(|| codes.iter().find(|c| c.meaning.role.is_some())).or(codes.first())?;
    let role = main.meaning.role.or_else(|| codes.iter().find_map(|c| c.meaning.role))?;
    if known.is_country(name) {
        return None;
    }
    let country = main.meaning.country.clone();
    let country = country.or_else(|| codes.iter().find_map(|c| c.meaning.country.clone()));
    let person = is_person(known, name, &codes);
    let kind = if person { ActorKind::Person } else { kind_of(role, &codes) };
    let names = raw.names.iter().map(String::as_str);
    let same = known.same_by_any(names, kind, country.as_ref());
    let id = same.map_or_else(|| slug("petrarch-", name), |actor| actor.id.to_string());
    let mut entry = Entry::new(id, name.clone(), kind, SOURCE);
    entry.more = same.is_some();
    entry.country = country;
    for name in &raw.names {
        call(known, &mut entry, name, person);
    }
    for code in &codes {
        say(&mut entry, code, person, role);
    }
    if !person && !codes.iter().any(|c| c.since.is_none() && c.until.is_none()) {
        (entry.founded, entry.dissolved) = lived(&codes);
    }
    (entry.is_named() || entry.more).then_some(entry)
}

/// Persons have offices with dates, or are of an elite, or begin with a given name; no noun of organisations
/// or things is in their names.
fn is_person(known: Known<'_>, name: &str, codes: &[&Dated]) -> bool {
    let words = name.split_whitespace().count();
    let office = |c: &&Dated| {
        let company = c.meaning.role.is_some_and(|r| {
            matches!(r.kind, ActorKind::Business | ActorKind::Ngo | ActorKind::ArmedGroup)
        });
        (c.since.is_some() || c.until.is_some()) && !company
    };
    let elite = |c: &&Dated| c.meaning.role.is_some_and(|r| r.elite);
    let begins = || known.begins_given(name) && words <= 4 && !name.contains(['(', ',', '/']);
    let bears = codes.iter().any(office) || codes.iter().any(elite);
    (bears && (2..=6).contains(&words) || begins()) && !known.is_no_person(known.untitled(name))
}

/// An elite that is no person is some political body.
fn kind_of(role: Role, codes: &[&Dated]) -> ActorKind {
    let other = codes.iter().filter_map(|c| c.meaning.role).find(|r| !r.elite);
    if role.elite { other.map_or(ActorKind::Political, |r| r.kind) } else { role.kind }
}

fn call(known: Known<'_>, entry: &mut Entry, name: &str, person: bool) {
    let (long, acronym) = names::parts(name);
    let long = if person { known.untitled(&long).to_owned() } else { long };
    if let Some(acronym) = acronym {
        let trust = names::trust(&acronym, person);
        entry.call(acronym, trust);
    }
    let Some(long) = names::tidy(&long) else { return };
    let taken = known.is_country(&long) || entry.more && known.actor(&long).is_some();
    if taken {
        return;
    }
    let long = long.strip_prefix("The ").unwrap_or(&long).to_owned();
    let trust = if known.is_weak(&long) { Trust::Weak } else { names::trust(&long, person) };
    entry.call(long, trust);
}

/// A code as a tie to the body that it names, or in the note.
fn say(entry: &mut Entry, code: &Dated, person: bool, main: Role) {
    let Some(role) = code.meaning.role else { return };
    let class = match role.kind {
        ActorKind::Government => Some("government"),
        ActorKind::Military => Some("military"),
        ActorKind::Police => Some("police"),
        ActorKind::SecurityForces => Some("security-forces"),
        _ => None,
    };
    let country: Option<&CountryCode> = code.meaning.country.as_ref();
    let same = !person && role == main && code.since.is_none() && code.until.is_none();
    if let (Some(class), Some(country)) = (class, country) {
        if !same {
            entry.tie(Link {
                id: format!("generic:{class}:{country}"),
                tie: if person { Tie::MemberOf } else { Tie::PartOf },
                since: code.since,
                until: code.until,
                reason: format!("PETRARCH code {}", code.code),
            });
        }
    } else if !role.elite && (person || !same) {
        let day = |word: &str, date: Option<PartialDate>| {
            date.map(|date| format!(" {word} {date}")).unwrap_or_default()
        };
        let (since, until) = (day("since", code.since), day("until", code.until));
        let said = format!("PETRARCH code {}{since}{until}", code.code);
        if entry.note.len() < 500 {
            entry.note(&said);
        }
    }
}

/// The first and last day of codes that all have dates; open where one is.
fn lived(codes: &[&Dated]) -> (Option<PartialDate>, Option<PartialDate>) {
    let since = codes.iter().map(|c| c.since).min_by_key(|d| d.map(PartialDate::first));
    let open = codes.iter().any(|c| c.until.is_none());
    let until = codes.iter().filter_map(|c| c.until).max_by_key(|d| d.last());
    (since.flatten(), until.filter(|_| !open))
}
