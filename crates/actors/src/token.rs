//! Words of a sentence with what lies between them.

use averment_types::TextRange;

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Without a capital at its start, or in a script that has none.
    Lower,
    /// One capital at its start, or one letter that is a capital.
    Capital,
    /// Two signs or more, all letters among them capitals: "ISIS", "M23".
    Upper,
    /// Starts with a digit.
    Digits,
}

/// What lies between a word and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gap {
    /// White space only, or nothing.
    Space,
    /// A hyphen without white space.
    Hyphen,
    /// A comma.
    Comma,
    /// An opening parenthesis.
    Open,
    /// A closing parenthesis.
    Close,
    /// A quotation mark.
    Quote,
    /// The sentence's start, or any other punctuation.
    Break,
}

impl Gap {
    /// Whether two words may belong to one phrase across it.
    pub(crate) const fn joins(self) -> bool {
        matches!(self, Self::Space | Self::Hyphen)
    }
}

/// A word.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    /// First byte in the text.
    pub(crate) start: usize,
    /// One past the last byte, before a possessive ending.
    pub(crate) end: usize,
    /// How it is written.
    pub(crate) shape: Shape,
    /// What lies before it.
    pub(crate) gap: Gap,
    /// Whether 's follows.
    pub(crate) possessive: bool,
    /// Its number in the lexicon.
    pub(crate) word: Option<u32>,
}

/// Cuts `zone` of `text` into words; nothing when the zone does not fit the text.
pub(crate) fn tokens(text: &str, zone: TextRange) -> Vec<Token> {
    let Some(part) = zone.slice(text) else {
        return Vec::new();
    };
    let mut out: Vec<Token> = Vec::with_capacity(part.len() / 5);
    let mut at = 0;
    while let Some((gap, start, end)) = next_word(part, at, out.is_empty()) {
        let word = part.get(start..end).unwrap_or_default();
        let (end, possessive) = without_possessive(word, end);
        let core = part.get(start..end).unwrap_or_default();
        out.push(Token {
            start: zone.start() + start,
            end: zone.start() + end,
            shape: shape(core),
            gap,
            possessive,
            word: None,
        });
        at = start + word.len().max(1);
    }
    out
}

fn next_word(part: &str, from: usize, first: bool) -> Option<(Gap, usize, usize)> {
    let rest = part.get(from..)?;
    let offset = rest.find(char::is_alphanumeric)?;
    let between = rest.get(..offset)?;
    let gap = if first { Gap::Break } else { gap(between) };
    let start = from + offset;
    Some((gap, start, start + word_length(part.get(start..)?)))
}

fn gap(between: &str) -> Gap {
    let mut gap = Gap::Space;
    for c in between.chars() {
        gap = match c {
            '(' | '[' => return Gap::Open,
            ')' | ']' => Gap::Close,
            _ if gap == Gap::Close => Gap::Close,
            '-' | '\u{2010}' | '\u{2011}' if between.chars().count() == 1 => Gap::Hyphen,
            ',' if gap != Gap::Break => Gap::Comma,
            '"' | '\u{201c}' | '\u{201d}' | '\u{2018}' | '\u{2019}' | '\'' | '«' | '»' | '`'
                if gap == Gap::Space =>
            {
                Gap::Quote
            }
            '"' | '\u{201c}' | '\u{201d}' | '\u{2018}' | '\u{2019}' | '\'' => gap,
            c if c.is_whitespace() => gap,
            _ => Gap::Break,
        };
    }
    gap
}

/// Bytes of the word at the start of `rest`: letters and digits, apostrophes between letters,
/// full stops in "U.S." and between digits, commas between digits.
fn word_length(rest: &str) -> usize {
    let mut chars = rest.char_indices().peekable();
    let mut before = ' ';
    let mut letters_since_stop = 0;
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |(_, n)| *n);
        let inside = match c {
            _ if c.is_alphanumeric() || is_mark(c) => {
                letters_since_stop += 1;
                true
            }
            '\'' | '\u{2019}' | '\u{2bc}' => before.is_alphanumeric() && next.is_alphabetic(),
            ',' => before.is_ascii_digit() && next.is_ascii_digit(),
            '.' if before.is_ascii_digit() => next.is_ascii_digit(),
            '.' => {
                let abbreviation = letters_since_stop == 1 && before.is_uppercase();
                let inner = abbreviation && next.is_uppercase();
                letters_since_stop = 0;
                if abbreviation && !inner && (at > 1 || next == ' ') {
                    return at + 1;
                }
                inner
            }
            _ => false,
        };
        if !inside {
            return at;
        }
        before = c;
    }
    rest.len()
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}')
}

fn without_possessive(word: &str, end: usize) -> (usize, bool) {
    for ending in ["'s", "\u{2019}s", "'S", "\u{2019}S"] {
        if word.len() > ending.len() && word.ends_with(ending) {
            return (end - ending.len(), true);
        }
    }
    (end, false)
}

fn shape(word: &str) -> Shape {
    let Some(first) = word.chars().next() else {
        return Shape::Lower;
    };
    if first.is_numeric() {
        return Shape::Digits;
    }
    if !first.is_uppercase() {
        return Shape::Lower;
    }
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let several = word.chars().filter(|c| c.is_alphanumeric()).nth(1).is_some();
    if several && letters.all(char::is_uppercase) { Shape::Upper } else { Shape::Capital }
}

/// The form in which words are compared: lower case, Latin letters, without apostrophes and stops.
pub(crate) fn fold(word: &str, into: &mut String) {
    into.clear();
    if word.is_ascii() {
        let kept = word.bytes().filter(|b| !matches!(b, b'\'' | b'.'));
        into.extend(kept.map(|b| b.to_ascii_lowercase() as char));
        return;
    }
    for c in word.chars().filter(|c| !matches!(c, '\'' | '.' | '\u{2019}' | '\u{2bc}')) {
        if is_mark(c) {
            continue;
        }
        into.extend(any_ascii::any_ascii_char(c).bytes().map(|b| b.to_ascii_lowercase() as char));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        let all = tokens(text, TextRange::whole(text).unwrap());
        all.iter().filter_map(|t| text.get(t.start..t.end)).collect()
    }

    #[test]
    fn words_keep_their_apostrophes_and_lose_the_possessive() {
        assert_eq!(words("Mali’s army, Hay'at"), ["Mali", "army", "Hay'at"]);
        assert_eq!(
            words("U.S. troops left. It rained"),
            ["U.S.", "troops", "left", "It", "rained"]
        );
        assert_eq!(words("1,200 men; al-Qaeda."), ["1,200", "men", "al", "Qaeda"]);
    }

    #[test]
    fn gaps_say_what_lies_between() {
        let text = "the group (JNIM), al-Naba: no";
        let gaps: Vec<Gap> =
            tokens(text, TextRange::whole(text).unwrap()).iter().map(|t| t.gap).collect();
        assert_eq!(gaps, [Gap::Break, Gap::Space, Gap::Open, Gap::Close, Gap::Hyphen, Gap::Break]);
    }

    #[test]
    fn folding_drops_case_accents_and_apostrophes() {
        let mut out = String::new();
        fold("Koné", &mut out);
        assert_eq!(out, "kone");
        fold("Hay’at", &mut out);
        assert_eq!(out, "hayat");
    }
}
