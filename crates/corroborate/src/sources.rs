//! Outlets, agencies, monitors and other sources as data: names, hosts, kinds, owners, sides.

use std::collections::BTreeMap;

use averment_types::{ActorId, CountryCode};
use serde::{Deserialize, Serialize};

use crate::error::{CorroborateError, read};
use crate::words::fold;

/// The shipped files.
const SHIPPED: [(&str, &str); 4] = [
    ("data/sources/agencies.toml", include_str!("../../../data/sources/agencies.toml")),
    ("data/sources/outlets.toml", include_str!("../../../data/sources/outlets.toml")),
    ("data/sources/monitors.toml", include_str!("../../../data/sources/monitors.toml")),
    ("data/sources/parties.toml", include_str!("../../../data/sources/parties.toml")),
];

/// The longest name, in words, that is looked for inside a longer phrase.
const LONGEST: usize = 8;

/// What a source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SourceKind {
    /// A news agency, whose texts others print.
    Agency,
    /// A newspaper.
    Newspaper,
    /// A radio or television station.
    Broadcaster,
    /// A site.
    Site,
    /// An organisation that counts or observes.
    Monitor,
    /// A human rights organisation.
    Rights,
    /// Aid and health workers.
    Aid,
    /// Researchers.
    Research,
    /// An international organisation.
    International,
    /// An organ of a state or of those who rule.
    Official,
    /// A medium of an armed group.
    PartyMedia,
}

/// A source.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Its id; that of the actor of the registry where there is one.
    pub id: String,
    /// Its usual name.
    pub name: String,
    /// Other names.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Names that mean it only when they stand alone: "Observatory".
    #[serde(default)]
    pub alone: Vec<String>,
    /// The hosts of its addresses, without `www.`.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// What it is.
    pub kind: SourceKind,
    /// Its country.
    pub country: Option<CountryCode>,
    /// Who owns or controls it, in a few words.
    pub owner: Option<String>,
    /// Whether a state owns it and directs or may direct it.
    #[serde(default)]
    pub state: bool,
    /// The actor whose word it carries, where that actor fights or may fight.
    pub party: Option<ActorId>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    source: Vec<Source>,
}

/// All sources, by id, name and host.
///
/// ```
/// use averment_corroborate::Sources;
/// let sources = Sources::shipped()?;
/// let found = sources.named("Sahara Media").map(|source| source.id.as_str());
/// assert_eq!(found, Some("sahara-media"));
/// assert_eq!(sources.at_host("fr.reuters.com").map(|s| s.name.as_str()), Some("Reuters"));
/// # Ok::<(), averment_corroborate::CorroborateError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Sources {
    all: BTreeMap<String, Source>,
    /// Names with their capitals.
    exact: BTreeMap<String, String>,
    /// Names folded.
    folded: BTreeMap<String, String>,
    hosts: BTreeMap<String, String>,
}

impl Sources {
    /// The sources that come with the program.
    ///
    /// # Errors
    /// Never for a released program: a test reads the same files.
    pub fn shipped() -> Result<Self, CorroborateError> {
        Self::parse(&SHIPPED)
    }

    /// Reads and checks files of sources, each with its name. A later source of the same id takes the place of an
    /// earlier one.
    ///
    /// # Errors
    /// [`CorroborateError`] for the first thing that is wrong.
    pub fn parse(files: &[(&str, &str)]) -> Result<Self, CorroborateError> {
        let mut all = BTreeMap::new();
        for (name, text) in files {
            for source in read::<File>(name, text)?.source {
                check(name, &source)?;
                all.insert(source.id.clone(), source);
            }
        }
        let (mut exact, mut folded) = (BTreeMap::new(), BTreeMap::new());
        let mut hosts = BTreeMap::new();
        for source in all.values() {
            for name in source.aliases.iter().chain([&source.name]) {
                exact.entry(any_ascii::any_ascii(name)).or_insert_with(|| source.id.clone());
                folded.entry(fold(name)).or_insert_with(|| source.id.clone());
            }
            for name in &source.alone {
                folded.entry(fold(name)).or_insert_with(|| source.id.clone());
            }
            for host in &source.hosts {
                hosts.insert(host.clone(), source.id.clone());
            }
        }
        Ok(Self { all, exact, folded, hosts })
    }

    /// The source with this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Source> {
        self.all.get(id)
    }

    /// All sources, by id.
    pub fn iter(&self) -> impl Iterator<Item = &Source> {
        self.all.values()
    }

    /// The source that `name` is, whatever its capitals.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&Source> {
        let folded = fold(name.trim());
        let bare = folded.strip_prefix("the ").unwrap_or(&folded);
        let id = self.folded.get(&folded).or_else(|| self.folded.get(bare))?;
        self.all.get(id)
    }

    /// The source whose name stands, with its capitals, in the phrase; the longest name wins, then the first.
    #[must_use]
    pub fn within(&self, phrase: &str) -> Option<&Source> {
        let plain = any_ascii::any_ascii(phrase);
        let edge = |c: char| !c.is_alphanumeric();
        let words: Vec<&str> = plain
            .split_whitespace()
            .map(|w| w.trim_matches(edge))
            .filter(|w| !w.is_empty())
            .collect();
        let lengths = (1..=LONGEST.min(words.len())).rev();
        let id =
            lengths.flat_map(|n| words.windows(n)).find_map(|w| self.exact.get(&w.join(" ")))?;
        self.all.get(id)
    }

    /// The source that publishes at this host, or at a part of it.
    #[must_use]
    pub fn at_host(&self, host: &str) -> Option<&Source> {
        let mut rest = Some(host);
        std::iter::from_fn(|| {
            let here = rest?;
            rest = here.split_once('.').map(|(_, parent)| parent);
            Some(here)
        })
        .find_map(|host| self.hosts.get(host))
        .and_then(|id| self.all.get(id))
    }
}

fn check(file: &str, source: &Source) -> Result<(), CorroborateError> {
    let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if source.id.is_empty() || !source.id.chars().all(letters) {
        return Err(CorroborateError::Invalid {
            file: file.to_owned(),
            what: format!("the id {:?}", source.id),
            expected: "lower-case letters, digits and hyphens".to_owned(),
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_sources_are_many_and_say_whose_side_they_are_on() {
        let sources = Sources::shipped().unwrap();
        assert!(sources.iter().count() >= 150);
        let naba = sources.get("al-naba").unwrap();
        assert_eq!(naba.party.as_ref().map(ActorId::as_str), Some("islamic-state"));
    }

    #[test]
    fn names_are_found_whole_within_and_by_host() {
        let sources = Sources::shipped().unwrap();
        let id = |source: Option<&Source>| source.map(|s| s.id.clone());
        assert_eq!(id(sources.named("the guardian")), Some("guardian".into()));
        assert_eq!(id(sources.within("a spokesman told AFP")), Some("afp".into()));
        assert_eq!(id(sources.within("the whole nation and who it is")), None);
        assert_eq!(id(sources.within("The BBC Monitoring service")), Some("bbc-monitoring".into()));
        assert_eq!(id(sources.at_host("syriahr.com")), Some("sohr".into()));
        assert_eq!(id(sources.at_host("example.org")), None);
    }

    #[test]
    fn a_wrong_file_says_what_is_wrong() {
        let error = Sources::parse(&[(
            "x.toml",
            "[[source]]\nid = \"A B\"\nname = \"x\"\nkind = \"site\"",
        )]);
        assert!(error.unwrap_err().to_string().contains("lower-case"));
        assert!(Sources::parse(&[("x.toml", "[[source]]\nidd = 1")]).is_err());
    }
}
