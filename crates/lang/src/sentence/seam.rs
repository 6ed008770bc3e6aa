//! Seams: gaps between words where two lines were joined and no mark tells that a sentence ends.
//!
//! Mail, notices and lists are often handed on as one long line. Their parts still show what they are:
//! the stamp that a mail program puts over a quoted message, addresses, salutations, numbered items.
//! Only the chunks around the gap are looked at, so that the time stays linear in the text.

use super::{first_word, reach};
use crate::Pos;
use crate::character::{is_apostrophe, is_space};
use crate::lexicon::closed_class;
use crate::rules::Rules;

/// Longest salutation or closing phrase, in bytes.
const PHRASE: usize = 40;
/// Words of the longest salutation: "Dear Mr. Abdoulaye Diallo,".
const SALUTATION: usize = 4;

/// A gap of one space inside what would be a sentence.
#[derive(Clone, Copy)]
pub(super) struct Seam<'a> {
    /// The sentence so far, without white space around it; never empty.
    pub(super) before: &'a str,
    /// Everything behind the gap; never empty.
    pub(super) after: &'a str,
    pub(super) rules: &'a Rules,
}

impl Seam<'_> {
    /// Whether a sentence ends here.
    pub(super) fn ends(self) -> bool {
        let Some(begin) = self.after.chars().next() else {
            return false;
        };
        let last = last_chunk(self.before);
        if begin.is_uppercase() {
            return self.ends_before_capital(last);
        }
        match begin {
            '0'..='9' => {
                self.is_before_stamp(last) || self.is_behind_stamp() || self.is_next_item(last)
            }
            '-' => self.is_next_bullet(last) || self.is_behind_stamp(),
            _ if self.rules.scheme(self.after).is_some() => {
                self.is_behind_address(last) || self.is_behind_stamp()
            }
            _ => {
                (begin.is_alphabetic() || matches!(begin, '"' | '“' | '<'))
                    && self.is_behind_stamp()
            }
        }
    }

    fn ends_before_capital(self, last: &str) -> bool {
        last.ends_with(">>")
            || is_face(last, self.rules)
            || self.is_behind_stamp()
            || self.is_behind_address(last)
            || self.is_behind_salutation(last)
            || self.is_before_header(last)
            || self.is_before_opening_word(last)
    }

    /// Whether a date with the time of day follows, and what stands before it is no part of its clause.
    fn is_before_stamp(self, last: &str) -> bool {
        let name = !last.starts_with(char::is_lowercase) || last.contains('@');
        let ended = last.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '>' | ')'));
        let mut chunks = reach(self.after).split(is_space);
        name && ended && is_date(chunks.next()) && is_clock(chunks.next())
    }

    /// Whether a date with the time of day ends here: "11/28/2000 08:22 AM". Before a small letter it
    /// must stand alone.
    fn is_behind_stamp(self) -> bool {
        let stamped = self.before.ends_with(|c: char| c.is_ascii_digit() || matches!(c, 'm' | 'M'));
        if !stamped || is_meridiem(first_word(self.after)) {
            return false;
        }
        let mut chunks = self.before.rsplit(is_space);
        let mut chunk = chunks.next();
        if chunk.is_some_and(is_meridiem) {
            chunk = chunks.next();
        }
        let stamp = is_clock(chunk) && is_date(chunks.next());
        stamp && (!self.after.starts_with(char::is_lowercase) || chunks.next().is_none())
    }

    /// Whether an address ends here that is no part of a clause, as it is in "on www.averment.org Friday".
    fn is_behind_address(self, last: &str) -> bool {
        let Some(head) = self.before.get(..self.before.len() - last.len()) else {
            return false;
        };
        let governed = || closed_class(last_chunk(head.trim_end())) == Some(Pos::Adp);
        let labels = || reach(self.after).split(is_space).next().is_some_and(|w| w.ends_with(':'));
        is_address(last, self.rules) && !governed() && !labels()
    }

    /// Whether "Dear Ms. Touré," or "Best regards," ends here, and is the whole sentence; or "Best regards"
    /// before the one word that the paragraph ends with.
    fn is_behind_salutation(self, last: &str) -> bool {
        let whole = Some(self.before).filter(|whole| whole.len() <= PHRASE).unwrap_or_default();
        let phrase = whole.trim_end_matches([',', ':', '-', ' ']);
        if phrase.len() == whole.len() && !self.is_before_last_word() {
            return false;
        }
        let lower = phrase.to_lowercase();
        let first = lower.split(is_space).next().unwrap_or_default();
        let greets = phrase.len() < whole.len()
            && self.rules.is_greeting(first)
            && lower.split(is_space).count() <= SALUTATION;
        greets || (!last.ends_with([':', '-']) && self.rules.is_closing(&lower))
    }

    /// Whether one word follows, and then the line or the text ends.
    fn is_before_last_word(self) -> bool {
        let rest = self.after.get(first_word(self.after).len()..).unwrap_or_default();
        rest.is_empty() || rest.starts_with('\n')
    }

    /// Whether a line of a mail's or a notice's head follows: "Subject: ".
    fn is_before_header(self, last: &str) -> bool {
        let name = first_word(self.after);
        let colon = self.after.get(name.len()..).is_some_and(|rest| rest.starts_with(": "));
        colon && !last.ends_with([':', ',']) && self.rules.is_header(name)
    }

    /// Whether a word that opens sentences follows a name or figure, and running text follows it: "Room 5
    /// Please call her". A title goes on in capitals, if not at once: "Rebels Flee As the Army Comes".
    fn is_before_opening_word(self, last: &str) -> bool {
        let word = first_word(self.after);
        let small = |word: &str| word.starts_with(char::is_lowercase);
        let runs = reach(self.after).split(' ').skip(1).take(2).all(small);
        let named = last.chars().nth(1).is_some()
            && last.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            && last.ends_with(char::is_alphanumeric)
            && !last.contains(is_apostrophe);
        let whole = self.after.get(word.len()..).is_some_and(|rest| rest.starts_with(' '));
        let opens = runs && named && whole && word.chars().skip(1).all(char::is_lowercase);
        opens && self.rules.is_opener(&word.to_lowercase()) && !is_closed(last)
    }

    /// Whether the sentence is a numbered item and the next one, or in a countdown the one before, follows.
    fn is_next_item(self, last: &str) -> bool {
        let (Some(this), Some(next)) = (item(self.before), item(self.after)) else {
            return false;
        };
        let ended = last.ends_with(|c: char| c.is_alphanumeric() || c == ')') && !is_closed(last);
        this.1 == next.1 && this.0.abs_diff(next.0) == 1 && ended
    }

    /// Whether the sentence is an item behind a hyphen and another follows, or both are names of files.
    fn is_next_bullet(self, last: &str) -> bool {
        let starts = |c: char| c.is_uppercase() || c.is_ascii_digit();
        let Some(item) = self.after.strip_prefix("- ") else {
            return false;
        };
        let file = || last.rsplit_once('.').is_some_and(|(_, end)| self.rules.is_extension(end));
        file() || (item.starts_with(starts) && self.before.starts_with("- "))
    }
}

/// What stands behind the last white space.
fn last_chunk(words: &str) -> &str {
    words.rsplit(is_space).next().unwrap_or_default()
}

/// Whether `word` is of a closed class, so that its clause goes on.
fn is_closed(word: &str) -> bool {
    closed_class(&word.to_lowercase()).is_some()
}

/// Whether `chunk` is a smiley and no arrow.
pub(super) fn is_face(chunk: &str, rules: &Rules) -> bool {
    chunk.starts_with([':', ';', '=', '^'])
        && !chunk.ends_with('>')
        && rules.smiley(chunk) == Some(chunk.len())
}

/// Whether `chunk` is an address of the web or of mail.
fn is_address(chunk: &str, rules: &Rules) -> bool {
    if !chunk.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '>' | '/')) {
        return false;
    }
    let bare = chunk.trim_matches(['<', '>']);
    let mail =
        || bare.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    rules.scheme(bare).is_some() || mail()
}

/// Whether `chunk` is a date in figures: "11/28/2000".
fn is_date(chunk: Option<&str>) -> bool {
    are_figures(chunk.unwrap_or_default(), '/', 3..=3)
}

/// Whether `chunk` is a time of day: "08:22", "08:22:31".
fn is_clock(chunk: Option<&str>) -> bool {
    are_figures(chunk.unwrap_or_default(), ':', 2..=3)
}

/// Whether `chunk` is figures in groups, as many as `groups` allows, with `sign` between.
fn are_figures(chunk: &str, sign: char, groups: std::ops::RangeInclusive<usize>) -> bool {
    let figures =
        |group: &str| (1..5).contains(&group.len()) && group.bytes().all(|b| b.is_ascii_digit());
    chunk.len() < 12
        && groups.contains(&chunk.split(sign).count())
        && chunk.split(sign).all(figures)
}

/// Whether `word` tells the half of the day.
fn is_meridiem(word: &str) -> bool {
    ["am", "pm"].iter().any(|half| word.eq_ignore_ascii_case(half))
}

/// The number of the item that `words` begins with, and the sign behind it: "12)".
fn item(words: &str) -> Option<(u32, u8)> {
    let figures = words.bytes().take(4).take_while(u8::is_ascii_digit).count();
    let sign = words.as_bytes().get(figures).copied().filter(|sign| matches!(sign, b'.' | b')'))?;
    let spaced = words.as_bytes().get(figures + 1).is_some_and(|b| !b.is_ascii_digit());
    let number = words.get(..figures)?.parse().ok()?;
    spaced.then_some((number, sign))
}

#[cfg(test)]
mod tests {
    use averment_types::TextRange;

    use super::super::split;

    /// `marked` is the text with a "|" behind every sentence but the last.
    fn check(marked: &str) {
        let text = marked.replace('|', "");
        let all = split(&text, TextRange::whole(&text).unwrap());
        let sentences: Vec<&str> = all.into_iter().map(|r| r.slice(&text).unwrap()).collect();
        assert_eq!(sentences, marked.split('|').map(str::trim).collect::<Vec<_>>());
    }

    #[test]
    fn a_stamp_over_a_message_stands_alone() {
        check("Moussa Diallo@UNIT| 02/07/2012 09:30 AM| Two men came back.| We sent them home.");
        check("Awa Cissé| 02/07/2012 09:30| who is there?");
        check("It was found on 02/07/2012 09:30 am by the army.");
        check("They fled on 02/07/2012 and came back at 09:30 PM.");
    }

    #[test]
    fn an_address_ends_what_it_closes() {
        check("Awa Diallo a.diallo@averment.org| They left Gao at dawn.");
        check("Two lists: http://averment.org/a| http://averment.org/b");
        check("It said on www.averment.org Friday that two men died.");
    }

    #[test]
    fn salutations_and_closing_phrases_stand_alone() {
        check("Dear Ms. Touré,| We have no news.| Best regards,| Awa");
        check("We have no news.| Regards| Awa|\n\nNone");
        check("Best of all, Awa came home.");
    }

    #[test]
    fn items_and_headers_follow_each_other() {
        check("1. Two trucks 2. Three cars".replace(" 2", "| 2").as_str());
        check("3) Gao| 2) Mopti| 1) Ségou");
        check("In item 1 they name 2) the army.");
        check("- Two trucks| - Three cars");
        check("- list.doc| - map.pdf");
        check("From: Awa Cissé| To: Moussa Diallo| Subject: Re: The road to Gao");
    }

    #[test]
    fn a_word_that_opens_a_sentence_opens_it_behind_a_name() {
        check("Camp of the Third Brigade| The men left at dawn.");
        check("Room 112| Please call her.");
        check("Rebels Leave Gao As the Army Comes");
        check("He heard the band We Fall in Bamako and paid 50 US dollars.");
        check("They are safe :)| Nobody was hurt.");
    }
}
