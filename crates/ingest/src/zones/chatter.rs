//! Readers' comments and comment spam, told by their words.
//!
//! Owns the marks of a comment section (headings, "X says:", times with "Reply") and of the chatter in
//! it; refuses to decide alone: `tail` weighs these marks along the text.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::furniture::words;

/// A list of `chatter.txt`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum List {
    /// Praise, thanks and greetings to the writer of the page.
    Praise,
    /// Turns of talk rather than of reporting.
    Talk,
    /// What spam says.
    Spam,
    /// What spam sells; a report may speak of these, so that one alone means little.
    Wares,
    /// Words of reporting.
    News,
}

/// A phrase: its list, the words after its first, and whether the last is only a beginning.
type Phrase = (List, Vec<String>, bool);

/// The phrases by their first word; by its first three letters where it is only a beginning.
static PHRASES: LazyLock<BTreeMap<String, Vec<Phrase>>> = LazyLock::new(|| {
    let mut phrases: BTreeMap<String, Vec<Phrase>> = BTreeMap::new();
    let mut list = List::News;
    for line in include_str!("chatter.txt").lines().filter(|l| !l.starts_with('#')) {
        list = match line {
            "[praise]" => List::Praise,
            "[talk]" => List::Talk,
            "[spam]" => List::Spam,
            "[wares]" => List::Wares,
            "[news]" => List::News,
            _ => {
                let all = words(line);
                let open = line.ends_with('*');
                if let Some(first) = all.first() {
                    let key = if open && all.len() == 1 { prefix(first) } else { first };
                    phrases.entry(key.to_owned()).or_default().push((list, all.clone(), open));
                }
                list
            }
        };
    }
    phrases
});

/// The first three letters of a word.
fn prefix(word: &str) -> &str {
    word.char_indices().nth(3).and_then(|(end, _)| word.get(..end)).unwrap_or(word)
}

/// How many phrases of each list stand in the words.
#[derive(Debug, Default)]
struct Hits {
    praise: i32,
    talk: i32,
    spam: i32,
    wares: i32,
    news: i32,
}

fn hits(words: &[String]) -> Hits {
    let mut hits = Hits::default();
    for (at, word) in words.iter().enumerate() {
        let exact = PHRASES.get(word.as_str()).into_iter().flatten();
        let open =
            PHRASES.get(prefix(word)).into_iter().flatten().filter(|p| p.2 && p.1.len() == 1);
        for (list, phrase, _) in exact.chain(open).filter(|p| stands(p, words, at)) {
            let count = match list {
                List::Praise => &mut hits.praise,
                List::Talk => &mut hits.talk,
                List::Spam => &mut hits.spam,
                List::Wares => &mut hits.wares,
                List::News => &mut hits.news,
            };
            // Four say as much as forty.
            *count = (*count + i32::from(!phrase.is_empty())).min(4);
        }
    }
    hits
}

fn stands((_, phrase, open): &Phrase, words: &[String], at: usize) -> bool {
    let Some(here) = words.get(at..at + phrase.len()) else { return false };
    match (phrase.split_last(), here.split_last()) {
        (Some((last, rest)), Some((word, before))) => {
            rest == before && if *open { word.starts_with(last.as_str()) } else { word == last }
        }
        _ => false,
    }
}

/// A heading or counter that opens a comment section.
pub(crate) fn is_section_head(line: &str) -> bool {
    static HEAD: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"(?ix)^\W*(
              ((\d[\d.,]*|no|one|two|three|view|show|see|read|all|recent|latest|top|add|leave|post|write|your|readers?['’]?s?|user|reader|facebook|join)
              (\s+(all|the|a|your|\d+))*\s*
              (comments?|repl(y|ies)|responses?|discussion|thoughts) | comments?)
              (\s+(\(?\d+\)?|below|are\s+closed|closed|so\s+far|yet|for\s+this|to\s+(this|the)\s+(story|article|post)|to\s+.{3,80}|on\s+.{3,80}|section|policy))?
              | leave\s+(a|your)\s+(reply|comment|response)(\s+cancel\s+reply)? | join\s+the\s+(discussion|conversation|debate)
              | have\s+your\s+say | what\s+(our\s+|the\s+)?readers\s+(say|think|write)
              | (readers?['’]?s?|your|user)\s+(reactions?|opinions?|views|feedback|reviews|mail|letters)(\s*\(\d+\))?
              | (opinions?|reactions?|reviews?|réactions?|avis|opiniones|reacciones|reações)\s*\(\d+\)
              | \d+\s+(opinions?|reactions?|reviews?|réactions?|avis|opiniones|reacciones|reações) | your\s+(views|comments) | speak\s+your\s+mind
              | be\s+the\s+first\s+to\s+comment | start\s+the\s+(discussion|conversation) | add\s+(a|your)?\s*comment
              | tell\s+us\s+what\s+you\s+think | (please\s+)?log\s+in\s+to\s+(leave\s+a\s+)?(comment|reply) | letters\s+from\s+readers
              | commentaires? | comentarios? | coment[áa]rios? | kommentare? | комментарии | отзывы | deja\s+un\s+comentario | deixe\s+um\s+coment[áa]rio | laisser\s+un\s+commentaire
            )\W*(\(?\d+\)?)?\W*$",
        )
        .ok()
    });
    line.len() < 120 && HEAD.as_ref().is_some_and(|re| re.is_match(line.trim()))
}

/// A line that belongs to a single comment and names its writer and its time: "March 3, 2020 at 4:15 pm", "2 hours ago", "Reply".
pub(crate) fn is_comment_head(line: &str) -> bool {
    static HEAD: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"(?ix)^\W*(
              [^.!?]{2,60}\s(says|wrote|commented|replied|posted)\s*(on|at|,)\s[^.!?]{4,40}:?
              | ([^!?:]{2,50}[\s,|·•–-]+)?(an?|\d+)\s+(second|minute|min|hour|hr|day|week|month|year)s?\s+ago(\W.{0,30})?
              | ([^!?:]{2,50}[\s,|·•–(-]+)?(on\s+)?[a-z]{3,9}\.?\s\d{1,2}(st|nd|rd|th)?,?\s\d{4}\s*,?\s*(at|@|-|–|,|\|)?\s*\d{1,2}[:.]\d{2}(:\d{2})?\s*([ap]\.?m\.?)?(\W.{0,20})?
              | ([^!?:]{2,50}[\s,|·•–(-]+)?\d{1,2}\s[a-z]{3,9}\.?,?\s\d{4}\s*,?\s*(at|@|-|–|,|\|)?\s*\d{1,2}[:.]\d{2}(:\d{2})?\s*([ap]\.?m\.?)?(\W.{0,20})?
              | ([^!?:]{2,50}[\s,|·•–(-]+)?\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}\s*,?\s*(at|@|-|–|,|\|)?\s*\d{1,2}[:.]\d{2}(:\d{2})?\s*([ap]\.?m\.?)?(\W.{0,20})?
              | ([^!?:]{2,50}[\s,|·•–-]+)?(yesterday|today)\s+at\s+\d{1,2}[:.]\d{2}.{0,20}
              | (like|reply|flag|quote|permalink|share|upvote|downvote|vote|hide|delete|edit|log\s+in\s+to\s+reply|reply\s+to\s+this|report\s+abuse|report\s+comment|\d+\s?(h|d|w|m|y|hrs?|mins?)|show\s+replies|view\s+\d+\s+repl(y|ies)|\W|\d)+
              | (posted|comment|written|submitted|reply|added)\s+(by|from)\s+[^.!?]{2,60}
              | \#?\d+\s*\|?\s*(posted|by)\s[^.!?]{2,60}
              | (joined|posts|location|member\s+since|registered)\s*:\s.{1,40}
              | guest | anonymous | \[?reply\]?
            )\W*$",
        )
        .ok()
    });
    let line = line.trim();
    line.len() < 140
        && words(line).len() <= 16
        && line.chars().any(char::is_alphabetic)
        && HEAD.as_ref().is_some_and(|re| re.is_match(line))
}

/// A line that gives a single name or nickname the word: "Amina says:". Reports have such lines, too,
/// before a quotation.
pub(crate) fn is_says(line: &str) -> bool {
    static SAYS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"^\W*((?:\p{Lu}[\p{L}\p{N}._-]*|[a-z0-9_.-]{3,})(?:\s[\p{Lu}\p{N}][\p{L}\p{N}._-]*){0,3})\s+(?:says|wrote|writes|commented|replied|responded|asks|posted)\s*:?\W*$").ok()
    });
    const NOBODY: [&str; 18] = [
        "he",
        "she",
        "it",
        "they",
        "we",
        "who",
        "the",
        "a",
        "an",
        "this",
        "that",
        "statement",
        "report",
        "one",
        "also",
        "then",
        "i",
        "and",
    ];
    let line = line.trim();
    let found = SAYS.as_ref().filter(|_| line.len() < 80).and_then(|re| re.captures(line));
    let first = found
        .and_then(|f| f.get(1))
        .map(|m| m.as_str().split_whitespace().next().unwrap_or_default().to_lowercase());
    first.is_some_and(|first| !NOBODY.contains(&first.as_str()))
}

/// Whether a paragraph begins with a name or nickname set off from the rest, or is one, and whether a
/// date stands by it: "John (9 March 2020): Where were the soldiers?" Chronologies begin like this, too.
pub(crate) fn is_signed(text: &str) -> Option<bool> {
    static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let day = r"(?:on\s+)?(?:\d{1,2}\s\p{L}{3,9}\.?,?\s\d{4}|\p{L}{3,9}\.?\s\d{1,2},?\s\d{4}|\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4})(?:[\s,at@-]+\d{1,2}[:.]\d{2})?";
        let name = r"(?:\p{Lu}[\p{L}\p{N}'’._-]*|\p{L}*[\p{N}_][\p{L}\p{N}_]*)(?:\s\p{Lu}[\p{L}\p{N}'’.]*){0,2}";
        Regex::new(&format!(r"^{name}(?:\s*(?::|\n|$)|[\s,(|·•–—-]+({day})\)?\s*(?:[:\n–—-]|$))"))
            .ok()
    });
    let text = text.trim();
    let mut lines = text.lines();
    let edges = [lines.next(), lines.next_back()];
    if edges.iter().all(Option::is_some) && edges.into_iter().flatten().any(is_comment_head) {
        return Some(true);
    }
    let found = NAMED.as_ref()?.captures(text)?;
    Some(found.get(1).is_some())
}

/// A name alone with a colon, "Amina:": the head of a comment where a comment section has begun.
pub(crate) fn is_speaker(line: &str) -> bool {
    let line = line.trim();
    line.ends_with(':') && line.len() < 40 && (1..=3).contains(&line.split_whitespace().count())
}

/// A line of a "latest comments" list: who, "in:" or "on", and the article that was commented on.
pub(crate) fn is_widget_line(line: &str) -> bool {
    static LINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)^(https?://\S+|[^\s.,;:!?]{2,30}(\s[^\s.,;:!?]{1,30}){0,2})\s+(in:|on:|»)\s+\S.{5,}$").ok()
    });
    line.len() < 300 && LINE.as_ref().is_some_and(|re| re.is_match(line.trim()))
}

/// How much the words of a paragraph are a reader's and not a reporter's.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Chatter {
    /// Above 0 for chatter, below 0 for news, about 0 where nothing is to be seen.
    pub(crate) score: i32,
    /// Whether it speaks to the writer or the site, or sells: what no report does.
    pub(crate) addressed: bool,
}

/// Weighs the words of a paragraph.
pub(crate) fn chatter(text: &str) -> Chatter {
    let lower: String = text.chars().take(3000).flat_map(char::to_lowercase).collect();
    let all = words(&lower);
    if all.is_empty() {
        return Chatter::default();
    }
    let own = words(&unquoted(&lower));
    let (said, whole) = (hits(&own), hits(&all));
    let links = lower.matches("http").count() + lower.matches("www.").count();
    let sells = whole.wares > 1 || whole.wares > 0 && links > 0;
    let spoken = said.praise + said.spam + i32::from(starts_with_url(&lower)) + i32::from(sells);
    let mut score = spoken * 3 + whole.wares + said.talk * 2;
    score += address(&own);
    score += shouting(text);
    score += i32::from(links >= 2) * 2;
    score += i32::from(text.trim_end().ends_with("...") || text.trim_end().ends_with('…'));
    score -= news(&lower, all.len(), whole.news);
    Chatter { score, addressed: spoken > 0 }
}

/// The words outside quotation marks: what a witness says in a report is not the writer's talk.
fn unquoted(lower: &str) -> String {
    let mut own = String::with_capacity(lower.len());
    let mut inside = false;
    for c in lower.chars() {
        match c {
            '“' | '«' => inside = true,
            '”' | '»' => inside = false,
            '"' => inside = !inside,
            c if !inside => own.push(c),
            _ => {}
        }
    }
    own
}

/// First and second persons outside quotations count for talk.
fn address(words: &[String]) -> i32 {
    let person = |w: &&String| {
        matches!(w.as_str(), "i" | "you" | "your" | "me" | "my" | "u" | "im" | "yours" | "mine")
    };
    let count = words.iter().filter(person).count();
    match count * 100 / words.len().max(1) {
        0..=2 => 0,
        3..=6 => 1,
        _ => 2,
    }
}

fn shouting(text: &str) -> i32 {
    let marks =
        text.contains("!!") || text.contains("??") || text.contains("?!") || text.contains("!?");
    let capitals = text
        .split_whitespace()
        .filter(|w| w.len() > 3 && w.chars().all(char::is_uppercase))
        .count();
    let all = text.split_whitespace().filter(|w| w.len() > 3).count();
    let emoji = text.chars().any(|c| matches!(c, '\u{1f300}'..='\u{1faff}'));
    let lower_start = text.trim_start().chars().next().is_some_and(char::is_lowercase);
    i32::from(marks) * 2
        + i32::from(all > 3 && capitals * 2 > all) * 2
        + i32::from(emoji)
        + i32::from(lower_start)
}

fn starts_with_url(lower: &str) -> bool {
    let start = lower.trim_start();
    start.starts_with("http://") || start.starts_with("https://") || start.starts_with("www.")
}

/// Marks of reporting: attribution, officials, days, numbers of people, quotations.
fn news(lower: &str, words: usize, marks: i32) -> i32 {
    let quoted = lower.contains(['“', '”']) || lower.matches('"').count() >= 2;
    marks + i32::from(quoted) * 2 + i32::from(words > 45)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_of_comment_sections() {
        for line in [
            "3 Comments",
            "Comments (12)",
            "Leave a Reply",
            "Join the discussion",
            "2 responses to “Clashes near the border”",
            "Leave a Reply Cancel reply",
        ] {
            assert!(is_section_head(line), "{line}");
        }
        for line in [
            "The president had no comment.",
            "Comments by the minister caused anger",
            "Response teams reached the village",
            "A reply from Bamako is awaited on Monday by both sides.",
        ] {
            assert!(!is_section_head(line), "{line}");
        }
    }

    #[test]
    fn heads_of_single_comments() {
        for line in ["Amina says:", "John Doe wrote:", "sahel_fan99 says"] {
            assert!(is_says(line), "{line}");
        }
        for line in [
            "She wrote:",
            "The statement says:",
            "In a letter to the court, he wrote:",
            "The army said:",
        ] {
            assert!(!is_says(line), "{line}");
        }
        for line in [
            "Moussa K. · 2 hours ago",
            "March 3, 2020 at 4:15 pm",
            "Like · Reply · 2d",
            "Reply",
            "Posted by sahelwatcher on 3 March 2020 14:22",
            "Anonymous",
        ] {
            assert!(is_comment_head(line), "{line}");
        }
        for line in [
            "The army said on Tuesday it had lost the base.",
            "Imposing control",
            "Fighting broke out two days ago near the border.",
            "Four people were killed.",
        ] {
            assert!(!is_comment_head(line), "{line}");
        }
    }

    #[test]
    fn chatter_is_weighed_against_news() {
        for text in [
            "Great article with insight ...",
            "Hello there, just became aware of your blog through Google, and found ...",
            "I think our leaders should resign!! Shame on them.",
            "so true my brother",
            "Buy cheap viagra at http://example.com today",
        ] {
            assert!(chatter(text).score >= 2, "{text}: {:?}", chatter(text));
        }
        for text in [
            "Ezz El-Din stressed that the group has been able to strengthen its presence in the region.",
            "Four soldiers were killed on Monday, the ministry said.",
            "“I have lost my brother and I don't know why,” said a resident of the district, who fled on Sunday.",
        ] {
            assert!(chatter(text).score < 2, "{text}: {:?}", chatter(text));
        }
    }
}
