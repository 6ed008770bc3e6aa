//! Files of one or more codebooks laid over each other, type by type, before they are compiled.

use averment_types::{CasualtyKind, ClaimKind, RoleKind};
use toml::Spanned;

use crate::parse::{ProjectionTable, RuleTable, TypeFile, file, text};
use crate::source::Source;
use crate::{CodebookError, Demand};

/// So many files a codebook may have.
const MOST_FILES: usize = 1_000;
/// So many rules all layers may have together.
const MOST_RULES: usize = 10_000;

/// A rule and the file that it stands in.
pub(crate) type SourcedRule<'a> = (Source<'a>, RuleTable);

/// A type as the layers so far give it.
#[expect(clippy::struct_excessive_bools, reason = "facts that hold or not, one by one")]
pub(crate) struct Entry<'a> {
    layer: usize,
    pub(crate) source: Source<'a>,
    pub(crate) id: Spanned<String>,
    pub(crate) kind: Option<ClaimKind>,
    pub(crate) label: Option<String>,
    pub(crate) definition: Option<String>,
    pub(crate) include: Vec<String>,
    pub(crate) exclude: Vec<String>,
    pub(crate) examples: Vec<String>,
    pub(crate) narrows: Option<(Source<'a>, Spanned<String>)>,
    pub(crate) casualty: Option<CasualtyKind>,
    pub(crate) violent: bool,
    pub(crate) victims: bool,
    pub(crate) everyday: bool,
    pub(crate) effect: bool,
    pub(crate) echoes: Option<(Source<'a>, Spanned<String>)>,
    pub(crate) ground: Option<RoleKind>,
    pub(crate) not_beside: Vec<Demand>,
    pub(crate) projections: ProjectionTable,
    pub(crate) rules: Vec<SourcedRule<'a>>,
}

impl<'a> Entry<'a> {
    fn new(layer: usize, source: Source<'a>, id: Spanned<String>) -> Self {
        Self {
            layer,
            source,
            id,
            kind: None,
            label: None,
            definition: None,
            include: Vec::new(),
            exclude: Vec::new(),
            examples: Vec::new(),
            narrows: None,
            casualty: None,
            violent: false,
            victims: false,
            everyday: false,
            effect: false,
            echoes: None,
            ground: None,
            not_beside: Vec::new(),
            projections: ProjectionTable::default(),
            rules: Vec::new(),
        }
    }

    /// Lays what `parsed` states over what is there.
    fn lay(&mut self, source: Source<'a>, parsed: TypeFile) -> Result<(), CodebookError> {
        if let Some(kind) = &parsed.kind {
            let kind = source.term(kind, "kind", "is none of event, relation, status, count")?;
            self.kind = Some(kind);
        }
        if let Some(casualty) = &parsed.casualty {
            let expected = "is none of killed, injured, missing, abducted, displaced, arrested";
            self.casualty = Some(source.term(casualty, "casualty", expected)?);
        }
        if let Some(ground) = &parsed.ground {
            self.ground = Some(source.term(ground, "ground", "is no role")?);
        }
        if let Some(words) = &parsed.not_beside {
            self.not_beside = source.topics(words)?;
        }
        self.label = parsed.label.or(self.label.take());
        self.definition = parsed.definition.or(self.definition.take());
        set(&mut self.include, parsed.include);
        set(&mut self.exclude, parsed.exclude);
        set(&mut self.examples, parsed.examples);
        set(&mut self.violent, parsed.violent);
        set(&mut self.victims, parsed.victims);
        set(&mut self.everyday, parsed.everyday);
        set(&mut self.effect, parsed.effect);
        if let Some(echoed) = parsed.echoes {
            self.echoes = Some((source, echoed));
        }
        set(&mut self.projections, parsed.projections);
        if let Some(narrows) = parsed.narrows {
            self.narrows = Some((source, narrows));
        }
        self.lay_rules(source, parsed.rules)
    }

    fn lay_rules(
        &mut self,
        source: Source<'a>,
        rules: Vec<RuleTable>,
    ) -> Result<(), CodebookError> {
        let mut laid: Vec<String> = Vec::new();
        for rule in rules {
            let id = rule.id.get_ref().clone();
            if laid.contains(&id) {
                return Err(source.error(&rule.id, "rule", "is defined twice; give it another id"));
            }
            match self.rules.iter_mut().find(|(_, below)| *below.id.get_ref() == id) {
                Some(below) => *below = (source, rule),
                None => self.rules.push((source, rule)),
            }
            laid.push(id);
        }
        Ok(())
    }
}

fn set<T>(field: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *field = value;
    }
}

/// The types of all layers, each as the uppermost gives it, in the order in which they first appear.
pub(crate) fn lay<'a>(layers: &[&[(&'a str, &'a [u8])]]) -> Result<Vec<Entry<'a>>, CodebookError> {
    let mut entries: Vec<Entry<'a>> = Vec::new();
    for (layer, files) in layers.iter().enumerate() {
        most("files", files.len(), MOST_FILES)?;
        for (name, bytes) in files.iter().filter(|(name, _)| *name != "codebook.toml") {
            let source = Source { file: name, text: text(name, bytes)? };
            let parsed: TypeFile = file(name, source.text)?;
            let known = entries.iter_mut().find(|e| e.id.get_ref() == parsed.id.get_ref());
            match known {
                Some(entry) if entry.layer == layer => {
                    let expected = "is defined twice; give it another id";
                    return Err(source.error(&parsed.id, "type", expected));
                }
                Some(entry) => {
                    entry.layer = layer;
                    entry.lay(source, parsed)?;
                }
                None => {
                    let mut entry = Entry::new(layer, source, parsed.id.clone());
                    entry.lay(source, parsed)?;
                    entries.push(entry);
                }
            }
        }
    }
    most("rules", entries.iter().map(|entry| entry.rules.len()).sum(), MOST_RULES)?;
    Ok(entries)
}

const fn most(what: &'static str, count: usize, most: usize) -> Result<(), CodebookError> {
    if count > most { Err(CodebookError::TooMany { what, count, most }) } else { Ok(()) }
}
