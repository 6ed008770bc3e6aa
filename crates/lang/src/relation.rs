//! Grammatical relations: Universal Dependencies' names for how a word hangs on its head.

use std::fmt;

/// A relation: its universal name, and the subtype that a language adds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Relation {
    /// The universal part: what rules ask for.
    pub universal: Dep,
    /// The part behind the colon, where there is one.
    pub subtype: Option<Subtype>,
}

impl Relation {
    /// The relation of a sentence's root.
    pub const ROOT: Self = Self::plain(Dep::Root);

    /// A relation without a subtype.
    #[must_use]
    pub const fn plain(universal: Dep) -> Self {
        Self { universal, subtype: None }
    }

    /// Reads a name as CoNLL-U writes it: `nsubj`, `acl:relcl`.
    ///
    /// ```
    /// use averment_lang::{Dep, Relation, Subtype};
    /// let passive = Relation::parse("nsubj:pass").unwrap();
    /// assert_eq!((passive.universal, passive.subtype), (Dep::Nsubj, Some(Subtype::Pass)));
    /// assert_eq!(passive.to_string(), "nsubj:pass");
    /// assert_eq!(Relation::parse("nonsense"), None);
    /// ```
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let (universal, subtype) = match name.split_once(':') {
            Some((universal, subtype)) => (universal, Some(Subtype::parse(subtype)?)),
            None => (name, None),
        };
        Some(Self { universal: Dep::parse(universal)?, subtype })
    }

    /// Whether this is `universal` with `subtype`.
    #[must_use]
    pub fn is(self, universal: Dep, subtype: Subtype) -> bool {
        self.universal == universal && self.subtype == Some(subtype)
    }
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.universal.name())?;
        self.subtype.map_or(Ok(()), |subtype| write!(f, ":{}", subtype.name()))
    }
}

/// Makes an enum with the names that CoNLL-U files use.
macro_rules! named {
    ($(#[$meta:meta])* $enum:ident { $($(#[$doc:meta])* $variant:ident = $name:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $enum { $($(#[$doc])* $variant,)+ }

        impl $enum {
            /// All of them, in the order of their declaration.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// Its name in files.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// Reads its name in files.
            #[must_use]
            pub fn parse(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.name() == name)
            }
        }
    };
}
pub(crate) use named;

named! {
    /// The 37 universal relations.
    Dep {
        /// Clause that modifies a noun.
        Acl = "acl",
        /// Clause that modifies a predicate.
        Advcl = "advcl",
        /// Adverb.
        Advmod = "advmod",
        /// Adjective.
        Amod = "amod",
        /// Second noun for the same thing.
        Appos = "appos",
        /// Auxiliary.
        Aux = "aux",
        /// Preposition, or another marker of case.
        Case = "case",
        /// Coordinating conjunction.
        Cc = "cc",
        /// Clause that is an object and has its own subject.
        Ccomp = "ccomp",
        /// Classifier.
        Clf = "clf",
        /// Part of a compound.
        Compound = "compound",
        /// Second and later parts of a coordination.
        Conj = "conj",
        /// Copula.
        Cop = "cop",
        /// Clause that is a subject.
        Csubj = "csubj",
        /// Not told.
        Dep = "dep",
        /// Determiner.
        Det = "det",
        /// Word of discourse.
        Discourse = "discourse",
        /// Phrase outside the clause that says an argument again.
        Dislocated = "dislocated",
        /// Expletive: "there", "it".
        Expl = "expl",
        /// Word of a fixed expression.
        Fixed = "fixed",
        /// Further word of a name.
        Flat = "flat",
        /// Part of a word that was split by error.
        Goeswith = "goeswith",
        /// Indirect object.
        Iobj = "iobj",
        /// Item of a list.
        List = "list",
        /// Word that marks a clause as subordinate.
        Mark = "mark",
        /// Noun that modifies a noun.
        Nmod = "nmod",
        /// Subject.
        Nsubj = "nsubj",
        /// Number.
        Nummod = "nummod",
        /// Direct object.
        Obj = "obj",
        /// Noun that modifies a predicate.
        Obl = "obl",
        /// Dependent of an elided word.
        Orphan = "orphan",
        /// Clause or phrase beside another.
        Parataxis = "parataxis",
        /// Punctuation.
        Punct = "punct",
        /// Taken back and said again.
        Reparandum = "reparandum",
        /// Root of the sentence.
        Root = "root",
        /// The one spoken to.
        Vocative = "vocative",
        /// Clause without a subject of its own that is an object.
        Xcomp = "xcomp",
    }
}

named! {
    /// Subtypes of relations.
    Subtype {
        /// Agent of a passive.
        Agent = "agent",
        /// Argument.
        Arg = "arg",
        /// Descriptive: a title before a name.
        Desc = "desc",
        /// Foreign.
        Foreign = "foreign",
        /// Name.
        Name = "name",
        /// Adverbial noun phrase (older treebanks).
        Npmod = "npmod",
        /// Of an outer clause.
        Outer = "outer",
        /// Of a passive.
        Pass = "pass",
        /// Possessor.
        Poss = "poss",
        /// First conjunction of a pair: "both", "either".
        Preconj = "preconj",
        /// Determiner before a determiner: "all the".
        Predet = "predet",
        /// Particle of a verb.
        Prt = "prt",
        /// Relative clause.
        Relcl = "relcl",
        /// Time (older treebanks).
        Tmod = "tmod",
        /// Without a marker of case.
        Unmarked = "unmarked",
    }
}
