//! Lemmas: edit rules that make the lemma of a word's form.
//!
//! A rule's name is a casing (`k` keep, `l` lower, `t` title), then `-N+SUFFIX` (cut N characters from
//! the end, append SUFFIX) or `=LEMMA` (the whole lemma). `models/reader/lemma.py` is its other half.
//!
//! A rule goes with the endings that it was seen to cut (a whole lemma: with the forms that it was seen to
//! replace), since what makes "man" of "men" makes nonsense of "motorbikes". An ending may have letters before
//! it that stay: "taken" loses its "n", "gunmen" does not.

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
    cuts: Box<[Box<str>]>,
}

impl Rule {
    /// Reads a rule's name, as the manifest writes it, with the lower-case endings or forms that it cuts.
    pub(crate) fn parse(name: &str, cuts: &[Box<str>]) -> Option<Self> {
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
        Some(Self { casing, edit, cuts: cuts.into() })
    }

    /// Whether it was seen to cut what it would cut of `form`.
    pub(crate) fn fits(&self, form: &str) -> bool {
        let lower = form.to_lowercase();
        match &self.edit {
            Edit::Whole(_) => self.cuts.iter().any(|cut| **cut == *lower),
            Edit::Tail { cut, .. } => {
                let least = |ending: &str| ending.chars().count() >= *cut;
                let seen = |ending: &str| least(ending) && lower.ends_with(ending);
                tail(form, *cut).is_some() && self.cuts.iter().any(|ending| seen(ending))
            }
        }
    }

    /// Whether its lemma of `form` is the form, but for the case.
    pub(crate) fn leaves(&self, form: &str) -> bool {
        match &self.edit {
            Edit::Whole(lemma) => lemma.to_lowercase() == form.to_lowercase(),
            Edit::Tail { cut, suffix } => *cut == 0 && suffix.is_empty(),
        }
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
                if let Some(kept) = tail(cased, *cut) {
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

/// Where the last `count` characters of `word` begin, if it has as many.
fn tail(word: &str, count: usize) -> Option<usize> {
    match count.checked_sub(1) {
        None => Some(word.len()),
        Some(back) => word.char_indices().rev().nth(back).map(|(at, _)| at),
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
        Rule::parse(rule, &[]).unwrap().apply(form, &mut out);
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
            assert_eq!(Rule::parse(name, &[]), None, "{name}");
        }
    }

    #[test]
    fn a_rule_fits_what_it_was_seen_to_cut() {
        let fits = |rule: &str, cuts: &[&str], form: &str| {
            let cuts: Vec<Box<str>> = cuts.iter().map(|cut| (*cut).into()).collect();
            Rule::parse(rule, &cuts).unwrap().fits(form)
        };
        assert!(fits("k-1+", &["d", "s"], "raids") && fits("l-1+", &["s"], "RAIDS"));
        assert!(!fits("k-1+", &["d", "s"], "gunmen"));
        assert!(fits("k-1+", &["ken", "ids"], "taken") && !fits("k-1+", &["ken", "ids"], "gunmen"));
        assert!(!fits("k-3+", &["s"], "raids"));
        assert!(fits("k-2+an", &["en"], "gunmen") && !fits("k-2+an", &["en"], "n"));
        assert!(fits("k=be", &["was", "is"], "Was") && !fits("k=be", &["was", "is"], "has"));
        assert!(fits("k-0+", &[""], "") && !fits("k-0+", &[], "raid"));
    }
}
