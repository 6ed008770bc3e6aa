//! `averment resolve`: what words mean as a date, a place or an actor, and why.
//!
//! The words are read as a report of their own. A country given on the command line stands as a second
//! sentence of it, where it helps as a country that the report names; a place that cannot lie in it is unknown.

use std::io::{self, Write};

use averment_actors::{ActorMention, Referent, Registry};
use averment_place::{Country, Gazetteer, confine};
use averment_types::{
    ActorRef, CountryCode, DateInterval, DatePrec, PlaceValue, Published, PublishedSource, Role,
    RoleKind, TextRange, TimeValue,
};
use serde::Serialize;

use crate::args::{ExplainFormat, Resolvable, ResolveArgs};
use crate::exit::Exit;
use crate::explain::ResolvedPage;
use crate::terminal::Look;

/// What one expression in the words means.
#[derive(Serialize)]
struct Resolved {
    /// The expression.
    text: String,
    #[serde(flatten)]
    meaning: Meaning,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Meaning {
    /// Without a value where it cannot be resolved; the reasons say why.
    Date {
        value: Option<TimeValue>,
        reasons: Vec<String>,
    },
    Place(Box<PlaceValue>),
    Actor(Box<Role>),
}

/// The words, and how many bytes of the text are theirs.
struct Asked {
    text: String,
    spans: Vec<TextRange>,
    own: usize,
}

pub(super) fn run(args: &ResolveArgs) -> anyhow::Result<Exit> {
    let found = match args.what {
        Resolvable::Date => dates(args),
        Resolvable::Place => places(args)?,
        Resolvable::Actor => actors(args)?,
    };
    let shown = match args.format {
        ExplainFormat::Json => serde_json::to_string_pretty(&found)? + "\n",
        ExplainFormat::Text if found.is_empty() => "nothing that can be resolved\n".to_owned(),
        ExplainFormat::Text => page(&found),
    };
    io::stdout().write_all(shown.as_bytes())?;
    Ok(if found.is_empty() { Exit::Nothing } else { Exit::Done })
}

fn dates(args: &ResolveArgs) -> Vec<Resolved> {
    let published = args.on.as_ref().map(|day| Published {
        interval: day.interval,
        precision: DatePrec::of(day.interval),
        source: PublishedSource::Field,
        text: day.text.clone(),
    });
    let spans: Vec<TextRange> = TextRange::whole(&args.text).into_iter().collect();
    let reading = averment_time::read(&args.text, &spans, published.as_ref());
    let mentions = reading.mentions.into_iter().map(|mention| Resolved {
        text: mention.span.slice(&args.text).unwrap_or_default().to_owned(),
        meaning: Meaning::Date { value: mention.value, reasons: mention.reasons },
    });
    mentions.collect()
}

fn places(args: &ResolveArgs) -> anyhow::Result<Vec<Resolved>> {
    let values = place_values(&Gazetteer::shipped()?, &args.text, args.country.as_ref());
    let resolved = values.into_iter().map(|value| Resolved {
        text: value.text.clone(),
        meaning: Meaning::Place(Box::new(value)),
    });
    Ok(resolved.collect())
}

/// The places that `text` names, in a country if one is given. A bare name is no place yet: where nothing
/// is found, it is asked for as "in …".
pub(super) fn place_values(
    gazetteer: &Gazetteer,
    text: &str,
    country: Option<&CountryCode>,
) -> Vec<PlaceValue> {
    let country = country.and_then(|code| gazetteer.by_code(code));
    let read = |before: &str| -> Vec<PlaceValue> {
        let asked = Asked::of(&format!("{before}{text}"), country.map(Country::name));
        let mentions = gazetteer.read(&asked.text, &asked.spans, &[]);
        let own = mentions.into_iter().filter(|mention| mention.span.end() <= asked.own);
        own.map(|mention| match &country {
            Some(country) => confine(mention.value, country.code(), country.name()),
            None => mention.value,
        })
        .collect()
    };
    let found = read("");
    if found.is_empty() { read("in ") } else { found }
}

fn actors(args: &ResolveArgs) -> anyhow::Result<Vec<Resolved>> {
    let gazetteer = Gazetteer::shipped()?;
    let country = args.country.as_ref().and_then(|code| gazetteer.by_code(code));
    let asked = Asked::of(&args.text, country.map(Country::name));
    let on = args.on.as_ref().map(|day| day.interval);
    let roles = roles(&args.actors.open()?, &asked, on);
    let resolved = roles
        .into_iter()
        .map(|role| Resolved { text: role.text.clone(), meaning: Meaning::Actor(Box::new(role)) });
    Ok(resolved.collect())
}

/// The only actor that `text` names by these words; `None` when it names none, several, or leaves it open.
pub(super) fn sole_actor(registry: &Registry, text: &str) -> Option<ActorRef> {
    let mut roles = roles(registry, &Asked::of(text, None), None);
    let only = roles.pop().filter(|_| roles.is_empty())?;
    only.actor
}

fn roles(registry: &Registry, asked: &Asked, on: Option<DateInterval>) -> Vec<Role> {
    let mentions = registry.read(&asked.text, &asked.spans, on);
    // "the centre" is no actor while nothing says which.
    let own = mentions.into_iter().filter(|mention| {
        mention.span.end() <= asked.own && mention.refers_to.as_ref().is_none_or(Referent::is_actor)
    });
    own.map(|mention| role(&asked.text, mention)).collect()
}

fn role(text: &str, mention: ActorMention) -> Role {
    Role {
        role: RoleKind::Participant,
        text: mention.span.slice(text).unwrap_or_default().to_owned(),
        range: mention.span,
        antecedent: None,
        actor: mention.actor,
        reasons: mention.reasons,
        candidates: mention.candidates,
        alleged: None,
    }
}

impl Asked {
    /// `words` as a sentence, and a second one that names `country`.
    fn of(words: &str, country: Option<&str>) -> Self {
        let mut text = words.to_owned();
        let mut spans: Vec<TextRange> = TextRange::whole(words).into_iter().collect();
        if let Some(country) = country {
            text.push_str("\n\nIn ");
            text.push_str(country);
            spans.extend(TextRange::new(words.len() + 2, text.len()));
        }
        Self { text, spans, own: words.len() }
    }
}

fn page(found: &[Resolved]) -> String {
    let mut page = ResolvedPage::new(Look::of_stdout());
    for one in found {
        match &one.meaning {
            Meaning::Date { value: Some(value), .. } => page.time(value),
            Meaning::Date { value: None, reasons } => page.open(&one.text, reasons),
            Meaning::Place(value) => page.place(value),
            Meaning::Actor(role) => page.actor(role),
        }
    }
    page.finish()
}
