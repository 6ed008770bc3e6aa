//! UCDP's actor list: one row an actor, with native names, alliances and splits, without years.
//!
//! Columns are found by name. An actor that the registry has, by its UCDP id or by its name and country, gets the
//! list's other names; the others come beside it under `ucdp-ID`. `Org` says what kind an actor is: 1 formally organised,
//! 2 supporters of somebody, 3 a community, 4 a state.

use std::collections::{BTreeMap, HashMap};

use averment_types::{ActorKind, CountryCode};

use super::entry::{Entry, Link, Trust};
use super::known::Known;
use super::{Fault, Imported, MOST, names};
use crate::{Registry, Tie};

const SOURCE: &str = "UCDP Actor Dataset (Uppsala Conflict Data Program), CC BY 4.0";
/// Columns of names: short, native, English, and those after a change of name.
const NAMES: [&str; 7] = [
    "NameData",
    "NameOrig",
    "NameOrigFull",
    "NameOrigFullEng",
    "NewName",
    "NewNameFullMotherTongue",
    "NewNameFullEng",
];

/// An import of the list's rows.
#[derive(Debug)]
pub struct Ucdp<'r> {
    known: Known<'r>,
    columns: HashMap<String, usize>,
    numbered: HashMap<u32, &'r crate::Actor>,
    entries: BTreeMap<u32, (Entry, Ties)>,
}

/// Ids of other rows.
#[derive(Debug, Default)]
struct Ties {
    allies: Vec<u32>,
    joined: Vec<u32>,
}

/// A row's cells by column.
struct Row<'a> {
    columns: &'a HashMap<String, usize>,
    cells: &'a [&'a str],
}

impl<'r> Ucdp<'r> {
    /// An import beside `registry`, for a list with these columns.
    ///
    /// # Errors
    /// [`Fault::NoColumn`] where `ActorId` or `NameData` is missing.
    pub fn new(registry: &'r Registry, header: &[&str]) -> Result<Self, Fault> {
        let named =
            header.iter().map(|name| name.trim_start_matches('\u{feff}').trim().to_lowercase());
        let columns: HashMap<String, usize> = named.zip(0..).collect();
        for needed in ["ActorId", "NameData"] {
            if !columns.contains_key(&needed.to_lowercase()) {
                return Err(Fault::NoColumn(needed));
            }
        }
        let of = registry.actors().filter_map(|a| Some((a.ucdp?.get(), a)));
        Ok(Self {
            known: Known(registry),
            columns,
            numbered: of.collect(),
            entries: BTreeMap::new(),
        })
    }

    /// Takes a row; a later one of the same id adds to the first.
    ///
    /// # Errors
    /// [`Fault`] where the row names no actor.
    pub fn add(&mut self, cells: &[&str]) -> Result<(), Fault> {
        let row = Row { columns: &self.columns, cells };
        let id: u32 =
            row.cell("ActorId").parse().ok().filter(|n| *n > 0).ok_or(Fault::NoActorId)?;
        let all: Vec<String> = NAMES.iter().filter_map(|column| row.name(column)).collect();
        let first = all.first().cloned().ok_or(Fault::NoLetters)?;
        if self.entries.len() >= MOST {
            return Err(Fault::Full(MOST));
        }
        let places = self.places(row.cell("Location"));
        let kind = kind(row.cell("Org"));
        let state = (kind == ActorKind::Government).then(|| self.state(&first)).flatten();
        let country = state.clone().or_else(|| match places.as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        });
        let same = self.same(id, &all, kind, &places, state.as_ref());
        let mut ties = Ties { allies: row.ids("ActorIdAlliance"), joined: row.ids("ActorIdGroup") };
        let notes = row.notes();
        let own = || {
            let name = row.name("NameOrigFullEng").unwrap_or_else(|| first.clone());
            Entry::new(format!("ucdp-{id}"), name, kind, SOURCE)
        };
        let (entry, known) = self.entries.entry(id).or_insert_with(|| (own(), Ties::default()));
        if let Some(same) = same {
            entry.id = same.id.to_string();
            entry.more = true;
        } else {
            entry.ucdp = Some(id);
            entry.country = country;
            entry.active_in = if kind == ActorKind::Government { Vec::new() } else { places };
            entry.role = if state.is_some() { "government" } else { "" };
            for note in &notes {
                entry.note(note);
            }
        }
        for name in all {
            call(self.known, entry, &name);
        }
        known.allies.append(&mut ties.allies);
        known.joined.append(&mut ties.joined);
        Ok(())
    }

    /// The countries of a list of places, former names in brackets left aside.
    fn places(&self, cell: &str) -> Vec<CountryCode> {
        let mut out = Vec::new();
        for place in cell.split(", ") {
            let name = place.split('(').next().unwrap_or_default().trim();
            let code = self.known.country(name);
            out.extend(code.filter(|code| !out.contains(code)));
        }
        out
    }

    fn state(&self, name: &str) -> Option<CountryCode> {
        let name = name.strip_prefix("Government of ")?;
        let name = name.split('(').next().unwrap_or_default().trim();
        self.known.country(name.strip_prefix("the ").unwrap_or(name))
    }

    /// The actor of the registry that the row is, by id, as the government of a country, or by name.
    fn same(
        &self,
        id: u32,
        names: &[String],
        kind: ActorKind,
        places: &[CountryCode],
        state: Option<&CountryCode>,
    ) -> Option<&'r crate::Actor> {
        if let Some(actor) = self.numbered.get(&id) {
            return Some(actor);
        }
        if let Some(country) = state {
            return self.known.0.filling("government", country);
        }
        let free = |a: &&crate::Actor| a.ucdp.is_none();
        let mut found = names.iter().flat_map(|name| {
            let anywhere = places.is_empty().then(|| self.known.same(name, kind, None));
            let here = places.iter().map(|place| self.known.same(name, kind, Some(place)));
            anywhere.into_iter().chain(here).flatten().filter(free).collect::<Vec<_>>()
        });
        let first = found.next()?;
        found.all(|other| other.id == first.id).then_some(first)
    }

    /// The registry file that all rows make.
    #[must_use]
    pub fn finish(self) -> Imported {
        let mut toml =
            String::from("# Made of UCDP's actor list by `averment import ucdp-actors`.\n");
        let ids: BTreeMap<u32, String> =
            self.entries.iter().map(|(id, (entry, _))| (*id, entry.id.clone())).collect();
        let (mut actors, mut known, mut left) = (0, 0, 0);
        for (mut entry, ties) in self.entries.into_values() {
            for ally in ties.allies.iter().filter_map(|id| ids.get(id)) {
                if *ally != entry.id && !entry.allies.contains(ally) {
                    entry.allies.push(ally.clone());
                }
            }
            for group in ties.joined.iter().filter_map(|id| ids.get(id)) {
                if entry.more {
                    break;
                }
                let reason = "joined it, by UCDP's actor list, which does not say when";
                entry.tie(Link {
                    id: group.clone(),
                    tie: Tie::PartOf,
                    since: None,
                    until: None,
                    reason: reason.to_owned(),
                });
            }
            match (entry.more, entry.is_named()) {
                (true, _) => known += 1,
                (false, true) => actors += 1,
                (false, false) => left += 1,
            }
            if entry.more || entry.is_named() {
                entry.write(&mut toml);
            }
        }
        Imported { toml, actors, known, phrases: 0, left }
    }
}

impl<'a> Row<'a> {
    fn cell(&self, column: &str) -> &'a str {
        let at = self.columns.get(&column.to_lowercase());
        at.and_then(|at| self.cells.get(*at)).map_or("", |cell| cell.trim())
    }

    fn name(&self, column: &str) -> Option<String> {
        let name = names::tidy(self.cell(column))?;
        (!name.eq_ignore_ascii_case("n/a")).then_some(name)
    }

    fn ids(&self, column: &str) -> Vec<u32> {
        let ids = self.cell(column).split([',', ';']);
        ids.filter_map(|id| id.trim().parse().ok()).take(100).collect()
    }

    fn notes(&self) -> Vec<String> {
        let split = [("NamePrev", "split from"), ("NameSplitTemp", "for a time split from")];
        let split = split.into_iter().filter_map(|(column, says)| {
            self.name(column).map(|name| format!("{says} {name}, by UCDP's actor list"))
        });
        split.collect()
    }
}

fn kind(org: &str) -> ActorKind {
    match org {
        "1" => ActorKind::ArmedGroup,
        "2" => ActorKind::Political,
        "3" => ActorKind::Community,
        "4" => ActorKind::Government,
        _ => ActorKind::Other,
    }
}

/// Names of communities are also names of peoples and places: weak.
fn call(known: Known<'_>, entry: &mut Entry, name: &str) {
    let (long, acronym) = names::parts(name);
    for name in [Some(long), acronym].into_iter().flatten().filter_map(|name| names::tidy(&name)) {
        if known.is_country(&name) || entry.more && known.actor(&name).is_some() {
            continue;
        }
        let weak = entry.kind == ActorKind::Community || known.is_weak(&name);
        let trust = if weak { Trust::Weak } else { names::trust(&name, false) };
        entry.call(name, trust);
    }
}
