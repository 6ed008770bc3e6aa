//! Words: a sentence to tokens with exact ranges.

use averment_types::TextRange;

use crate::character::{is_apostrophe, is_closing, is_space};
use crate::chunk::{Around, token_len};
use crate::rules::Rules;
use crate::{Pos, Token};

/// Appends the tokens of `sentence` in `text` to `out`.
pub(crate) fn tokenize(text: &str, lower: &str, sentence: TextRange, out: &mut Vec<Token>) {
    let Some(words) = sentence.slice(text) else {
        return;
    };
    let rules = Rules::english();
    let closing = words.len() - words.trim_end_matches(is_closing).len();
    let mut rest = words;
    while let Some(start) = rest.find(|c: char| !is_space(c)) {
        rest = rest.get(start..).unwrap_or_default();
        let (mut chunk, after) = rest.split_at(rest.find(is_space).unwrap_or(rest.len()));
        let closing = (after.len() < closing.max(1)).then(|| closing - after.len());
        let mut before = None;
        while !chunk.is_empty() {
            let len = token_len(chunk, Around { before, after, closing }, rules);
            let (word, tail) = chunk.split_at(len);
            if let Some(range) = TextRange::of(text, word) {
                split_clitics(lower, range, out);
            }
            before = word.chars().next_back();
            chunk = tail;
        }
        rest = after;
    }
}

/// Pushes a word, with its clitics ("'s", "n't") as tokens of their own.
fn split_clitics(lower: &str, range: TextRange, out: &mut Vec<Token>) {
    let rules = Rules::english();
    let word = range.slice(lower).unwrap_or_default();
    let next = lower.get(range.end()..).unwrap_or_default();
    let mut start = 0;
    let cuts = rules.contraction(word, next).iter().copied().chain(clitic_cuts(word, rules));
    for cut in cuts.chain(rules.lost_apostrophe(word, next)) {
        push(range, start..cut, out);
        start = cut;
    }
    push(range, start..word.len(), out);
}

/// Where clitics are cut off a lower-case word, in order.
fn clitic_cuts(word: &str, rules: &Rules) -> Vec<usize> {
    let mut cuts = Vec::new();
    if is_decade(word) {
        return cuts;
    }
    let mut end = word.len();
    while let Some(cut) = last_clitic(word.get(..end).unwrap_or_default(), rules) {
        cuts.push(cut);
        end = cut;
    }
    let apostrophe = word.char_indices().find(|(_, c)| is_apostrophe(*c));
    if let Some((at, c)) = apostrophe {
        let cut = at + c.len_utf8();
        if cut < end && rules.is_proclitic(word.get(..cut).unwrap_or_default()) {
            cuts.push(cut);
        }
    }
    cuts.reverse();
    cuts
}

/// Whether it is "1980's", which the number's reader has kept in one piece.
fn is_decade(word: &str) -> bool {
    let figures = word.trim_start_matches(|c: char| c.is_ascii_digit());
    figures.len() < word.len() && word.strip_suffix(figures).is_some_and(|w| w.ends_with('0'))
}

/// Where the clitic begins that ends `word`.
fn last_clitic(word: &str, rules: &Rules) -> Option<usize> {
    let (at, _) = word.char_indices().rev().take(CLITIC).find(|(_, c)| is_apostrophe(*c))?;
    let letter = word.get(..at)?.chars().next_back().map_or(0, char::len_utf8);
    [at - letter, at]
        .into_iter()
        .find(|cut| *cut > 0 && word.get(*cut..).is_some_and(|part| rules.is_clitic(part)))
}

fn push(word: TextRange, part: std::ops::Range<usize>, out: &mut Vec<Token>) {
    let range = TextRange::new(word.start() + part.start, word.start() + part.end);
    out.extend(
        range.ok().filter(|range| !range.is_empty()).map(|range| Token::bare(range, Pos::X)),
    );
}

/// Longest clitic, in characters.
const CLITIC: usize = 6;

#[cfg(test)]
mod tests {
    use super::*;

    /// `marked` is the text with a "|" wherever a token ends without a space.
    fn check(marked: &str) {
        let text = marked.replace('|', "");
        let mut out = Vec::new();
        let all = TextRange::whole(&text).unwrap();
        tokenize(&text, &text.to_ascii_lowercase(), all, &mut out);
        let words: Vec<&str> = out.iter().map(|t| t.range.slice(&text).unwrap()).collect();
        let expected: Vec<&str> =
            marked.split(|c: char| c == '|' || is_space(c)).filter(|w| !w.is_empty()).collect();
        assert_eq!(words, expected);
    }

    #[test]
    fn hyphens_and_slashes() {
        check("Al|-|Qaeda|’s long|-|term anti-government e-mail|, well|-|known|–|though");
        check("Hizb|-|e|-|Islami e-mail early|-|to|-|mid-1960s");
        check("and|/|or km|/|h w/o 9/11 1/2 11/28/2000");
        check("555-1234 713-853-3989 20|-|30 2019|-|2020 2019-04-05 Covid|-|19 3:00|-|5:30");
    }

    #[test]
    fn clitics_and_apostrophes() {
        check("He|'d|'ve did|n't ca|n’t can|not gon|na soldiers|' Mali|’s");
        check("Ba'ath N'Djamena O’Brien Qur'an Sana'a|'s Cote d'Ivoire 'em the '70s the 1980's");
    }

    #[test]
    fn figures_and_signs() {
        check("3,500 men|; $|5|m US|$|5.5 60|mm 5|pm 10:30 19th 1980s 7.5|% #|1 +44 A|+");
        check("(|JNIM|) “|U.S.|” wait|... no|!? a|--|b [|3|]");
    }

    #[test]
    fn stops() {
        check("Gen. J. Diallo|, Ph.D.|, of Co. A left the U.S. at 5 p.m. for No. 3 etc|.");
        check("They left for the U.S.");
        check(
            "Nobody|, i.e. no|. one A.B. averment.org|, x.y@z.org |(|www.a.org/b-c|)|."
                .replace(" |(", " (")
                .as_str(),
        );
    }

    #[test]
    fn names_of_the_net_and_smileys() {
        check(
            "@averment #topic |:|| <|a@b.org|> report-2.doc :) |;-)"
                .replace(" |:||", "")
                .replace(" |;", " ;")
                .as_str(),
        );
    }

    #[test]
    fn words_that_fall_apart_before_others() {
        check("it|s a lie that its army won|; its in|-|depth report|; its like|.");
        check("you|r not a soldier of your army|; let|s go a|lot kinda");
        check("I|'m|a soldier|; who|s there");
    }

    #[test]
    fn owners_that_lost_their_apostrophe() {
        check("Syria|s army and the country|s north shelled Aleppo|s east");
        check("Damascus suburbs|, the Kurds seized towns|; Syrias of the mind|; Syrias");
        check("SYRIA|S ARMY says al|-|Qaeda|s two wings");
    }

    #[test]
    fn drawn_lines_and_names_with_hyphens() {
        check("*~*~*~* ---->=== a|--|b ##".replace("##", "#|#").as_str());
        check("averment-news.org|, @averment.org -_- -> well|-|known|.");
    }

    #[test]
    fn other_scripts_survive() {
        check("می‌خواهم القاعدة|، هنا|؟ Touré Tor\u{301}e कर्नाटक 👩\u{200d}👩\u{200d}👧");
    }

    #[test]
    fn hostile_text_takes_linear_time() {
        for part in [
            "a-", "a.", "'", "a'", "1-", "@", "a@", "http://", "(", "\u{301}", "\u{200d}", "a&",
            "1.", ":)", "a/", "'s", "!..", "1-1:1", "1.p.m", "www.", "#", "|", "{}", "-=", "a-b.",
            "@a.", ">:(",
        ] {
            let text = part.repeat(100_000);
            let mut out = Vec::new();
            tokenize(&text, &text, TextRange::whole(&text).unwrap(), &mut out);
            assert_eq!(out.iter().map(|t| t.range.len()).sum::<usize>(), text.len());
        }
    }
}
