//! Names of actors: how many of UCDP's actors the registry links.
//!
//! Owns the measure over UCDP's actor list: each name of an actor stands in a sentence of ours with one of its places,
//! and the registry reads it. The list has no years; ids were given in order, those from 1,100 up since about 2011, so
//! these stand for actors of the last years.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use averment_actors::Registry;
use averment_types::TextRange;

use crate::EvalError;

/// Ids from here were given since about 2011.
const RECENT: u32 = 1100;
/// Columns of names, the first that links counts.
const NAMES: [&str; 5] =
    ["NameOrigFullEng", "NameData", "NewNameFullEng", "NewName", "NameOrigFull"];

/// What became of an actor's names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Link {
    /// The registry's actor of that id.
    Same,
    /// An actor without an id of UCDP.
    Unnumbered,
    /// An actor with another id.
    Other,
    /// A class, such as the government of a country.
    Class,
    /// None.
    Open,
}

/// The table and the names that are not linked.
#[derive(Debug)]
pub struct Actors {
    counts: BTreeMap<(bool, String, Link), usize>,
    /// Actors without a link, one a line, for a look.
    pub errors: String,
}

/// Reads every actor of the list in the folder `corpora`.
///
/// # Errors
/// When the list cannot be read, or the registry.
pub fn run(corpora: &Path) -> Result<Actors, EvalError> {
    let path = corpora.join("actor-dictionaries/ucdp-actor-221.csv");
    let shown = || path.display().to_string();
    let malformed = |met: String| EvalError::Malformed { path: shown(), met };
    let text = std::fs::read_to_string(&path)
        .map_err(|source| EvalError::Read { path: shown(), source })?;
    let registry = Registry::shipped().map_err(|error| malformed(error.to_string()))?;
    let mut rows = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let mut actors = Actors { counts: BTreeMap::new(), errors: String::new() };
    for row in rows.deserialize::<BTreeMap<String, String>>() {
        let row = row.map_err(|error| malformed(error.to_string()))?;
        let cell = |column: &str| row.get(column).map_or("", |cell| cell.trim());
        let id: u32 = cell("ActorId").parse().unwrap_or_default();
        let places = cell("Location");
        let names = NAMES.map(cell);
        let names = names.iter().filter(|name| !name.is_empty() && **name != "n/a");
        let links = names.map(|name| link(&registry, name, places, id));
        let best = links.min().unwrap_or(Link::Open);
        *actors.counts.entry((id >= RECENT, cell("Org").to_owned(), best)).or_default() += 1;
        if matches!(best, Link::Open | Link::Other) {
            // Writing to a string cannot fail.
            let _ = writeln!(
                actors.errors,
                "{best:?}\t{id}\torg {}\t{}\t{}\t{places}",
                cell("Org"),
                cell("NameData"),
                cell("NameOrigFullEng")
            );
        }
    }
    Ok(actors)
}

fn link(registry: &Registry, name: &str, places: &str, id: u32) -> Link {
    let place = places.split([',', '(']).next().unwrap_or_default().trim();
    let name = &name.replacen("Government of", "the government of", 1);
    let text = format!("Fighting between {name} and other armed men went on in {place}.");
    let Some(all) = TextRange::whole(&text) else { return Link::Open };
    let at = text.find(name).unwrap_or_default();
    let inside = |range: TextRange| range.start() >= at && range.end() <= at + name.len();
    let mentions = registry.read(&text, &[all], None);
    let mentions = mentions.iter().filter(|m| inside(m.head));
    let links = mentions.filter_map(|m| m.actor.as_ref()).map(|actor| {
        match registry.get(&actor.id).map(|a| a.ucdp.map(std::num::NonZeroU32::get)) {
            None => Link::Class,
            Some(None) => Link::Unnumbered,
            Some(Some(of)) if of == id => Link::Same,
            Some(Some(_)) => Link::Other,
        }
    });
    links.min().unwrap_or(Link::Open)
}

impl Actors {
    /// The table.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let mut out = String::from(
            "UCDP's actor list 22.1, each name read in a sentence that names its place. Ids from 1,100 up were given since about \
             2011; older groups that fight on have lower ones. Linked: by one of its names, to the actor with UCDP's id, to one \
             without an id, to one with another id (mostly a part to its whole), to a class (\u{201c}government of\u{201d}).\n\n\
             | ids | what | actors | same id | without id | another id | class | open |\n|---|---|---|---|---|---|---|---|\n",
        );
        for recent in [false, true] {
            for (org, what) in [
                ("1", "organised groups"),
                ("2", "supporters"),
                ("3", "communities"),
                ("4", "states"),
            ] {
                let count = |link: Link| {
                    self.counts.get(&(recent, org.to_owned(), link)).copied().unwrap_or_default()
                };
                let all =
                    [Link::Same, Link::Unnumbered, Link::Other, Link::Class, Link::Open].map(count);
                let [same, unnumbered, other, class, open] = all;
                let ids = if recent { "from 1,100" } else { "below 1,100" };
                let actors: usize = all.iter().sum();
                let _ = writeln!(
                    out,
                    "| {ids} | {what} | {actors} | {same} | {unnumbered} | {other} | {class} | {open} |"
                );
            }
        }
        out
    }
}
