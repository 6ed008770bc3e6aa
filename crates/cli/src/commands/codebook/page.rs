//! A type or a rule of a codebook in words.

use std::fmt::Write as _;

use averment_codebook::{Codebook, Demand, EventType, Function, Rule};
use averment_types::RoleKind;

use crate::wording::name;

/// A type with all its rules.
pub(super) fn whole_type(codebook: &Codebook, known: &EventType) -> String {
    let mut page = String::new();
    line(&mut page, "", &format!("{} ({}), {}", known.label, known.id, name(known.kind)));
    line(&mut page, "  ", &known.definition);
    if !known.wider.is_empty() {
        let wider: Vec<&str> = known.wider.iter().map(averment_types::TypeId::as_str).collect();
        line(&mut page, "narrows ", &wider.join(", "));
    }
    lines(&mut page, "include", &known.include);
    lines(&mut page, "exclude", &known.exclude);
    lines(&mut page, "example", &known.examples);
    if let Some(casualty) = known.casualty {
        line(&mut page, "counts people ", &name(casualty));
    }
    projected(&mut page, known);
    for rule in codebook.rules_by_type().get(known.id.as_str()).into_iter().flatten() {
        page.push('\n');
        told(&mut page, rule);
    }
    page
}

/// One rule, under the head of its type.
pub(super) fn rule(codebook: &Codebook, rule: &Rule) -> String {
    let mut page = String::new();
    if let Some(known) = codebook.types().get(rule.type_index) {
        line(&mut page, "", &format!("{} ({}): {}", known.label, known.id, known.definition));
    }
    told(&mut page, rule);
    page
}

fn line(page: &mut String, label: &str, text: &str) {
    _ = writeln!(page, "{label}{text}");
}

fn lines(page: &mut String, label: &str, texts: &[String]) {
    for text in texts {
        _ = writeln!(page, "{label}  {text}");
    }
}

fn projected(page: &mut String, known: &EventType) {
    let doubts = &known.doubts;
    let mut row = |label: &str, value: Option<String>, doubt: Option<&String>| {
        let value = value.unwrap_or_else(|| "no such type".to_owned());
        line(page, label, &value);
        if let Some(doubt) = doubt {
            line(page, "  doubt  ", doubt);
        }
    };
    let plover = known.projections.plover.as_ref().map(|p| {
        let mode = p.mode.as_ref().map(|mode| format!(", mode {mode}")).unwrap_or_default();
        let contexts = if p.contexts.is_empty() {
            String::new()
        } else {
            format!(", context {}", p.contexts.join(", "))
        };
        format!("{}{mode}{contexts}", p.event_type)
    });
    let acled = known.projections.acled.as_ref().map(|a| match &a.sub_event_type {
        Some(sub) => format!("{}: {sub}", a.event_type),
        None => a.event_type.clone(),
    });
    let ucdp = known.ucdp.then(|| "counted, the type of violence by the actors".to_owned());
    row("PLOVER  ", plover, doubts.plover.as_ref());
    row("CAMEO   ", known.projections.cameo.clone(), doubts.cameo.as_ref());
    row("ACLED   ", acled, doubts.acled.as_ref());
    row("UCDP    ", ucdp.or_else(|| Some("not counted".to_owned())), doubts.ucdp.as_ref());
}

fn told(page: &mut String, rule: &Rule) {
    line(page, "rule ", rule.id.as_str());
    line(page, "  triggers  ", &rule.triggers.join(", "));
    if !rule.excludes.is_empty() {
        line(page, "  but not  ", &rule.excludes.join(", "));
    }
    for (role, functions) in &rule.slots {
        let places: Vec<String> = functions.iter().map(place).collect();
        line(page, &format!("  {}  ", name(*role)), &places.join("; "));
    }
    for (role, demands) in &rule.words {
        line(page, &format!("  {} must be  ", name(*role)), &any_of(demands));
    }
    for (role, demands) in &rule.unless {
        line(page, &format!("  {} must not be  ", name(*role)), &any_of(demands));
    }
    for (function, demands) in &rule.only {
        line(page, &format!("  {} must be  ", place(function)), &any_of(demands));
    }
    if !rule.requires.is_empty() {
        line(page, "  codes only with  ", &roles(&rule.requires, " and "));
    }
    if !rule.requires_one.is_empty() {
        line(page, "  codes only with  ", &roles(&rule.requires_one, " or "));
    }
    if rule.only_actors {
        line(page, "  ", "only actors fill its roles");
    }
    if !rule.beside.is_empty() {
        line(page, "  the sentence must have  ", &any_of(&rule.beside));
    }
    if !rule.not_beside.is_empty() {
        line(page, "  the sentence must not have  ", &any_of(&rule.not_beside));
    }
    let modalities: Vec<String> = rule.modalities.iter().map(|m| name(*m)).collect();
    if !modalities.is_empty() {
        line(page, "  codes only what is  ", &modalities.join(" or "));
    }
    lines(page, "  codes   ", &rule.codes);
    lines(page, "  ignores ", &rule.ignores);
}

fn roles(roles: &[RoleKind], between: &str) -> String {
    roles.iter().map(|role| name(*role)).collect::<Vec<_>>().join(between)
}

fn any_of(demands: &[Demand]) -> String {
    demands.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// Where a function stands, in words.
fn place(function: &Function) -> String {
    match function {
        Function::Subject => "the subject".to_owned(),
        Function::Object => "the object".to_owned(),
        Function::Prep(prep) => format!("what stands behind “{prep}”"),
        Function::Possessor => "the owner (’s)".to_owned(),
        Function::Compound => "a name before the noun".to_owned(),
        Function::Amod => "a word before the noun that says whose act it is".to_owned(),
        Function::LightSubject => "who carries it out, suffers it".to_owned(),
        Function::LightObject => "what it hits".to_owned(),
        Function::Apposition => "the name beside the title".to_owned(),
        Function::Head => "what the phrase tells of".to_owned(),
    }
}
