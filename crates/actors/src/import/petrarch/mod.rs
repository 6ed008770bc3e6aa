//! PETRARCH's and TABARI's dictionaries: actors, agents, discards, a line at a time.
//!
//! What a code says becomes a kind, a country and dated ties to the classes of the registry: `[HTIGOV 910213-911011]`
//! is a tie to the government of Haiti for those months. An actor whose name the registry has already, with the same
//! country, gets the other names of the entry; a bare country or place is left to the program's own tables.

mod actors;
mod agents;
mod code;

use std::fmt::Write as _;

use self::actors::Actors;
use self::agents::Agents;
use super::entry;
use super::{Fault, Imported, MOST};
use crate::Registry;

/// What a dictionary holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Dictionary {
    /// Names with codes.
    Actors,
    /// Nouns with codes that are added to an actor's.
    Agents,
    /// Phrases that keep a sentence or story from being coded.
    Discards,
    /// Patterns of verbs: nothing for a registry of actors.
    Verbs,
    /// Issues: nothing for a registry of actors.
    Issues,
}

/// Lines that speak for each kind of dictionary.
#[derive(Debug, Default)]
struct Votes {
    actors: usize,
    agents: usize,
    discards: usize,
    verbs: usize,
    issues: usize,
}

/// An import of dictionaries: each file is first shown to [`Petrarch::look`] line by line, then read by
/// [`Petrarch::add`], then closed by [`Petrarch::close`].
///
/// ```
/// use averment_actors::{Petrarch, Registry};
/// let shipped = Registry::shipped()?;
/// let mut import = Petrarch::new(&shipped);
/// let lines = ["ARMY_OF_AMROTH_ [MLIREB]", "+AMROTH_SOLDIERS_"];
/// lines.iter().for_each(|line| import.look(line));
/// for (number, line) in (1..).zip(lines) {
///     assert_eq!(import.add(number, line), []);
/// }
/// import.close();
/// let own = import.finish().toml;
/// let registry = Registry::shipped_with(&[("own.toml", &own)])?;
/// assert!(registry.actors().any(|actor| actor.name == "Army of Amroth"));
/// # Ok::<(), averment_actors::ActorsError>(())
/// ```
#[derive(Debug)]
pub struct Petrarch<'r> {
    actors: Actors<'r>,
    agents: Agents<'r>,
    /// Phrases of sentences, of whole reports.
    discards: [Vec<String>; 2],
    votes: Votes,
    dictionary: Option<Dictionary>,
    /// Inside a comment of several lines.
    commented: bool,
}

impl<'r> Petrarch<'r> {
    /// An import beside `registry`, whose actors and words it knows.
    #[must_use]
    pub fn new(registry: &'r Registry) -> Self {
        Self {
            actors: Actors::new(registry),
            agents: Agents::new(registry),
            discards: [Vec::new(), Vec::new()],
            votes: Votes::default(),
            dictionary: None,
            commented: false,
        }
    }

    /// Learns from a line of the next file what dictionary it is.
    pub fn look(&mut self, line: &str) {
        let Some(line) = self.content(line) else { return };
        let votes = &mut self.votes;
        let bare = line.trim_start();
        if bare.starts_with("<ISSUE") || bare.starts_with("</ISSUE") {
            votes.issues += 1000;
        } else if bare.starts_with("---") || bare.starts_with('&') || bare.starts_with("- ") {
            votes.verbs += 3;
        } else if line.contains('~') && line.contains(['[', '{']) || bare.starts_with('!') {
            votes.agents += 1;
        } else if line.contains('[') {
            votes.actors += 1;
        } else {
            votes.discards += 1;
        }
    }

    /// What the lines looked at make the file.
    #[must_use]
    pub fn dictionary(&self) -> Dictionary {
        let votes = &self.votes;
        if votes.issues > 0 {
            Dictionary::Issues
        } else if votes.verbs > votes.actors && votes.verbs > votes.agents {
            Dictionary::Verbs
        } else if votes.agents > votes.actors {
            Dictionary::Agents
        } else if votes.actors > 0 {
            Dictionary::Actors
        } else {
            Dictionary::Discards
        }
    }

    /// Reads a line; what is wrong with it comes back, and the rest of it counts.
    pub fn add(&mut self, number: u64, line: &str) -> Vec<Fault> {
        let dictionary = self.dictionary.unwrap_or_else(|| {
            self.commented = false;
            self.dictionary()
        });
        self.dictionary = Some(dictionary);
        let Some(line) = self.content(line) else { return Vec::new() };
        match dictionary {
            Dictionary::Actors => self.actors.add(number, line),
            Dictionary::Agents => self.agents.add(line).err().into_iter().collect(),
            Dictionary::Discards => self.discard(line).err().into_iter().collect(),
            Dictionary::Verbs | Dictionary::Issues => Vec::new(),
        }
    }

    /// Passes over a line that is no text; synonyms and codes behind it go with it.
    pub const fn skip(&mut self) {
        self.actors.lose();
    }

    /// Ends a file; a last name without a code comes back.
    pub fn close(&mut self) -> Vec<Fault> {
        (self.votes, self.dictionary, self.commented) = (Votes::default(), None, false);
        self.actors.close().into_iter().collect()
    }

    /// A line without comments; `None` when nothing is left of it.
    fn content<'l>(&mut self, line: &'l str) -> Option<&'l str> {
        let line = line.trim();
        if self.commented || line.starts_with("<!") {
            self.commented = !line.contains("-->");
            return None;
        }
        let line = line.split('#').next().unwrap_or_default().trim();
        (!line.is_empty()).then_some(line)
    }

    fn discard(&mut self, line: &str) -> Result<(), Fault> {
        let report = line.strip_prefix('+');
        let phrase = report.unwrap_or(line).split(';').next().unwrap_or_default();
        let phrase = phrase.replace('_', " ").trim().to_lowercase();
        if !phrase.chars().any(char::is_alphanumeric) {
            return Err(Fault::NoLetters);
        }
        let [sentences, reports] = &mut self.discards;
        let list = if report.is_some() { reports } else { sentences };
        if list.len() >= MOST {
            return Err(Fault::Full(MOST));
        }
        list.push(phrase);
        Ok(())
    }

    /// The registry file that all this makes.
    #[must_use]
    pub fn finish(self) -> Imported {
        let mut toml =
            String::from("# Made of PETRARCH's dictionaries by `averment import petrarch`.\n");
        let [mut sentences, mut reports] = self.discards;
        let mut phrases = 0;
        if !(sentences.is_empty() && reports.is_empty()) {
            toml.push_str("\n[discards]\n");
        }
        for (key, list) in [("sentence", &mut sentences), ("report", &mut reports)] {
            list.sort_unstable();
            list.dedup();
            phrases += list.len();
            entry::list(&mut toml, key, list.iter().map(String::as_str));
        }
        let agents = self.agents.finish(&mut toml);
        let entries = self.actors.finish();
        for entry in &entries.made {
            entry.write(&mut toml);
        }
        _ = writeln!(toml);
        let known = entries.made.iter().filter(|e| e.more).count();
        Imported {
            toml,
            actors: entries.made.len() - known,
            known,
            phrases: phrases + agents.made,
            left: entries.left + agents.left,
        }
    }
}
