//! `[[more]]`: names and ties that a file adds to an actor of another file.

use std::collections::BTreeMap;

use averment_types::ActorId;
use serde::Deserialize;
use toml::Spanned;

use crate::file::{Names, Pointer, RawParent, Source};
use crate::{Actor, ActorsError, Alias, ParentLink};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawMore {
    id: Spanned<String>,
    #[serde(default)]
    aliases: Vec<Spanned<String>>,
    #[serde(default)]
    acronyms: Vec<Spanned<String>>,
    #[serde(default)]
    weak: Vec<Spanned<String>>,
    #[serde(default)]
    names: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
    #[serde(default)]
    parents: Vec<RawParent>,
    #[serde(default)]
    allies: Vec<Spanned<String>>,
    #[serde(default)]
    rivals: Vec<Spanned<String>>,
    #[serde(default)]
    note: String,
}

/// What is added to an actor.
#[derive(Debug)]
pub(crate) struct More {
    pub(crate) id: ActorId,
    aliases: Vec<Alias>,
    parents: Vec<ParentLink>,
    allies: Vec<ActorId>,
    rivals: Vec<ActorId>,
    note: String,
}

impl Source<'_> {
    /// Checks one entry; its id must be an actor's, as those of its ties.
    pub(crate) fn more(
        self,
        raw: RawMore,
        pointers: &mut Vec<Pointer>,
    ) -> Result<More, ActorsError> {
        let aliases = self.aliases(&Names {
            aliases: &raw.aliases,
            acronyms: &raw.acronyms,
            weak: &raw.weak,
            foreign: &raw.names,
        })?;
        self.point(std::slice::from_ref(&raw.id), pointers);
        Ok(More {
            id: ActorId::new(raw.id.get_ref()),
            aliases,
            parents: self.parents(raw.id.get_ref(), raw.parents, pointers)?,
            allies: self.point(&raw.allies, pointers),
            rivals: self.point(&raw.rivals, pointers),
            note: raw.note,
        })
    }
}

impl More {
    /// Adds it; names and ties that the actor has already stay as they are.
    pub(crate) fn add_to(self, actor: &mut Actor) {
        let known = |alias: &Alias| actor.aliases.iter().any(|a| a.text == alias.text);
        let new: Vec<Alias> = self.aliases.into_iter().filter(|alias| !known(alias)).collect();
        actor.aliases.extend(new);
        for link in self.parents {
            if !actor.parents.contains(&link) {
                actor.parents.push(link);
            }
        }
        for (mine, all) in [(self.allies, &mut actor.allies), (self.rivals, &mut actor.rivals)] {
            for id in mine {
                if id != self.id && !all.contains(&id) {
                    all.push(id);
                }
            }
        }
        if !self.note.is_empty() {
            let gap = if actor.note.is_empty() { "" } else { " " };
            actor.note = format!("{}{gap}{}", actor.note, self.note);
        }
    }
}
