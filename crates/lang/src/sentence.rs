//! Sentences: a zone of text to ranges, one a sentence.
//!
//! A sentence ends at a mark ("." "?" "!" "…") where the words around it allow, at a blank line, at the
//! end of a line that is not wrapped, at a ruled line, and at a [`seam`]. Every look back or ahead is
//! bounded, so the time is linear in the text, whatever it holds.

use averment_types::TextRange;

use crate::Pos;
use crate::character::{is_apostrophe, is_closing, is_opening, is_terminator};
use crate::lexicon::closed_class;
use crate::rules::{Abbreviation, Rules};
use seam::{Seam, is_face};

mod seam;

/// How far, in bytes, words around a mark are looked at.
const REACH: usize = 48;
/// Widths of a page, in characters, at which lines of mail and wire copy are wrapped.
const PAGE: std::ops::RangeInclusive<usize> = 50..=120;
/// An ellipsis with spaces.
const SPACED: &str = ". . .";
/// Signs in a row that make a ruled line.
const RULE: usize = 5;

/// The sentences of `zone`, in order, without white space around them.
pub(crate) fn split(text: &str, zone: TextRange) -> Vec<TextRange> {
    let Some(words) = zone.slice(text) else {
        return Vec::new();
    };
    let mut splitter =
        Splitter { text, words, rules: Rules::english(), start: 0, width: 0, out: Vec::new() };
    splitter.run();
    splitter.out
}

struct Splitter<'a> {
    text: &'a str,
    words: &'a str,
    rules: &'a Rules,
    /// Where the sentence starts that is being read.
    start: usize,
    /// Characters of the longest line of the block of lines that is being read.
    width: usize,
    out: Vec<TextRange>,
}

impl<'a> Splitter<'a> {
    fn run(&mut self) {
        let (mut at, mut line) = (0, 0);
        self.cut(0);
        self.width = page_width(self.words);
        while let Some(c) = self.from(at).chars().next() {
            let next = at + c.len_utf8();
            at = if is_terminator(c) {
                self.mark(at, c)
            } else if c == '\n' {
                let next = self.line_end(line, at);
                line = next;
                next
            } else if let Some(end) = self.ruled_line(at, c) {
                self.cut(at);
                self.cut(end);
                end
            } else {
                if c == ' ' && self.is_seam(at) {
                    self.cut(at);
                }
                next
            };
        }
        self.cut(self.words.len());
    }

    fn from(&self, at: usize) -> &'a str {
        self.words.get(at..).unwrap_or_default()
    }

    /// Ends the sentence at `end`; the next one starts behind the white space there.
    fn cut(&mut self, end: usize) {
        let sentence = self.words.get(self.start..end).map(str::trim).filter(|s| !s.is_empty());
        self.out.extend(sentence.and_then(|s| TextRange::of(self.text, s)));
        self.start = self.words.len() - self.from(end).trim_start().len();
    }

    /// Whether the sentence ends at the space at `at`, though no mark stands before it.
    fn is_seam(&self, at: usize) -> bool {
        let before = self.words.get(self.start..at).unwrap_or_default();
        let after = self.from(at + 1);
        !before.is_empty()
            && !before.ends_with(char::is_whitespace)
            && !after.starts_with(char::is_whitespace)
            && Seam { before, after, rules: self.rules }.ends()
    }

    /// Reads the mark `first` at `at` with all that belongs to it; returns where it ends.
    fn mark(&mut self, at: usize, first: char) -> usize {
        let rest = self.from(at);
        let marks = marks_len(rest);
        let behind = self.from(at + marks);
        let closers = closers_len(behind);
        let mark = match rest.get(..marks).unwrap_or_default() {
            "." => Mark::Stop,
            dots if dots.chars().all(|c| matches!(c, '.' | '…' | ' ')) => Mark::Ellipsis,
            _ => Mark::Other(first),
        };
        let end = at + marks + closers;
        let cited = end + citations(self.from(end));
        if self.ends(at, mark, behind.get(..closers).unwrap_or_default(), self.from(cited)) {
            self.cut(cited);
            return cited;
        }
        end
    }

    /// Whether the sentence ends at `mark`, which stands at `at` with `closers` and then `after` behind it.
    fn ends(&self, at: usize, mark: Mark, closers: &str, after: &str) -> bool {
        let inked = after.trim_start();
        let Some(begin) = inked.chars().next() else {
            return true;
        };
        let gap = after.get(..after.len() - inked.len()).unwrap_or_default();
        if gap.bytes().filter(|b| *b == b'\n').count() > 1
            || matches!(mark, Mark::Other('。' | '！' | '？'))
        {
            return true;
        }
        let quoted = closers.chars().any(|c| !matches!(c, ')' | ']' | '}'));
        if gap.is_empty() {
            return self.ends_unspaced(at, mark, quoted, inked);
        }
        if begin == '…' || ["...", SPACED].iter().any(|dots| inked.starts_with(dots)) {
            return !matches!(mark, Mark::Ellipsis);
        }
        if matches!(mark, Mark::Ellipsis) && self.is_first(at) {
            return false;
        }
        if is_terminator(begin) || is_closing(begin) && !is_opening(begin) || is_middle(begin) {
            return false;
        }
        if is_face(first_chunk(inked), self.rules) {
            return false;
        }
        let lower = begin.is_lowercase() && self.rules.scheme(inked).is_none();
        match mark {
            Mark::Stop => self.ends_at_stop(at, quoted, lower, inked),
            Mark::Ellipsis | Mark::Other(_) if matches!(begin, '–' | '—') => false,
            Mark::Ellipsis | Mark::Other(_) if quoted => !lower && !self.tells_speaker(inked),
            Mark::Ellipsis => !lower,
            Mark::Other(_) => !lower || closers.is_empty(),
        }
    }

    /// Whether what stands behind a quotation says who spoke: "Diallo asked".
    fn tells_speaker(&self, after: &str) -> bool {
        let clause = reach(after).split(|c: char| is_terminator(c) || is_middle(c)).next();
        let mut words = clause.unwrap_or_default().split_whitespace().skip(1).take(3);
        words.any(|word| self.rules.is_speech(word))
    }

    /// Whether the sentence ends although no space follows: "They left.The army came."
    fn ends_unspaced(&self, at: usize, mark: Mark, quoted: bool, after: &str) -> bool {
        let mut chars = after.chars();
        let upper = chars.next().is_some_and(char::is_uppercase);
        let sentence = upper
            && (chars.next().is_some_and(char::is_lowercase)
                || self.rules.is_one_letter_word(first_word(after)));
        let word = last_word(self.words, at);
        let plain = word.chars().nth(1).is_some() && word.chars().all(char::is_lowercase);
        let address = || self.rules.ends_address(first_word(after));
        match mark {
            Mark::Other('؟' | '۔' | '।') => true,
            Mark::Stop => {
                sentence
                    && !address()
                    && !self.is_in_address(word, at)
                    && (quoted || plain && self.rules.abbreviation(word).is_none())
            }
            Mark::Other(_) if plain && self.begins_small(after) => !self.is_in_address(word, at),
            Mark::Ellipsis | Mark::Other(_) => sentence && (quoted || plain),
        }
    }

    /// Whether `after` begins with a whole word in small letters, and with no rest of one as a damaged
    /// apostrophe leaves it: "you?re". Behind dots a sentence may go on: "who?...he asked".
    fn begins_small(&self, after: &str) -> bool {
        let word = first_word(after);
        let read = self.words.len() - after.len();
        let dots = self.words.get(..read).is_some_and(|read| read.ends_with(['.', '…']));
        let rest = after.get(word.len()..).unwrap_or_default();
        let whole = |c: char| c.is_whitespace() || is_apostrophe(c) || matches!(c, ',' | '.');
        !dots
            && word.chars().nth(1).is_some()
            && word.chars().all(char::is_lowercase)
            && rest.starts_with(whole)
            && !self.rules.is_clitic(&format!("'{word}"))
    }

    /// Whether the full stop at `at` ends the sentence, with `after` behind it, which begins with a `lower`
    /// letter or not.
    fn ends_at_stop(&self, at: usize, quoted: bool, lower: bool, after: &str) -> bool {
        let word = last_word(self.words, at);
        let begin = after.chars().next().unwrap_or(' ');
        let before = at - word.len();
        if self.is_number_of_item(word, before) {
            return false;
        }
        let opens = is_opening(begin) && !matches!(begin, '(' | '[' | '<');
        let bracketed = || self.words.get(..before).is_some_and(|s| s.ends_with('('));
        match self.rules.abbreviation(word) {
            None => !lower || !quoted,
            Some(_) if lower || bracketed() => false,
            Some(Abbreviation::BeforeName) => quoted,
            Some(Abbreviation::Last) => true,
            Some(Abbreviation::BeforeNumber) => begin.is_uppercase() || opens,
            Some(Abbreviation::Open | Abbreviation::Dotted) => {
                quoted || opens || starts(after, false)
            }
            Some(Abbreviation::Initial) => {
                quoted || starts(after, true) || self.is_no_initial(word, before)
            }
        }
    }

    /// Whether `word`, which ends at `at`, begins or is part of an address on the web.
    fn is_in_address(&self, word: &str, at: usize) -> bool {
        let before = self.words.get(..at - word.len()).unwrap_or_default();
        before.ends_with('/') || self.rules.scheme(self.from(before.len())).is_some()
    }

    /// Whether nothing but signs that open stands between the sentence's start and `at`.
    fn is_first(&self, at: usize) -> bool {
        self.words.get(self.start..at).is_some_and(|s| {
            s.len() < REACH && s.chars().all(|c| c.is_whitespace() || is_opening(c))
        })
    }

    /// Whether `word` numbers the item that the sentence is: "2. The army".
    fn is_number_of_item(&self, word: &str, before: usize) -> bool {
        let first = self.is_first(before);
        let listed = || self.words.get(..before).is_some_and(|s| s.ends_with(": "));
        (first || listed())
            && word.len() < 4
            && word.chars().all(|c| c.is_ascii_digit() || c == '.')
    }

    /// Whether a word of one letter stands among words and not in a name: "she and I."
    fn is_no_initial(&self, word: &str, before: usize) -> bool {
        let previous =
            self.words.get(..before).map(str::trim_end).map(str::len).unwrap_or_default();
        self.rules.is_one_letter_word(word)
            && before - previous < REACH
            && last_word(self.words, previous).chars().all(char::is_lowercase)
    }

    /// Reads the line feed at `at`, which ends the line that starts at `line`; returns where the next
    /// line starts.
    fn line_end(&mut self, line: usize, at: usize) -> usize {
        let rest = self.from(at);
        let next = rest.trim_start();
        let gap = rest.get(..rest.len() - next.len()).unwrap_or_default();
        let blank = gap.bytes().filter(|b| *b == b'\n').count() > 1;
        let end = at + gap.len();
        let line = self.words.get(line..at).unwrap_or_default().trim_end();
        if blank || !self.is_wrapped(line, next) {
            self.cut(end);
        }
        if blank {
            self.width = page_width(next);
        }
        end
    }

    /// Whether `line` was broken for want of room and its sentence goes on in `next`.
    fn is_wrapped(&self, line: &str, next: &str) -> bool {
        let mut words = next.split_whitespace();
        let word = words.next().unwrap_or_default();
        if is_bullet(word) {
            return false;
        }
        if word.starts_with(char::is_lowercase) {
            return true;
        }
        let room = line.chars().count() + 1 + word.chars().take(*PAGE.end()).count();
        PAGE.contains(&self.width) && room > self.width
    }

    /// Where the ruled line ends that starts at `at` with `sign`.
    fn ruled_line(&self, at: usize, sign: char) -> Option<usize> {
        let rules = matches!(sign, '-' | '=' | '*' | '_' | '—');
        if !rules || !self.words.get(..at)?.chars().next_back().is_none_or(char::is_whitespace) {
            return None;
        }
        let rest = self.from(at);
        let behind = rest.trim_start_matches(sign);
        let len = rest.len() - behind.len();
        let alone = behind.chars().next().is_none_or(char::is_whitespace);
        (alone && len >= RULE * sign.len_utf8()).then_some(at + len)
    }
}

/// The length of the marks at the start of `rest`.
fn marks_len(rest: &str) -> usize {
    if rest.starts_with(SPACED) {
        let dots = rest.trim_start_matches(". ");
        return rest.len() - dots.trim_start_matches('.').len();
    }
    rest.len() - rest.trim_start_matches(is_terminator).len()
}

/// The length of the quotation marks and brackets that close behind a mark; a straight quotation mark
/// between spaces closes too.
fn closers_len(behind: &str) -> usize {
    let len = behind.len() - behind.trim_start_matches(is_closing).len();
    let apart = [" \"", " ''"].into_iter().find(|quote| {
        let rest = behind.get(len..).and_then(|rest| rest.strip_prefix(*quote));
        rest.is_some_and(|rest| rest.starts_with(char::is_whitespace) || rest.is_empty())
    });
    len + apart.map_or(0, str::len)
}

/// A mark that may end a sentence.
#[derive(Clone, Copy)]
enum Mark {
    Stop,
    Ellipsis,
    /// The first of any others.
    Other(char),
}

/// Signs that stand inside sentences alone.
const fn is_middle(c: char) -> bool {
    matches!(c, ',' | ';' | ':' | '%' | '/' | '،' | '؛')
}

/// Whether `word`, the first of a line, marks an item of a list.
fn is_bullet(word: &str) -> bool {
    matches!(word, "-" | "–" | "—" | "*" | "•" | "·" | "o" | "▪" | "●")
        || word.strip_suffix(['.', ')']).is_some_and(|number| {
            (1..4).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit())
        })
}

/// Whether `after` begins with a word that names nothing: "The", "However". With `sure`, words that are
/// also parts of names do not count.
fn starts(after: &str, sure: bool) -> bool {
    let word = first_word(after);
    let Some(class) = closed_class(&word.to_lowercase()).filter(|_| !word.is_empty()) else {
        return false;
    };
    match class {
        Pos::Det | Pos::Pron | Pos::Sconj => true,
        Pos::Cconj | Pos::Adp | Pos::Adv | Pos::Aux => !sure,
        _ => false,
    }
}

/// The length of references behind a sentence, which belong to it: "[3] [4]".
fn citations(after: &str) -> usize {
    let mut len = 0;
    loop {
        let rest = after.get(len..).unwrap_or_default();
        let begin = rest.strip_prefix(' ').unwrap_or(rest);
        let number = begin.strip_prefix('[').unwrap_or_default();
        let figures = number.bytes().take(4).take_while(u8::is_ascii_digit).count();
        if !(1..4).contains(&figures) || number.as_bytes().get(figures) != Some(&b']') {
            return len;
        }
        len += rest.len() - begin.len() + figures + 2;
    }
}

/// The word that ends at `end`, without signs that open before it; at most [`REACH`] bytes of it.
fn last_word(words: &str, end: usize) -> &str {
    let from = (end.saturating_sub(REACH)..=end).find(|at| words.is_char_boundary(*at));
    let reach = words.get(from.unwrap_or(end)..end).unwrap_or_default();
    let divides =
        |c: char| c.is_whitespace() || is_opening(c) || is_closing(c) || matches!(c, '-' | '/');
    let inside = |c: char| divides(c) && !is_apostrophe(c);
    reach.rsplit(inside).next().unwrap_or_default().trim_start_matches(is_apostrophe)
}

/// The first [`REACH`] characters of `after`.
fn reach(after: &str) -> &str {
    let len = after.char_indices().nth(REACH).map_or(after.len(), |(at, _)| at);
    after.get(..len).unwrap_or_default()
}

/// What stands before the first white space of `after`, if that is near.
fn first_chunk(after: &str) -> &str {
    reach(after).split(char::is_whitespace).next().unwrap_or_default()
}

/// The letters at the start of `after`; none where there are too many.
fn first_word(after: &str) -> &str {
    let reach = reach(after);
    let len = reach.find(|c: char| !c.is_alphanumeric());
    reach.get(..len.unwrap_or(reach.len())).unwrap_or_default()
}

/// Characters of the longest line before the first blank line.
fn page_width(words: &str) -> usize {
    let lines = words.lines().take_while(|line| !line.trim().is_empty());
    lines.map(|line| line.trim_end().chars().count()).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(text: &str) -> Vec<&str> {
        let all = split(text, TextRange::whole(text).unwrap());
        all.into_iter().map(|r| r.slice(text).unwrap()).collect()
    }

    /// `marked` is the text with a "|" behind every sentence but the last.
    fn check(marked: &str) {
        let text = marked.replace('|', "");
        assert_eq!(sentences(&text), marked.split('|').map(str::trim).collect::<Vec<_>>());
    }

    #[test]
    fn abbreviations_initials_and_figures_do_not_end_a_sentence() {
        check("Lt. Col. A. B. Touré spoke at 3.30 p.m. on Monday.| He left.");
        check("He left the U.S. for Mali.| He arrived from the U.S.| The army said no.");
        check(
            "See No. 5.| He said no.| The army left at 3 p.m. Monday.| He saw it at 5 p.m.| They did not.",
        );
        check("It was she and I.| So they left.| John I. Smith saw Sgt. Will on Sept. 11.");
        check("1. Gunmen came.| 2. They left.");
        check("The general (b. March 1961) left.| They are, e.g. Diallo et. al., in Gao.");
        check("They took rice, oil, etc. from the store.| They sat.| Then they left.");
    }

    #[test]
    fn quotations_and_brackets_close_with_their_sentence() {
        check("“They fled.” He said no.| The army left!".replace("” He", "”| He").as_str());
        check(
            "“Where are they?” he asked.| (Nobody knew.)| “We left.” They did."
                .replace("” They", "”| They")
                .as_str(),
        );
        check("It was a lie.[3] [12]| The army left.");
    }

    #[test]
    fn other_marks() {
        check("What?!| Nobody … knew it.| They waited...| Then they left.| al-Shabaab came.");
        check("They left.The army came.| See averment.org.".replace("left.T", "left.|T").as_str());
        check("قتل رجلان؟| غادر الجيش۔| انتهى.");
    }

    #[test]
    fn lines() {
        check("Two men\nwere killed.| Three\r\nfled.");
        check("Attack in the north|\nBy A. Diallo|\n\nGunmen came.|\n-----|\nThey left");
        check(
            "Fighters of a group that nobody had heard of before came to\nTimbuktu in the night and took the town from the army of\nMali.| They left.",
        );
        check("The list:|\n- two men|\n- three women");
    }

    #[test]
    fn marks_without_a_space_behind_them() {
        check("where are they?nobody knew, he said.".replace("?n", "?|n").as_str());
        check("See www.averment.org/list?page=2 or you?re lost...who?...he asked.");
        check("He wrote it down.| http://averment.org/a");
        check("They are safe! :)| We saw them. ^_^");
    }

    #[test]
    fn hostile_text_takes_linear_time() {
        let long = " ".repeat(200_000);
        let parts = [
            ". [",
            "a.",
            "?",
            "-- ",
            "\n",
            " \n. ",
            "I. ",
            "[1",
            "A.B.",
            ".\u{301}",
            "- A ",
            "1. A 2) ",
            "Hi, A ",
            ", ",
            "a@b.c A ",
            "9/9/2020 10:10 AM ",
            ":) A ",
            "To: A ",
            "A The a ",
            "www.a.b A",
        ];
        for part in parts.iter().copied().chain([long.as_str()]) {
            let text = long.clone() + &part.repeat(400_000 / part.len());
            let covered: usize = sentences(&text).iter().map(|s| s.len()).sum();
            assert!(covered <= text.len());
        }
    }
}
