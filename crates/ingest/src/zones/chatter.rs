//! Readers' comments and comment spam, told by their words.
//!
//! Owns the marks of a comment section (headings, "X says:", times with "Reply") and of the chatter in
//! it; refuses to decide alone: `tail` weighs these marks along the text.

use std::sync::LazyLock;

use regex::Regex;

use super::furniture::words;

/// The lists of `chatter.txt`.
#[derive(Debug, Default)]
struct Lists {
    /// Praise, thanks and greetings to the writer of the page.
    praise: Vec<&'static str>,
    /// Turns of talk rather than of reporting.
    talk: Vec<&'static str>,
    /// What spam says.
    spam: Vec<&'static str>,
    /// What spam sells; a report may speak of these, so that one alone means little.
    wares: Vec<&'static str>,
    /// Words of reporting.
    news: Vec<&'static str>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let mut lists = Lists::default();
    let mut section = "";
    for line in include_str!("chatter.txt").lines().filter(|l| !l.is_empty()) {
        match section {
            _ if line.starts_with('#') => {}
            _ if line.starts_with('[') => section = line,
            "[praise]" => lists.praise.push(line),
            "[talk]" => lists.talk.push(line),
            "[spam]" => lists.spam.push(line),
            "[wares]" => lists.wares.push(line),
            _ => lists.news.push(line),
        }
    }
    lists
});

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
              | have\s+your\s+say | what\s+readers\s+(say|think) | your\s+(views|comments) | speak\s+your\s+mind
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
    let own = unquoted(&lower);
    let links = lower.matches("http").count() + lower.matches("www.").count();
    let wares = hits(&lower, &LISTS.wares);
    let sells = wares > 1 || wares > 0 && links > 0;
    let spoken = hits(&own, &LISTS.praise)
        + hits(&own, &LISTS.spam)
        + i32::from(starts_with_url(&lower))
        + i32::from(sells);
    let mut score = spoken * 3 + wares + hits(&own, &LISTS.talk) * 2;
    score += address(&words(&own));
    score += shouting(text);
    score += i32::from(links >= 2) * 2;
    score += i32::from(text.trim_end().ends_with("...") || text.trim_end().ends_with('…'));
    score -= news(&lower, &all);
    Chatter { score, addressed: spoken > 0 }
}

fn hits(lower: &str, list: &[&str]) -> i32 {
    let found = list.iter().filter(|phrase| contains_word(lower, phrase)).take(4);
    i32::try_from(found.count()).unwrap_or(4)
}

/// Whether `phrase` stands in `lower` as whole words; with `*` behind it, as a word's beginning.
fn contains_word(lower: &str, phrase: &str) -> bool {
    let bare = phrase.trim_end_matches('*');
    let open = bare.len() < phrase.len() || !bare.ends_with(char::is_alphanumeric);
    lower.match_indices(bare).any(|(at, _)| {
        let before = lower.get(..at).and_then(|s| s.chars().next_back());
        let after = lower.get(at + bare.len()..).and_then(|s| s.chars().next());
        !before.is_some_and(char::is_alphanumeric)
            && (open || !after.is_some_and(char::is_alphanumeric))
    })
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
fn news(lower: &str, words: &[String]) -> i32 {
    let marks = words.iter().filter(|w| LISTS.news.contains(&w.as_str())).count();
    let quoted = lower.contains(['“', '”']) || lower.matches('"').count() >= 2;
    let long = words.len() > 45;
    i32::try_from(marks.min(4)).unwrap_or(4) + i32::from(quoted) * 2 + i32::from(long)
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
