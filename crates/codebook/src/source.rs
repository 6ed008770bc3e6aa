//! A file being compiled: its terms read with errors that name file and line.

use serde::de::DeserializeOwned;
use toml::Spanned;

use averment_types::RoleKind;

use crate::parse::{Demands, line_of};
use crate::pattern::GAP;
use crate::{CodebookError, Demand, Function};

/// More words no trigger has.
const LONGEST_TRIGGER: usize = 10;

/// Reads one of a closed set of terms by its name in JSON.
pub(crate) fn term<T: DeserializeOwned>(word: &str) -> Option<T> {
    T::deserialize(serde::de::value::StrDeserializer::<serde::de::value::Error>::new(word)).ok()
}

/// A file being compiled.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Source<'a> {
    pub(crate) file: &'a str,
    pub(crate) text: &'a str,
}

impl Source<'_> {
    pub(crate) fn error(
        &self,
        at: &Spanned<String>,
        what: &'static str,
        expected: &'static str,
    ) -> CodebookError {
        CodebookError::Rule {
            file: self.file.to_owned(),
            line: line_of(self.text.as_bytes(), at.span().start),
            what,
            name: at.get_ref().clone(),
            expected,
        }
    }

    pub(crate) fn term<T: DeserializeOwned>(
        &self,
        word: &Spanned<String>,
        what: &'static str,
        expected: &'static str,
    ) -> Result<T, CodebookError> {
        term(word.get_ref()).ok_or_else(|| self.error(word, what, expected))
    }

    pub(crate) fn role(&self, role: &Spanned<String>) -> Result<RoleKind, CodebookError> {
        self.term(role, "role", "does not exist; see the list of roles in the codebook's README")
    }

    pub(crate) fn roles(&self, roles: &[Spanned<String>]) -> Result<Vec<RoleKind>, CodebookError> {
        roles.iter().map(|role| self.role(role)).collect()
    }

    pub(crate) fn function(&self, name: &Spanned<String>) -> Result<Function, CodebookError> {
        let expected = "is no function; expected nsubj, obj, obl:PREP, nmod:PREP, nmod:poss, compound, amod, light:nsubj, light:obj, appos or head";
        Function::parse(name.get_ref()).ok_or_else(|| self.error(name, "slot", expected))
    }

    /// What fillers must be: words and kinds.
    pub(crate) fn demands(&self, list: &[Spanned<String>]) -> Result<Vec<Demand>, CodebookError> {
        let expected = "is no kind of filler and no single word in lower case; see the list of kinds in the codebook's README";
        let filler = |demand: &Demand| !matches!(demand, Demand::Kind(kind) if kind.is_topic());
        self.read(list, filler, expected)
    }

    /// What stands in the sentence: words and fields of talk.
    pub(crate) fn topics(&self, list: &[Spanned<String>]) -> Result<Vec<Demand>, CodebookError> {
        let expected = "is nothing that a sentence can be asked for; expected a word in lower case, a list of words such as @weapon or a field of talk such as @sport";
        let in_sentence =
            |demand: &Demand| !matches!(demand, Demand::Kind(kind) if !kind.is_word_list());
        self.read(list, in_sentence, expected)
    }

    fn read(
        &self,
        list: &[Spanned<String>],
        fits: impl Fn(&Demand) -> bool,
        expected: &'static str,
    ) -> Result<Vec<Demand>, CodebookError> {
        let read = |word: &Spanned<String>| {
            let demand = Demand::parse(word.get_ref()).filter(&fits);
            demand.ok_or_else(|| self.error(word, "word", expected))
        };
        list.iter().map(read).collect()
    }

    /// Demands by role.
    pub(crate) fn by_role(
        &self,
        demands: &Demands,
    ) -> Result<Vec<(RoleKind, Vec<Demand>)>, CodebookError> {
        demands.iter().map(|(role, list)| Ok((self.role(role)?, self.demands(list)?))).collect()
    }

    /// Demands by function.
    pub(crate) fn by_function(
        &self,
        demands: &Demands,
    ) -> Result<Vec<(Function, Vec<Demand>)>, CodebookError> {
        let read = |(name, list): (&Spanned<String>, &Vec<Spanned<String>>)| {
            Ok((self.function(name)?, self.demands(list)?))
        };
        demands.iter().map(read).collect()
    }

    /// Refuses trigger words that could never stand in a sentence as the coder compares words.
    pub(crate) fn check_trigger(&self, trigger: &Spanned<String>) -> Result<(), CodebookError> {
        let text = trigger.get_ref();
        let words: Vec<&str> = text.split_whitespace().collect();
        let gaps = text.matches(GAP).count();
        let gap_inside = words.iter().position(|word| *word == GAP);
        let fault = if words.is_empty() {
            Some("is empty")
        } else if text.chars().any(char::is_uppercase) {
            Some("has capitals; words are compared in lower case")
        } else if words.len() > LONGEST_TRIGGER {
            Some("is too long; a trigger has at most 10 words")
        } else if gaps > 1
            || (gaps == 1 && !gap_inside.is_some_and(|at| at > 0 && at + 1 < words.len()))
        {
            Some("has a gap where none can be; expected one, as a word between words")
        } else {
            None
        };
        fault.map_or(Ok(()), |expected| Err(self.error(trigger, "trigger", expected)))
    }
}
