//! Lemmas: edit rules that make the lemma of a word's form.
//!
//! A rule's name is a casing (`k` keep, `l` lower, `t` title), then `-N+SUFFIX` (cut N characters from
//! the end, append SUFFIX) or `=LEMMA` (the whole lemma). `models/reader/lemma.py` is its other half.

/// What happens to the letters' case before the edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Casing {
    Keep,
    Lower,
    Title,
}

/// How a lemma is made of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Edit {
    Whole(Box<str>),
    Tail { cut: usize, suffix: Box<str> },
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rule {
    casing: Casing,
    edit: Edit,
}

impl Rule {
    /// Reads a rule's name, as the manifest writes it.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        let mut chars = name.chars();
        let casing = match chars.next()? {
            'k' => Casing::Keep,
            'l' => Casing::Lower,
            't' => Casing::Title,
            _ => return None,
        };
        let edit = match chars.next()? {
            '=' => Edit::Whole(chars.as_str().into()),
            '-' => {
                let (cut, suffix) = chars.as_str().split_once('+')?;
                Edit::Tail { cut: cut.parse().ok()?, suffix: suffix.into() }
            }
            _ => return None,
        };
        Some(Self { casing, edit })
    }

    /// Appends the lemma of `form`: the form itself where the rule cuts more than there is or
    /// leaves nothing, so that no word is without a lemma.
    pub(crate) fn apply(&self, form: &str, out: &mut String) {
        let start = out.len();
        match &self.edit {
            Edit::Whole(lemma) => out.push_str(lemma),
            Edit::Tail { cut, suffix } => {
                self.casing.push(form, out);
                let cased = out.get(start..).unwrap_or_default();
                let kept = match cut.checked_sub(1) {
                    None => Some(cased.len()),
                    Some(back) => cased.char_indices().rev().nth(back).map(|(at, _)| at),
                };
                if let Some(kept) = kept {
                    out.truncate(start + kept);
                    out.push_str(suffix);
                }
            }
        }
        if out.len() == start {
            out.push_str(form);
        }
    }
}

impl Casing {
    fn push(self, form: &str, out: &mut String) {
        match self {
            Self::Keep => out.push_str(form),
            Self::Lower => out.push_str(&form.to_lowercase()),
            Self::Title => {
                let mut chars = form.chars();
                out.extend(chars.next().into_iter().flat_map(char::to_uppercase));
                out.push_str(&chars.as_str().to_lowercase());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lemma(form: &str, rule: &str) -> String {
        let mut out = String::from("before ");
        Rule::parse(rule).unwrap().apply(form, &mut out);
        out.strip_prefix("before ").unwrap().to_owned()
    }

    #[test]
    fn rules_cut_append_and_change_case() {
        assert_eq!(lemma("killed", "k-2+"), "kill");
        assert_eq!(lemma("Armies", "l-3+y"), "army");
        assert_eq!(lemma("MALI", "t-0+"), "Mali");
        assert_eq!(lemma("was", "k=be"), "be");
        assert_eq!(lemma("Été", "l-1+e"), "éte");
        assert_eq!(lemma("ÉMEUTES", "t-1+"), "Émeute");
    }

    #[test]
    fn a_rule_that_does_not_fit_leaves_the_form() {
        assert_eq!(lemma("at", "k-5+x"), "at");
        assert_eq!(lemma("AT", "l-5+x"), "at");
        assert_eq!(lemma("at", "k-2+"), "at");
        assert_eq!(lemma("at", "k="), "at");
        assert_eq!(lemma("at", "k-2+x"), "x");
    }

    #[test]
    fn what_is_no_rule_is_refused() {
        for name in ["", "k", "x-0+", "k-+s", "k-1", "k*", "k--1+"] {
            assert_eq!(Rule::parse(name), None, "{name}");
        }
    }
}
