//! Sentences: a zone of text to ranges, one a sentence.

use averment_types::TextRange;

/// Words that a full stop belongs to without ending the sentence.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "gen", "lt", "col", "maj", "capt", "sgt", "cpl", "brig",
    "adm", "cmdr", "gov", "sen", "rep", "rev", "hon", "st", "mt", "ft", "no", "nos", "vs", "al",
    "etc", "approx", "est", "inc", "ltd", "co", "corp", "jan", "feb", "mar", "apr", "jun", "jul",
    "aug", "sep", "sept", "oct", "nov", "dec", "mon", "tue", "tues", "wed", "thu", "thurs", "fri",
    "sat", "sun", "e.g", "i.e", "cf", "fig", "pp", "op", "ed", "eds", "tel", "sr", "jr", "ph",
];

/// The sentences of `zone`, in order, without white space around them.
pub(crate) fn split(text: &str, zone: TextRange) -> Vec<TextRange> {
    let Some(words) = zone.slice(text) else {
        return Vec::new();
    };
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut chars = words.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !is_terminator(c) {
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some((next, close)) = chars.next_if(|(_, c)| is_terminator(*c) || is_closing(*c))
        {
            end = next + close.len_utf8();
        }
        let (before, after) =
            (words.get(start..at).unwrap_or_default(), words.get(end..).unwrap_or_default());
        if ends_here(c, before, after) {
            push(text, words, start, end, &mut sentences);
            start = end;
        }
    }
    push(text, words, start, words.len(), &mut sentences);
    sentences
}

fn push(text: &str, words: &str, start: usize, end: usize, out: &mut Vec<TextRange>) {
    let sentence = words.get(start..end).map(str::trim).filter(|s| !s.is_empty());
    out.extend(sentence.and_then(|s| TextRange::of(text, s)));
}

const fn is_terminator(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '؟' | '۔' | '।' | '。')
}

const fn is_closing(c: char) -> bool {
    matches!(c, '"' | '”' | '’' | '\'' | '»' | ')' | ']')
}

/// Whether the sentence ends at terminator `mark`, with `before` since its start and `after` behind it.
fn ends_here(mark: char, before: &str, after: &str) -> bool {
    let Some(next) = after.chars().next() else {
        return true;
    };
    if mark == '.' && !next.is_whitespace() {
        return false;
    }
    let Some(begin) = after.trim_start().chars().next() else {
        return true;
    };
    let paragraph = after
        .get(..after.len() - after.trim_start().len())
        .is_some_and(|gap| gap.matches('\n').count() > 1);
    if paragraph {
        return true;
    }
    let starts = begin.is_uppercase()
        || begin.is_numeric()
        || (!begin.is_alphanumeric() && begin != ',' && begin != ';')
        || (begin.is_alphabetic() && !begin.is_lowercase());
    if !starts {
        return false;
    }
    mark != '.' || !is_abbreviation(before, begin)
}

/// Whether the full stop behind `before` belongs to an abbreviation, given the character that follows.
fn is_abbreviation(before: &str, next: char) -> bool {
    let word = before
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '“' | '"' | '['))
        .next()
        .unwrap_or_default();
    let letters = word.chars().count();
    let initial = letters == 1 && word.chars().all(char::is_uppercase);
    let dotted = word.contains('.') && word.split('.').all(|part| part.chars().count() == 1);
    if initial || (dotted && next.is_numeric()) {
        return true;
    }
    let lower = word.to_lowercase();
    // "No." counts only before a figure: "He said no. The army …" ends.
    match lower.as_str() {
        "no" | "nos" | "pp" | "fig" => next.is_numeric(),
        _ => ABBREVIATIONS.contains(&lower.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(text: &str) -> Vec<&str> {
        let all = split(text, TextRange::whole(text).unwrap());
        all.into_iter().map(|r| r.slice(text).unwrap()).collect()
    }

    #[test]
    fn abbreviations_initials_and_figures_do_not_end_a_sentence() {
        assert_eq!(
            sentences("Lt. Col. A. B. Touré spoke at 3.30 p.m. on Monday. He left."),
            ["Lt. Col. A. B. Touré spoke at 3.30 p.m. on Monday.", "He left."]
        );
    }

    #[test]
    fn quotations_close_with_their_sentence() {
        assert_eq!(
            sentences("“They fled.” He said no. The army left!"),
            ["“They fled.”", "He said no.", "The army left!"]
        );
    }

    #[test]
    fn hard_wrapped_lines_are_one_sentence() {
        assert_eq!(
            sentences("Two men\nwere killed. Three\r\nfled."),
            ["Two men\nwere killed.", "Three\r\nfled."]
        );
    }
}
