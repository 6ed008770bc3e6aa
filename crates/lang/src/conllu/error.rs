//! What is wrong with a CoNLL-U file, and on which line.

/// A line that breaks the form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {fault}")]
pub struct ConlluError {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub fault: ConlluFault,
}

/// What is wrong with a line of CoNLL-U.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConlluFault {
    /// Not ten columns.
    #[error("it has {found} column{}, not 10; columns are parted by one tab", if *found == 1 { "" } else { "s" })]
    Columns {
        /// How many there are.
        found: usize,
    },
    /// A column with nothing in it.
    #[error("its column {name} is empty; write _ for nothing")]
    Empty {
        /// The column's name.
        name: &'static str,
    },
    /// An ID that is neither a word's, nor a range's, nor an empty node's.
    #[error("its ID is none: a word has 3, a multiword token 3-4, an empty node 3.1")]
    Id,
    /// An ID that does not follow the ones before it.
    #[error("its ID is out of order: word {expected} comes next")]
    Order {
        /// The number of the next word.
        expected: usize,
    },
    /// A range of words that ends before it begins, overlaps another, or ends behind the last word.
    #[error("its ID spans words that are not there or belong to another multiword token")]
    Range,
    /// A HEAD that is no word of the sentence.
    #[error("its HEAD is no other word of the sentence, nor 0, nor _")]
    Head,
    /// A comment behind the first row of its sentence.
    #[error("a comment stands between the words of a sentence; an empty line ends a sentence")]
    Comment,
    /// A sentence of comments alone.
    #[error("the sentence that begins here has no words")]
    NoWords,
}
