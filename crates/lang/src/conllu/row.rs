//! A sentence of CoNLL-U as it stands in the file.

/// The names of the columns.
pub(super) const COLUMNS: [&str; 10] =
    ["ID", "FORM", "LEMMA", "UPOS", "XPOS", "FEATS", "HEAD", "DEPREL", "DEPS", "MISC"];

/// What a row stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowId {
    /// A word: its number, from 1.
    Word(usize),
    /// A multiword token: the numbers of its first and its last word.
    Range(usize, usize),
    /// An empty node: the number of the word before it, from 0, and its own number behind that word, from 1.
    Empty(usize, usize),
}

/// A row, with its columns as they stand in the file; `_` is nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row<'a> {
    /// ID: what it stands for.
    pub id: RowId,
    /// FORM: the word; it may hold blanks.
    pub form: &'a str,
    /// LEMMA.
    pub lemma: &'a str,
    /// UPOS: the universal word class.
    pub upos: &'a str,
    /// XPOS: the word class of the language.
    pub xpos: &'a str,
    /// FEATS: morphology.
    pub feats: &'a str,
    /// HEAD: the number of the word that governs it, 0 for the root.
    pub head: &'a str,
    /// DEPREL: the relation to the head.
    pub deprel: &'a str,
    /// DEPS: the enhanced graph.
    pub deps: &'a str,
    /// MISC: anything else.
    pub misc: &'a str,
    /// The row as it stands in the file.
    pub line: &'a str,
}

impl Row<'_> {
    /// Whether it is a word: no multiword token, no empty node.
    #[must_use]
    pub const fn is_word(&self) -> bool {
        matches!(self.id, RowId::Word(_))
    }

    /// HEAD as a number: 0 for the root, `None` for `_`.
    #[must_use]
    pub fn head(&self) -> Option<usize> {
        self.head.parse().ok()
    }

    /// Whether a blank follows it in the text: MISC does not hold `SpaceAfter=No`.
    #[must_use]
    pub fn space_after(&self) -> bool {
        !self.misc.split('|').any(|item| item == "SpaceAfter=No")
    }
}

/// A sentence: its comments and its rows, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConlluSentence<'a> {
    /// The line on which it begins, counted from 1.
    pub line: usize,
    /// The comments before its rows, each with its `#`.
    pub comments: Vec<&'a str>,
    /// Its rows.
    pub rows: Vec<Row<'a>>,
}

impl<'a> ConlluSentence<'a> {
    /// The rows that are words.
    #[must_use]
    pub fn words(&self) -> impl DoubleEndedIterator<Item = &Row<'a>> {
        self.rows.iter().filter(|row| row.is_word())
    }

    /// Whether a blank follows each word in the text: of the words of a multiword token the last one alone may have one.
    #[must_use]
    pub fn spaces(&self) -> Vec<bool> {
        let mut spaces = Vec::with_capacity(self.rows.len());
        let mut token = (0, true);
        for row in &self.rows {
            match row.id {
                RowId::Range(_, last) => token = (last, row.space_after()),
                RowId::Word(n) if n < token.0 => spaces.push(false),
                RowId::Word(n) if n == token.0 => spaces.push(token.1),
                RowId::Word(_) => spaces.push(row.space_after()),
                RowId::Empty(..) => {}
            }
        }
        spaces
    }

    /// The value of the comment `# key = value`.
    #[must_use]
    pub fn comment(&self, key: &str) -> Option<&'a str> {
        self.comments.iter().find_map(|comment| {
            let (found, value) = comment.trim_start_matches('#').split_once('=')?;
            (found.trim() == key).then(|| value.trim())
        })
    }

    /// `# text`: the sentence as it was printed.
    #[must_use]
    pub fn text(&self) -> Option<&'a str> {
        self.comment("text")
    }

    /// `# sent_id`.
    #[must_use]
    pub fn id(&self) -> Option<&'a str> {
        self.comment("sent_id")
    }

    /// `# newdoc id`: the name of the document that begins here, where it has one.
    #[must_use]
    pub fn document(&self) -> Option<&'a str> {
        self.comment("newdoc id")
    }

    /// Whether a document begins here: `# newdoc`, with or without a name.
    #[must_use]
    pub fn begins_document(&self) -> bool {
        self.has_flag("newdoc")
    }

    /// Whether a paragraph begins here: `# newpar`, with or without a name.
    #[must_use]
    pub fn begins_paragraph(&self) -> bool {
        self.has_flag("newpar")
    }

    fn has_flag(&self, flag: &str) -> bool {
        self.comments.iter().any(|comment| {
            let words = comment.trim_start_matches('#').trim_start();
            let rest = words.strip_prefix(flag);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '=']))
        })
    }
}

/// The sentences of each document: from one `# newdoc` to the next.
pub fn documents<'a, 'b>(
    sentences: &'a [ConlluSentence<'b>],
) -> impl Iterator<Item = &'a [ConlluSentence<'b>]> {
    sentences.chunk_by(|_, next| !next.begins_document())
}
