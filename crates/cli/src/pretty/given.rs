//! Sentences for tests: trees written down, as no reader is needed to draw.

use averment_lang::{Pos, Relation};

use super::sentence::{Name, Sentence, Word};

/// A sentence from rows `FORM CLASS HEAD RELATION`, parted by `|`; heads are counted from 1.
pub(super) fn sentence(rows: &str) -> Sentence {
    let words: Vec<Word> = rows.split('|').map(word).collect();
    let forms: Vec<&str> = words.iter().map(|word| word.form.as_str()).collect();
    Sentence { text: forms.join(" "), words, names: Vec::new() }
}

impl Sentence {
    /// The same with a name over the words `first` to `last`, counted from 1.
    pub(super) fn named(mut self, first: usize, last: usize, kind: &str) -> Self {
        let words = first - 1..last;
        let forms: Vec<&str> = self.words[words.clone()].iter().map(|w| w.form.as_str()).collect();
        let (text, kind) = (forms.join(" "), averment_lang::EntityKind::parse(kind).unwrap());
        self.names.push(Name { words, text, kind, sure: 0.98 });
        self
    }
}

fn word(row: &str) -> Word {
    let columns: Vec<&str> = row.split(' ').collect();
    let [form, class, head, relation] = columns.as_slice() else { panic!("{row}") };
    Word {
        form: (*form).to_owned(),
        lemma: form.to_lowercase(),
        class: Pos::parse(class).unwrap(),
        class_sure: 1.0,
        head: head.parse::<usize>().unwrap().checked_sub(1),
        relation: Relation::parse(relation).unwrap(),
        arc_sure: 1.0,
    }
}
