//! Where the next token of a stretch of text without white space ends.
//!
//! The conventions are those of Universal Dependencies' English treebanks since release 2.15: hyphens
//! and slashes between words are tokens, figures keep their commas, colons and slashes, addresses and
//! smileys are one token, abbreviations keep their full stop. Looks ahead are bounded.

use crate::character::{is_apostrophe, is_binder, is_combining, is_hyphen, is_space, is_word};
use crate::rules::{Abbreviation, Rules};

/// How far, in bytes, is looked ahead for the end of an address's first part.
const REACH: usize = 64;
/// Fewest signs of a line drawn with several.
const DRAWN: usize = 4;

/// What stands around the rest of a chunk.
#[derive(Clone, Copy)]
pub(crate) struct Around<'a> {
    /// The character before it, in the same chunk.
    pub(crate) before: Option<char>,
    /// The sentence's text behind the chunk.
    pub(crate) after: &'a str,
    /// How many bytes of the chunk's end close the sentence: its full stop's successors.
    pub(crate) closing: Option<usize>,
}

/// The length in bytes of the token at the start of `rest`, a chunk or the rest of one.
pub(crate) fn token_len(rest: &str, around: Around<'_>, rules: &Rules) -> usize {
    let Some(first) = rest.chars().next() else {
        return 0;
    };
    let fresh = !around.before.is_some_and(is_word);
    let special = if fresh { special(rest, first, rules) } else { None };
    special.unwrap_or_else(|| {
        if first.is_ascii_digit() || signed(rest, first, fresh) {
            number(rest, around, rules)
        } else if is_word(first) || is_binder(first) && starts_word(rest) {
            word(rest, 0, around, rules)
        } else {
            punctuation(rest, first)
        }
    })
}

/// What is read as a whole: addresses, names of files, smileys, "@name", "#topic", "'70s".
fn special(rest: &str, first: char, rules: &Rules) -> Option<usize> {
    if let Some(scheme) = rules.scheme(rest) {
        let end = address_end(rest);
        return Some(end).filter(|end| *end > scheme);
    }
    if is_apostrophe(first) {
        return apostrophe_word(rest, first, rules);
    }
    if matches!(first, '@' | '#') {
        let name = rest.get(1..)?;
        let len = name.len() - name.trim_start_matches(is_word).len();
        let host = if first == '@' { host(name, rules) } else { None };
        return (name.starts_with(char::is_alphabetic)).then_some(1 + host.unwrap_or(len));
    }
    if is_word(first) {
        let address = || mail_address(rest).or_else(|| site_address(rest, rules));
        let site = || host(rest, rules);
        return address()
            .or_else(site)
            .or_else(|| file_name(rest, rules))
            .or_else(|| cut_short(rest));
    }
    signed_name(rest, first, rules).or_else(|| smiley(rest, rules))
}

/// The length of a file's name or ending behind a hyphen or stop: "-o.txt", ".doc".
fn signed_name(rest: &str, first: char, rules: &Rules) -> Option<usize> {
    let name = rest.strip_prefix(['-', '.']).filter(|name| name.starts_with(is_word))?;
    let ending = leading_word(name);
    if first == '.' && rules.is_extension(ending) {
        return Some(1 + ending.len());
    }
    file_name(name, rules).map(|len| 1 + len)
}

/// The length of a smiley with no word behind it.
fn smiley(rest: &str, rules: &Rules) -> Option<usize> {
    let len = rules.smiley(rest)?;
    rest.get(len..)?.chars().next().is_none_or(|c| !is_word(c)).then_some(len)
}

/// The end of the address that starts `rest`, without the marks that close a sentence or a bracket.
fn address_end(rest: &str) -> usize {
    let stop = rest.find(['<', '>', '"', '“', '”', '«', '»']);
    let mut address = rest.get(..stop.unwrap_or(rest.len())).unwrap_or_default();
    let opens = address.contains('(');
    let closes = |c: char| {
        matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | ']' | '}' | '*' | '…')
            || (c == ')' && !opens)
    };
    address = address.trim_end_matches(closes);
    address.len()
}

/// The length of "name@host".
fn mail_address(rest: &str) -> Option<usize> {
    let local = |b: u8| b.is_ascii_alphanumeric() || b"._%+-&".contains(&b);
    let at = rest.bytes().take(REACH).position(|b| !local(b))?;
    let host = rest.get(at..)?.strip_prefix('@')?;
    let len = host.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')));
    let host = host.get(..len.unwrap_or(host.len()))?.trim_end_matches(['.', '-']);
    (!host.is_empty()).then_some(at + 1 + host.len())
}

/// The length of "averment.org/news".
fn site_address(rest: &str, rules: &Rules) -> Option<usize> {
    let inside = |b: u8| b.is_ascii_alphanumeric() || b"-.".contains(&b);
    let host = rest.get(..rest.bytes().take(REACH).take_while(|b| inside(*b)).count())?;
    let (name, domain) = host.rsplit_once('.')?;
    let path = rest.get(host.len()..)?.strip_prefix('/')?;
    let known = !name.is_empty() && rules.ends_address(domain);
    (known && path.starts_with(is_word)).then(|| address_end(rest))
}

/// The length of "averment-news.org", with an ending in small letters that is no word as "in" is.
fn host(rest: &str, rules: &Rules) -> Option<usize> {
    let inside = |b: u8| b.is_ascii_alphanumeric() || b"-.".contains(&b);
    let host = rest.get(..rest.bytes().take(REACH).take_while(|b| inside(*b)).count())?;
    let host = host.trim_end_matches(['.', '-']);
    let (name, domain) = host.rsplit_once('.')?;
    let known = domain.len() > 2 && is_lower(domain) && rules.is_domain(domain);
    let ended = !rest.get(host.len()..)?.starts_with(is_word);
    (known && ended && !name.is_empty() && !name.contains("..")).then_some(host.len())
}

/// The length of a word that a speaker breaks off behind its first letters: "th-".
fn cut_short(rest: &str) -> Option<usize> {
    let letters = rest.strip_suffix('-')?;
    (letters.len() < 3 && letters.chars().all(char::is_alphabetic)).then_some(rest.len())
}

/// The length of a name with a file's ending: "report-2.doc".
fn file_name(rest: &str, rules: &Rules) -> Option<usize> {
    let inside = |b: u8| b.is_ascii_alphanumeric() || b"._-#~".contains(&b);
    let name = rest.get(..rest.bytes().take(REACH).take_while(|b| inside(*b)).count())?;
    let name = name.trim_end_matches(['.', '-']);
    let (stem, ending) = name.rsplit_once('.')?;
    (!stem.is_empty() && rules.is_extension(ending)).then_some(name.len())
}

/// The length of a word or year that begins with an apostrophe: "'em", "'70s".
fn apostrophe_word(rest: &str, first: char, rules: &Rules) -> Option<usize> {
    let behind = rest.get(first.len_utf8()..)?;
    let len = behind.bytes().take(REACH).take_while(u8::is_ascii_alphanumeric).count();
    let word = behind.get(..len)?;
    let digits = word.strip_suffix('s').unwrap_or(word);
    let year = digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit());
    let quoted = behind.get(len..)?.starts_with(first);
    let whole = rest.get(..first.len_utf8() + len)?;
    let clitic = whole.len() == rest.len() && rules.is_clitic(whole);
    let known = year || clitic || rules.begins_with_apostrophe(whole);
    (known && !quoted).then_some(whole.len())
}

/// Whether `rest` begins with a plus or a point that belongs to the figures behind it.
fn signed(rest: &str, first: char, fresh: bool) -> bool {
    fresh && matches!(first, '+' | '.') && is_figure_next(rest)
}

/// Whether a word follows the signs of no width at the start of `rest`.
fn starts_word(rest: &str) -> bool {
    rest.chars().take(REACH).find(|c| !is_binder(*c)).is_some_and(is_word)
}

/// The length of the number at the start of `rest`; of the word where letters follow that are no unit.
fn number(rest: &str, around: Around<'_>, rules: &Rules) -> usize {
    let bytes = rest.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut end = 1;
    while digit(end) || matches!(bytes.get(end), Some(b'.' | b',' | b':' | b'/')) && digit(end + 1)
    {
        end += 1;
    }
    let behind = rest.get(end..).unwrap_or_default();
    match behind.chars().next() {
        Some('-') if digit(end + 1) => end + hyphened_figures(rest, end),
        Some(c) if is_apostrophe(c) && bytes.get(end - 1) == Some(&b'0') => {
            // "the 1980's": a decade, no possessor.
            let decade = behind.get(c.len_utf8()..).unwrap_or_default();
            let s = decade.starts_with('s') && !decade.chars().nth(1).is_some_and(is_word);
            end + if s { c.len_utf8() + 1 } else { 0 }
        }
        Some(c) if is_apostrophe(c) => word(rest, end, around, rules),
        Some(c) if is_word(c) => {
            let letters = behind.len() - behind.trim_start_matches(char::is_alphabetic).len();
            let stops = dotted_len(behind);
            let is_unit = |len: usize| behind.get(..len).is_some_and(|unit| rules.is_unit(unit));
            let alone = !behind.get(letters..).is_some_and(|s| s.starts_with(is_word));
            if alone && is_unit(letters) || (stops > 2 && is_unit(stops)) {
                end
            } else {
                word(rest, end, around, rules)
            }
        }
        _ => end,
    }
}

/// The length of "p.m" at the start of `letters`.
fn dotted_len(letters: &str) -> usize {
    let mut len = 0;
    let mut pairs = letters.as_bytes().chunks(2);
    while let Some([_, rest @ ..]) =
        pairs.next().filter(|pair| pair.first().is_some_and(u8::is_ascii_alphabetic))
    {
        len += 1;
        if rest != b"." {
            return len;
        }
        len += 1;
    }
    len.saturating_sub(1)
}

/// The length of what follows the figures that end at `end` if it is one number with them: the groups
/// of a telephone number, of a postal code or of a date; none for a range ("20-30").
fn hyphened_figures(rest: &str, end: usize) -> usize {
    let first = rest.get(..end).unwrap_or_default();
    let inside = |b: &u8| b.is_ascii_digit() || *b == b'-';
    let all = end + rest.bytes().skip(end).take(REACH).take_while(inside).count();
    let groups = rest.get(end + 1..all).unwrap_or_default().trim_end_matches('-');
    let first = first.rsplit('/').next().unwrap_or_default();
    let plain = first.bytes().all(|b| b.is_ascii_digit() || b == b'+');
    let telephone = groups.len() == 4 && matches!(first.len(), 1..=3 | 5);
    let alone =
        !rest.get(all..).is_some_and(|s| s.starts_with([':', '.', ',', '/']) && is_figure_next(s));
    let joined = plain && alone && (groups.contains('-') || telephone);
    if joined { 1 + groups.len() } else { 0 }
}

/// Whether a figure stands behind the sign that `behind` begins with.
fn is_figure_next(behind: &str) -> bool {
    behind.as_bytes().get(1).is_some_and(u8::is_ascii_digit)
}

/// The length of the word at the start of `rest`, of which `from` bytes are read.
fn word(rest: &str, from: usize, around: Around<'_>, rules: &Rules) -> usize {
    // Where the part starts that a hyphen or slash may have left: "non-X" is one part, "X-Y" two tokens.
    let mut part = 0;
    let mut chars = rest.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, c)) = chars.next() {
        if at < from || is_word(c) {
            before = c;
            continue;
        }
        let next = chars.peek().map(|(_, next)| *next);
        let goes_on = next.is_some_and(is_word);
        let letters = rest.get(part..at).unwrap_or_default();
        let behind = rest.get(at + c.len_utf8()..).unwrap_or_default();
        let inside = match c {
            _ if is_binder(c) => goes_on || next.is_some_and(is_binder),
            _ if is_apostrophe(c) => {
                before.is_alphanumeric() && next.is_some_and(char::is_alphabetic)
            }
            '·' => goes_on,
            '.' if goes_on && keeps_stop(letters, behind, before, rules) => true,
            '.' if goes_on => return at + usize::from(rules.abbreviation(letters).is_some()),
            '.' => return at + usize::from(owns_stop(letters, behind, around, rules)),
            '&' => part == 0 && goes_on && at < 4 && leading_word(behind).len() < 4,
            '/' => {
                let end = at + 1 + leading_word(behind).len();
                rules.keeps_slash(rest.get(..end).unwrap_or_default())
            }
            '*' => before.is_alphabetic() && next.is_some_and(char::is_alphabetic),
            '$' | '@' | '%' => false,
            _ if is_hyphen(c) && goes_on && part == 0 => {
                // "Hizb-e-Islami": a letter between hyphens links names and is no prefix.
                let links = at == before.len_utf8() && around.before.is_some_and(is_hyphen);
                !links && rules.keeps_hyphen(letters, leading_word(behind))
            }
            _ => false,
        };
        if !inside {
            return at;
        }
        if is_hyphen(c) {
            part = at + c.len_utf8();
        }
        before = c;
    }
    rest.len()
}

/// The letters and figures that `behind` begins with; at most [`REACH`] bytes.
fn leading_word(behind: &str) -> &str {
    let len = behind.char_indices().find(|(at, c)| *at >= REACH || !is_word(*c));
    behind.get(..len.map_or(behind.len(), |(at, _)| at)).unwrap_or_default()
}

/// Whether the stop between `letters` and `behind` stays inside the word: "U.S", "averment.org".
fn keeps_stop(letters: &str, behind: &str, before: char, rules: &Rules) -> bool {
    let mut last = leading_word(behind);
    let next_is_letter = last.chars().nth(1).is_none();
    if before.is_ascii_digit() && last.starts_with(|c: char| c.is_ascii_digit()) {
        return true;
    }
    let single = letters.rsplit('.').next().is_some_and(|part| part.chars().nth(1).is_none());
    if single && next_is_letter {
        return true;
    }
    let mut parts = 1;
    let mut rest = behind.get(last.len()..).unwrap_or_default();
    let mut lower = is_lower(last);
    while let Some(more) = rest.strip_prefix('.').filter(|_| parts < 8) {
        let word = leading_word(more);
        if word.is_empty() {
            break;
        }
        lower &= is_lower(word);
        (last, parts) = (word, parts + 1);
        rest = more.get(word.len()..).unwrap_or_default();
    }
    let compound = letters.rsplit('.').next().unwrap_or_default();
    rules.ends_address(last)
        || (lower && is_lower(compound) && (parts > 1 || letters.contains('.')))
        || rules.abbreviation(letters).is_some()
            && rules.abbreviation(last) == Some(Abbreviation::Initial)
}

fn is_lower(word: &str) -> bool {
    word.chars().all(|c| c.is_lowercase() || c.is_ascii_digit())
}

/// Whether the stop behind `letters`, which ends the word, belongs to it.
fn owns_stop(letters: &str, behind: &str, around: Around<'_>, rules: &Rules) -> bool {
    let Some(kind) = rules.abbreviation(letters) else {
        return false;
    };
    if behind.starts_with('.') {
        return behind == ".";
    }
    let last = around.closing == Some(behind.len());
    let capital = letters.starts_with(char::is_uppercase);
    match kind {
        Abbreviation::Dotted if last => capital,
        _ if last => false,
        Abbreviation::BeforeNumber => around
            .after
            .trim_start_matches(is_space)
            .starts_with(|c: char| c.is_numeric() || c == '#'),
        Abbreviation::Initial => behind.is_empty() || behind.starts_with(['-', ',', '\'', '’']),
        _ => true,
    }
}

/// The length of the mark or marks at the start of `rest`.
fn punctuation(rest: &str, first: char) -> usize {
    let alike = |same: &dyn Fn(char) -> bool| rest.len() - rest.trim_start_matches(same).len();
    let own = first.len_utf8();
    let dot = |c: char| matches!(c, '.' | '…');
    if dot(first) && (first == '…' || rest.starts_with("..")) {
        return alike(&dot);
    }
    if matches!(first, '.' | '!' | '?') {
        let bytes = rest.as_bytes();
        let goes_on = |at: usize| matches!(bytes.get(at), Some(b'.' | b'!' | b'?'));
        let dots = |at: usize| bytes.get(at..at + 2) == Some(b"..");
        let mut end = 1;
        while goes_on(end) && !dots(end) {
            end += 1;
        }
        return end;
    }
    let drawn = drawn_len(rest);
    if drawn > 0 {
        return drawn;
    }
    if matches!(first, '-' | '–' | '—' | '*' | '=' | '+' | '~' | '<' | '>' | '$') {
        return alike(&|c| c == first);
    }
    if is_apostrophe(first) && rest.get(own..).is_some_and(|s| s.starts_with(first)) {
        return 2 * own;
    }
    // Pictures of several signs: flags of tone, joined families.
    let mut end = own;
    let mut binds = first == '\u{200d}';
    for c in rest.get(own..).unwrap_or_default().chars() {
        if !(is_combining(c) || is_binder(c) || binds) {
            break;
        }
        binds = c == '\u{200d}';
        end += c.len_utf8();
    }
    end
}

/// The length of a line drawn with several signs at the start of `rest`: "*~*~*", "----=="; 0 where none
/// is, or where the second sign is far.
fn drawn_len(rest: &str) -> usize {
    let first = rest.bytes().next();
    let signs = || rest.bytes().take_while(|b| b"-=*~+<>|#{}".contains(b));
    let mixed = signs().take(REACH).any(|b| Some(b) != first);
    let len = if mixed { signs().count() } else { 0 };
    if len >= DRAWN { len } else { 0 }
}
