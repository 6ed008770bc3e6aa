//! A sentence's tree for the terminal: the words one below the other, with what the reader sees in each.
//!
//! Owns the drawing and the choice of what fits into a width; refuses to read. Where the width is short, the
//! probabilities of entities go first, then the room between stems; then rules' names share a column with relations, and
//! entities stand below the tree.

#[cfg(test)]
mod given;
mod sentence;
mod slot;
mod stems;
mod table;

use averment_lang::Reading;

use crate::fold::{folded, piece, plain};
use crate::terminal::{Look, Style};
use sentence::{Name, Sentence, Word};
use slot::Slot;
use table::{Column, Filled};

/// Probability below which a class or a relation is marked as doubtful.
const DOUBTFUL: f32 = 0.5;

/// What is left out so that a table fits.
#[derive(Debug, Clone, Copy)]
struct Layout {
    /// Distance between stems.
    step: usize,
    /// A column for rules' names; otherwise they stand beside relations.
    slots: bool,
    entities: Entities,
    lemmas: bool,
    /// Words are cut at this width.
    most: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Entities {
    Sure,
    Bare,
    Below,
}

/// From the richest layout to the one that is taken when nothing fits.
const LAYOUTS: [Layout; 8] = {
    use Entities::{Bare, Below, Sure};
    const fn layout(step: usize, slots: bool, entities: Entities) -> Layout {
        Layout { step, slots, entities, lemmas: true, most: 32 }
    }
    [
        layout(2, true, Sure),
        layout(2, true, Bare),
        layout(1, true, Sure),
        layout(1, true, Bare),
        layout(1, false, Bare),
        layout(2, false, Below),
        Layout { most: 20, ..layout(1, false, Below) },
        Layout { most: 20, lemmas: false, ..layout(1, false, Below) },
    ]
};

/// The trees of all sentences of `text`.
pub(crate) fn page(text: &str, reading: &Reading, look: Look) -> String {
    let mut lines = Vec::new();
    for index in 0..reading.sentences().len() {
        lines.extend(drawn(&Sentence::of(text, reading, index), look));
        lines.push(String::new());
    }
    let read_by = format!("read by {}", reading.reader());
    lines.extend(folded(&[piece(&read_by, Style::Faint)], "", look));
    lines.push(String::new());
    lines.join("\n")
}

/// A sentence: its words as running text, the tree, what does not fit into it, and what its marks mean.
fn drawn(sentence: &Sentence, look: Look) -> Vec<String> {
    let drawing = Drawing::new(sentence);
    let mut layouts = LAYOUTS.iter().map(|layout| (layout, drawing.columns(*layout)));
    let fits = layouts.find(|(_, columns)| table::width(columns) <= look.width);
    let last = || LAYOUTS.last().map(|layout| (layout, drawing.columns(*layout)));
    let Some((layout, columns)) = fits.or_else(last) else {
        return Vec::new();
    };
    let roots: Vec<bool> = sentence.words.iter().map(|word| word.head.is_none()).collect();
    let below = sentence.names.iter().filter(|_| layout.entities == Entities::Below);
    let blocks = [
        folded(&[plain(&sentence.text)], "", look),
        table::lines(&columns, &roots, look),
        below.flat_map(|name| listed(name, look)).collect(),
        drawing.notes(layout, look),
    ];
    let blocks: Vec<Vec<String>> = blocks.into_iter().filter(|block| !block.is_empty()).collect();
    blocks.join(&String::new())
}

/// One sentence, with the names that rules have for its words.
struct Drawing<'a> {
    words: &'a [Word],
    names: &'a [Name],
    slots: Vec<Option<Slot>>,
}

impl<'a> Drawing<'a> {
    fn new(sentence: &'a Sentence) -> Self {
        let (words, names) = (&sentence.words, &sentence.names);
        let slots = (0..words.len()).map(|index| slot::of(words, index)).collect();
        Self { words, names, slots }
    }

    fn columns(&self, layout: Layout) -> Vec<Filled> {
        let heads: Vec<Option<usize>> = self.words.iter().map(|word| word.head).collect();
        let tree = stems::drawn(&heads, layout.step).into_iter();
        let column = |column, cell: &dyn Fn(usize, &Word) -> String| {
            let cells = self.words.iter().enumerate().map(|(index, word)| cell(index, word));
            Filled::new(column, cells, layout.most)
        };
        let mut columns = vec![
            Filled::new(Column::Tree, tree, usize::MAX),
            column(Column::Word, &|_, word| word.form.clone()),
        ];
        if layout.lemmas {
            columns.push(column(Column::Lemma, &|_, word| word.lemma.clone()));
        }
        columns.push(column(Column::Class, &|_, word| doubted(word.class.name(), word.class_sure)));
        let relation = |index: usize, word: &Word| self.relation(index, word, layout.slots);
        columns.push(column(Column::Relation, &relation));
        if layout.slots {
            columns.push(column(Column::Slot, &|index, _| self.slot(index)));
        }
        if layout.entities != Entities::Below {
            let sure = layout.entities == Entities::Sure;
            columns.push(column(Column::Entity, &|index, _| self.name(index, sure)));
        }
        columns
    }

    /// The relation, with the name that rules have for it unless that has a column of its own.
    fn relation(&self, index: usize, word: &Word, alone: bool) -> String {
        let relation = word.relation.to_string();
        let slot = self.slots.get(index).and_then(Option::as_ref).filter(|_| !alone);
        let told = match slot {
            Some(Slot::Own(name)) if name.starts_with(&relation) => name.clone(),
            Some(Slot::Own(name)) => format!("{relation} = {name}"),
            Some(Slot::OfHead(name)) => format!("{relation} ↑ {name}"),
            Some(Slot::Joined(name)) => format!("{relation} + {name}"),
            None => relation,
        };
        doubted(&told, word.arc_sure)
    }

    fn slot(&self, index: usize) -> String {
        match self.slots.get(index) {
            Some(Some(Slot::Own(name))) => name.clone(),
            Some(Some(Slot::OfHead(name))) => format!("↑ {name}"),
            Some(Some(Slot::Joined(name))) => format!("+ {name}"),
            _ => String::new(),
        }
    }

    /// A brace over the words of a name, and at the first one what it names.
    fn name(&self, index: usize, sure: bool) -> String {
        let Some(name) = self.names.iter().find(|name| name.words.contains(&index)) else {
            return String::new();
        };
        let (first, last) = (name.words.start == index, name.words.end == index + 1);
        let brace = match (first, last) {
            (true, true) => "╶",
            (true, false) => "╭",
            (false, false) => "│",
            (false, true) => "╰",
        };
        let kind = name.kind.name();
        match (first, sure) {
            (true, true) => format!("{brace} {kind} {:.2}", name.sure),
            (true, false) => format!("{brace} {kind}"),
            (false, _) => brace.to_owned(),
        }
    }

    /// What the marks in this drawing mean.
    fn notes(&self, layout: &Layout, look: Look) -> Vec<String> {
        let unsure = |word: &Word| word.class_sure < DOUBTFUL || word.arc_sure < DOUBTFUL;
        let of_head = |slot: &Option<Slot>| matches!(slot, Some(Slot::OfHead(_)));
        let joined = |slot: &Option<Slot>| matches!(slot, Some(Slot::Joined(_)));
        let renamed = self.words.iter().enumerate().any(|(index, word)| {
            !layout.slots && self.relation(index, word, false).contains(" = ")
        });
        let notes = [
            (renamed, "= what it is called in a rule"),
            (self.words.iter().any(unsure), "? the reader is less than half sure"),
            (self.slots.iter().any(of_head), "↑ its head has this function towards it"),
            (self.slots.iter().any(joined), "+ joined to a word with this function"),
        ];
        let notes = notes.into_iter().filter(|(used, _)| *used);
        notes.flat_map(|(_, note)| folded(&[piece(note, Style::Faint)], "", look)).collect()
    }
}

/// A name that found no room beside its words.
fn listed(name: &Name, look: Look) -> Vec<String> {
    let told = format!(" {} {:.2}", name.kind.name(), name.sure);
    folded(&[plain(&format!("{}:", name.text)), piece(&told, Style::Entity)], "", look)
}

fn doubted(name: &str, probability: f32) -> String {
    let mark = if probability < DOUBTFUL { "?" } else { "" };
    format!("{name}{mark}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: &str = "Two NUM 2 nummod|soldiers NOUN 4 nsubj:pass|were AUX 4 aux:pass|killed VERB 13 ccomp\
        |by ADP 6 case|gunmen NOUN 4 obl:agent|riding VERB 6 acl|motorcycles NOUN 7 obj|near ADP 10 case\
        |Ménaka PROPN 4 obl|, PUNCT 4 punct|police NOUN 13 nsubj|said VERB 0 root|. PUNCT 13 punct";

    fn at(width: usize) -> String {
        let sentence = given::sentence(ROWS).named(10, 10, "Location").named(1, 2, "Person");
        drawn(&sentence, Look { width, colours: false }).join("\n") + "\n"
    }

    const WIDE: &str = "\
Two soldiers were killed by gunmen riding motorcycles near Ménaka , police said .

             word         lemma        class  relation    in a rule  entity
     ╭────▸  Two          two          NUM    nummod                 ╭ Person 0.98
   ╭─┴────▸  soldiers     soldiers     NOUN   nsubj:pass  obj        ╰
   ├──────▸  were         were         AUX    aux:pass
 ╭─┼──────▸  killed       killed       VERB   ccomp
 │ │ ╭────▸  by           by           ADP    case
 │ ├─┼────▸  gunmen       gunmen       NOUN   obl:agent   nsubj
 │ │ ╰─┬──▸  riding       riding       VERB   acl         ↑ head
 │ │   ╰──▸  motorcycles  motorcycles  NOUN   obj         obj
 │ │ ╭────▸  near         near         ADP    case
 │ ├─┴────▸  Ménaka       ménaka       PROPN  obl         obl:near   ╶ Location 0.98
 │ ╰──────▸  ,            ,            PUNCT  punct
 ├────────▸  police       police       NOUN   nsubj       nsubj
╺┿━━━━━━━━╸  said         said         VERB   root
 ╰────────▸  .            .            PUNCT  punct

↑ its head has this function towards it
";

    const NARROW: &str = "\
Two soldiers were killed by gunmen
riding motorcycles near Ménaka , police
said .

         word         class  relation
   ╭──▸  Two          NUM    nummod
  ╭┴──▸  soldiers     NOUN   nsubj:pass = obj
  ├───▸  were         AUX    aux:pass
 ╭┼───▸  killed       VERB   ccomp
 ││╭──▸  by           ADP    case
 │├┼──▸  gunmen       NOUN   obl:agent = nsubj
 ││╰┬─▸  riding       VERB   acl ↑ head
 ││ ╰─▸  motorcycles  NOUN   obj
 ││╭──▸  near         ADP    case
 │├┴──▸  Ménaka       PROPN  obl:near
 │╰───▸  ,            PUNCT  punct
 ├────▸  police       NOUN   nsubj
╺┿━━━━╸  said         VERB   root
 ╰────▸  .            PUNCT  punct

Ménaka: Location 0.98
Two soldiers: Person 0.98

= what it is called in a rule
↑ its head has this function towards it
";

    #[test]
    fn a_wide_terminal_shows_everything_and_a_narrow_one_what_counts() {
        assert_eq!(at(100), WIDE);
        assert_eq!(at(40), NARROW);
    }

    #[test]
    fn every_width_down_to_sixty_is_kept() {
        for width in 60..=100 {
            let drawing = at(width);
            let widest = drawing.lines().map(unicode_width::UnicodeWidthStr::width).max();
            assert!(widest <= Some(width), "{width}: {drawing}");
        }
    }

    #[test]
    fn what_the_reader_doubts_is_marked() {
        let mut sentence = given::sentence("They PRON 2 nsubj|fled VERB 0 root");
        sentence.words[0].arc_sure = 0.4;
        sentence.words[1].class_sure = 0.4;
        let lines = drawn(&sentence, Look { width: 80, colours: false });
        assert!(lines[3].ends_with("  nsubj?    nsubj"), "{lines:?}");
        assert!(lines[4].ends_with("  VERB?  root"), "{lines:?}");
        assert_eq!(lines.last().unwrap(), "? the reader is less than half sure");
    }

    #[test]
    fn colours_tell_names_and_functions_from_the_words() {
        let sentence = given::sentence("Rebels NOUN 2 nsubj|fled VERB 0 root").named(1, 1, "NORP");
        let lines = drawn(&sentence, Look { width: 80, colours: true });
        assert!(lines[3].contains("\x1b[36mnsubj\x1b[0m"), "{lines:?}");
        assert!(lines[3].ends_with("\x1b[35m╶ NORP 0.98\x1b[0m"), "{lines:?}");
        assert!(lines[4].contains("\x1b[1mfled\x1b[0m"), "{lines:?}");
    }
}
