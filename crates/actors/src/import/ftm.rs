//! `FollowTheMoney` entities: persons, organisations, public bodies, and memberships between them.

use std::collections::{BTreeMap, HashMap};

use averment_types::{ActorKind, CountryCode};
use serde::Deserialize;
use serde_json::Value;

use super::entry::{Entry, Link, Trust, slug};
use super::known::Known;
use super::{Fault, Imported, MOST, names};
use crate::{PartialDate, Registry, Tie};

const SOURCE: &str = "FollowTheMoney entity";

/// An import of entities; fragments of one id are put together, as `FollowTheMoney` does.
///
/// ```
/// use averment_actors::{Ftm, Registry};
/// let shipped = Registry::shipped()?;
/// let mut import = Ftm::new(&shipped);
/// let entity = r#"{"id": "Q1", "schema": "Organization", "properties":
///     {"name": ["Army of Amroth"], "country": ["ml"], "topics": ["crime.terror"]}}"#;
/// assert_eq!(import.add(entity), Ok(true));
/// let own = import.finish().toml;
/// assert!(Registry::shipped_with(&[("own.toml", &own)]).is_ok());
/// # Ok::<(), averment_actors::ActorsError>(())
/// ```
#[derive(Debug)]
pub struct Ftm<'r> {
    known: Known<'r>,
    entries: BTreeMap<String, Entry>,
    ids: HashMap<String, u32>,
    members: Vec<Member>,
}

#[derive(Debug, Deserialize)]
struct Entity {
    id: String,
    schema: String,
    #[serde(default)]
    properties: BTreeMap<String, Value>,
}

/// A tie between two entities.
#[derive(Debug)]
struct Member {
    who: String,
    of: String,
    tie: Tie,
    since: Option<PartialDate>,
    until: Option<PartialDate>,
    role: String,
}

impl<'r> Ftm<'r> {
    /// An import beside `registry`.
    #[must_use]
    pub fn new(registry: &'r Registry) -> Self {
        Self {
            known: Known(registry),
            entries: BTreeMap::new(),
            ids: HashMap::new(),
            members: Vec::new(),
        }
    }

    /// Takes an entity as JSON; `false` where its schema is none of somebody.
    ///
    /// # Errors
    /// [`Fault`] where it is no entity, or has no name.
    pub fn add(&mut self, json: &str) -> Result<bool, Fault> {
        let entity: Entity = serde_json::from_str(json).map_err(|_| Fault::NoEntity)?;
        if self.entries.len() + self.members.len() >= MOST {
            return Err(Fault::Full(MOST));
        }
        if let Some(member) = entity.member() {
            self.members.push(member);
            return Ok(true);
        }
        let Some(kind) = entity.kind() else { return Ok(false) };
        self.actor(&entity, kind)?;
        Ok(true)
    }

    fn actor(&mut self, entity: &Entity, kind: ActorKind) -> Result<(), Fault> {
        let first = entity.texts("name").chain(entity.texts("alias")).find_map(names::tidy);
        let first = first.ok_or(Fault::NoLetters)?;
        let country = entity.country();
        let person = kind == ActorKind::Person;
        let same = self.known.same(&first, kind, country.as_ref());
        let id = slug("ftm-", &entity.id);
        let ids = &mut self.ids;
        let entry = self.entries.entry(entity.id.clone()).or_insert_with(|| {
            let count = ids.entry(id.clone()).or_insert(0);
            *count += 1;
            let id = if *count > 1 { format!("{id}-{count}") } else { id };
            let mut entry = Entry::new(id, first, kind, SOURCE);
            if let Some(actor) = same {
                (entry.id, entry.more) = (actor.id.to_string(), true);
            }
            entry
        });
        entry.country = entry.country.take().or(country);
        let born = if person {
            [None, entity.date("deathDate")]
        } else {
            [entity.date("incorporationDate"), entity.date("dissolutionDate")]
        };
        let [founded, dissolved] = born;
        entry.founded = entry.founded.or(founded);
        entry.dissolved = entry.dissolved.or(dissolved);
        if matches!((entry.founded, entry.dissolved), (Some(f), Some(d)) if d.last() < f.first()) {
            (entry.founded, entry.dissolved) = (None, None);
        }
        for (property, weak) in [
            ("name", false),
            ("alias", false),
            ("previousName", false),
            ("abbreviation", true),
            ("weakAlias", true),
        ] {
            for name in entity.texts(property).filter_map(names::tidy) {
                call(self.known, entry, &name, person, weak);
            }
        }
        for parent in entity.texts("parent") {
            let (who, of) = (entity.id.clone(), parent.to_owned());
            let tie = Tie::PartOf;
            self.members.push(Member {
                who,
                of,
                tie,
                since: None,
                until: None,
                role: String::new(),
            });
        }
        Ok(())
    }

    /// The registry file that all entities make.
    #[must_use]
    pub fn finish(mut self) -> Imported {
        for member in std::mem::take(&mut self.members) {
            let Some(of) = self.entries.get(&member.of).map(|e| e.id.clone()) else { continue };
            if let Some(entry) = self.entries.get_mut(&member.who) {
                entry.tie(Link {
                    id: of,
                    tie: member.tie,
                    since: member.since,
                    until: member.until,
                    reason: member.role,
                });
            }
        }
        let mut toml =
            String::from("# Made of FollowTheMoney entities by `averment import ftm`.\n");
        let (mut actors, mut known, mut left) = (0, 0, 0);
        for entry in self.entries.values() {
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

impl Entity {
    fn texts(&self, property: &str) -> impl Iterator<Item = &str> {
        let values = self.properties.get(property);
        let many = values.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        values.and_then(Value::as_str).into_iter().chain(many.iter().filter_map(Value::as_str))
    }

    fn kind(&self) -> Option<ActorKind> {
        let plain = match self.schema.as_str() {
            "Person" => return Some(ActorKind::Person),
            "Company" => ActorKind::Business,
            "PublicBody" => ActorKind::Government,
            "Organization" | "LegalEntity" => ActorKind::Other,
            _ => return None,
        };
        Some(self.texts("topics").find_map(topic).unwrap_or(plain))
    }

    fn country(&self) -> Option<CountryCode> {
        let of = ["country", "jurisdiction", "mainCountry", "nationality", "citizenship"];
        let mut codes = of.iter().flat_map(|property| self.texts(property));
        codes.find_map(|code| CountryCode::parse(&code.to_uppercase()).ok())
    }

    /// A day, month or year; what stands behind a day (a time) is left aside.
    fn date(&self, property: &str) -> Option<PartialDate> {
        self.texts(property)
            .find_map(|text| PartialDate::parse(text.split(['T', ' ']).next().unwrap_or_default()))
    }

    fn member(&self) -> Option<Member> {
        let (who, of, tie) = match self.schema.as_str() {
            "Membership" => ("member", "organization", Tie::MemberOf),
            "Directorship" => ("director", "organization", Tie::MemberOf),
            "Employment" => ("employee", "employer", Tie::MemberOf),
            _ => return None,
        };
        let (since, until) = (self.date("startDate"), self.date("endDate"));
        let orderly = !matches!((since, until), (Some(s), Some(u)) if u.last() < s.first());
        Some(Member {
            who: self.texts(who).next()?.to_owned(),
            of: self.texts(of).next()?.to_owned(),
            tie,
            since: since.filter(|_| orderly),
            until: until.filter(|_| orderly),
            role: self.texts("role").next().unwrap_or_default().chars().take(200).collect(),
        })
    }
}

/// The kind that a topic says; those of risk and crime other than terror say none.
fn topic(topic: &str) -> Option<ActorKind> {
    Some(match topic {
        "crime.terror" | "crime.war" => ActorKind::ArmedGroup,
        "gov.security" => ActorKind::SecurityForces,
        "gov.igo" => ActorKind::InternationalOrganization,
        "pol.party" | "pol.union" => ActorKind::Political,
        "mil" => ActorKind::Military,
        "ngo" | "role.ngo" => ActorKind::Ngo,
        "media" | "role.journo" => ActorKind::Media,
        "rel" => ActorKind::Community,
        "corp.public" | "corp.shell" | "fin" | "fin.bank" | "fin.fund" => ActorKind::Business,
        gov if gov == "gov" || gov.starts_with("gov.") => ActorKind::Government,
        _ => return None,
    })
}

fn call(known: Known<'_>, entry: &mut Entry, name: &str, person: bool, weak: bool) {
    if known.is_country(name) || entry.more && known.actor(name).is_some() {
        return;
    }
    let weak = weak || known.is_weak(name);
    let trust = if weak { Trust::Weak } else { names::trust(name, person) };
    entry.call(name.to_owned(), trust);
}
