//! Names as lists write them: how they are spelt here and how far they can be trusted.

use super::entry::Trust;
use crate::lexicon::SMALL;

/// A longer name is none.
const LONGEST: usize = 200;

/// Words in capitals as a name: `PEOPLE'S_ARMY_OF_X_` as "People's Army of X"; `None` without letters.
pub(super) fn cased(name: &str) -> Option<String> {
    let words = name.split(|c: char| c == '_' || c.is_whitespace()).filter(|w| !w.is_empty());
    let mut out = String::with_capacity(name.len());
    for word in words {
        if !out.is_empty() {
            out.push(' ');
        }
        let lower = word.to_lowercase();
        if !out.is_empty() && SMALL.contains(&lower.as_str()) {
            out.push_str(&lower);
            continue;
        }
        word_cased(word, &mut out);
    }
    tidy(&out)
}

fn word_cased(word: &str, out: &mut String) {
    let vowel = |c: char| "AEIOUYaeiouy".contains(c) || !c.is_ascii();
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    if letters <= 5 && (!word.chars().any(vowel) || word.contains('.')) {
        out.push_str(&word.to_uppercase());
        return;
    }
    let mut start = true;
    for c in word.chars() {
        if start {
            out.extend(c.to_uppercase());
        } else {
            out.extend(c.to_lowercase());
        }
        start = matches!(c, '-' | '/' | '(' | '.') || start && !c.is_alphabetic();
    }
}

/// A name with single blanks and without what stands around it; `None` without letters or beyond all length.
pub(super) fn tidy(name: &str) -> Option<String> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let edge = |c: char| matches!(c, '"' | '\'' | ',' | ';' | ':' | '-' | '/' | '*');
    let name = name.trim_matches(edge).trim();
    let letters = name.chars().filter(|c| c.is_alphanumeric()).count();
    (letters > 1 && name.len() <= LONGEST).then(|| name.to_owned())
}

/// "Long Name (ABC)" as its two names; a bracket that holds no acronym is left out.
pub(super) fn parts(name: &str) -> (String, Option<String>) {
    let Some((before, rest)) = name.split_once('(') else {
        return (name.to_owned(), None);
    };
    let (inside, behind) = rest.split_once(')').unwrap_or((rest, ""));
    let upper = inside.chars().filter(|c| c.is_alphabetic());
    let acronym = !inside.contains(char::is_whitespace)
        && upper.clone().count() > 1
        && upper.clone().all(char::is_uppercase);
    let long = format!("{} {}", before.trim(), behind.trim());
    (long.trim().to_owned(), acronym.then(|| inside.to_owned()))
}

/// How far a name can be trusted by its form: one word is weak, an acronym of five letters counts, a person's
/// name is weak, for many bear it.
pub(super) fn trust(name: &str, person: bool) -> Trust {
    let own = |w: &&str| !SMALL.contains(&w.to_lowercase().as_str());
    let words = name.split([' ', '-']).filter(|w| !w.is_empty()).filter(own).count();
    let letters = name.chars().filter(|c| c.is_alphabetic());
    let (count, upper) = (letters.clone().count(), letters.clone().all(char::is_uppercase));
    match words {
        0 | 1 if upper && count >= 5 && !person => Trust::Acronym,
        0 | 1 => Trust::Weak,
        _ if person => Trust::Weak,
        _ => Trust::Name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_capitals_are_spelt_as_names() {
        for (name, wanted) in [
            ("PEOPLE'S_ARMY_OF_AMROTH_", "People's Army of Amroth"),
            ("U.N._", "U.N."),
            ("AL-NASR_BRIGADE", "Al-Nasr Brigade"),
            ("JEAN_B._DUPONT_", "Jean B. Dupont"),
            ("XTZ_PLC_", "XTZ PLC"),
        ] {
            assert_eq!(cased(name).as_deref(), Some(wanted));
        }
        assert_eq!(cased("__-_"), None);
    }

    #[test]
    fn a_bracket_is_an_acronym_or_left_out() {
        let (long, acronym) = parts("Army of the Plain (AOTP)");
        assert_eq!((long.as_str(), acronym.as_deref()), ("Army of the Plain", Some("AOTP")));
        assert_eq!(parts("Army (West Bank/Gaza)").1, None);
    }

    #[test]
    fn trust_is_by_form() {
        assert_eq!(trust("Army of Amroth", false), Trust::Name);
        assert_eq!(trust("the Guardian", false), Trust::Weak);
        assert_eq!(trust("MFAM", false), Trust::Weak);
        assert_eq!(trust("MFAMR", false), Trust::Acronym);
        assert_eq!(trust("Sam Gamgee", true), Trust::Weak);
    }
}
