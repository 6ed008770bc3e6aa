//! English inflection of trigger words: "bomb" to "bombs, bombed, bombing".

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::Form;

static IRREGULAR: LazyLock<HashMap<&'static str, [&'static str; 3]>> = LazyLock::new(|| {
    include_str!("../../../data/lexicons/irregular_verbs.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut cells = line.split('\t');
            Some((cells.next()?, [cells.next()?, cells.next()?, cells.next()?]))
        })
        .collect()
});

/// Verbs that end like an adverb.
const LIKE_ADVERBS: [&str; 10] =
    ["ally", "apply", "bully", "comply", "fly", "imply", "rally", "rely", "reply", "supply"];

/// The adverb before the verb of a verb phrase, and the rest: "sexually", "assault".
pub(crate) fn adverb(phrase: &str) -> Option<(&str, &str)> {
    let (first, rest) = phrase.split_once(' ')?;
    (first.ends_with("ly") && !LIKE_ADVERBS.contains(&first)).then_some((first, rest))
}

/// The forms of the verb phrase `lemma`, whose first word that is no adverb is inflected: "open fire", "sexually assault".
pub(crate) fn verb(lemma: &str) -> Vec<(String, Form)> {
    const FORMS: [Form; 5] =
        [Form::Base, Form::Present, Form::Past, Form::Participle, Form::Gerund];
    if let Some((adverb, verb_phrase)) = adverb(lemma) {
        let forms = verb(verb_phrase).into_iter();
        return forms.map(|(text, form)| (format!("{adverb} {text}"), form)).collect();
    }
    let mut all: Vec<_> = inflected(lemma).into_iter().zip(FORMS).collect();
    // One form for past and participle: the grammar around it decides.
    if all.get(2).map(|(word, _)| word) == all.get(3).map(|(word, _)| word) {
        all.remove(2);
    }
    all.extend(twice_l(lemma));
    all
}

/// The forms with a second "l" of verbs whose last syllable is not the stressed one, as British writers spell them: "cancelled".
fn twice_l(lemma: &str) -> Vec<(String, Form)> {
    let (head, rest) = lemma.split_once(' ').map_or((lemma, ""), |(head, rest)| (head, rest));
    let mut last = head.chars().rev();
    let tail = (last.next(), last.next(), last.next());
    let closed = matches!(tail, (Some('l'), Some(v), Some(b)) if is_vowel(v) && !is_vowel(b));
    let syllables = head.chars().filter(|c| is_vowel(*c)).count();
    if !closed || syllables < 2 || IRREGULAR.contains_key(head) {
        return Vec::new();
    }
    let space = if rest.is_empty() { "" } else { " " };
    [("ed", Form::Participle), ("ing", Form::Gerund)]
        .map(|(end, form)| (format!("{head}l{end}{space}{rest}"), form))
        .to_vec()
}

/// Base, present, past, participle and gerund of a verb phrase. Of two verbs both are inflected: "shot and killed".
fn inflected(phrase: &str) -> [String; 5] {
    let (head, rest) = phrase.split_once(' ').unwrap_or((phrase, ""));
    let regular_past = past(head);
    let [past, participle, ing] = match IRREGULAR.get(head) {
        Some(forms) => forms.map(str::to_owned),
        None => [regular_past.clone(), regular_past, gerund(head)],
    };
    let forms = [head.to_owned(), present(head), past, participle, ing];
    match rest.strip_prefix("and ") {
        Some(second) => {
            let mut second = inflected(second).into_iter();
            forms.map(|word| format!("{word} and {}", second.next().unwrap_or_default()))
        }
        None if rest.is_empty() => forms,
        None => forms.map(|word| format!("{word} {rest}")),
    }
}

/// Singular and plural of the noun phrase `lemma`, whose last word is inflected ("gun battle"), or the last
/// before a preposition ("claim of responsibility").
pub(crate) fn noun(lemma: &str) -> Vec<(String, Form)> {
    let preposition = [" of ", " for ", " to ", " on ", " in ", " against ", " between ", " at "];
    let behind = preposition.iter().filter_map(|prep| lemma.find(prep)).min();
    let (phrase, behind) = lemma.split_at(behind.unwrap_or(lemma.len()));
    let (rest, head) = phrase.rsplit_once(' ').map_or(("", phrase), |(rest, head)| (rest, head));
    let plural = match head {
        "" => String::new(),
        "man" => "men".to_owned(),
        "woman" => "women".to_owned(),
        _ => with_s(head),
    };
    let phrase = |word: &str| {
        let before = if rest.is_empty() { String::new() } else { format!("{rest} ") };
        format!("{before}{word}{behind}")
    };
    vec![(phrase(head), Form::Noun), (phrase(&plural), Form::Noun)]
}

fn present(verb: &str) -> String {
    match verb {
        "have" => "has".to_owned(),
        "go" => "goes".to_owned(),
        "do" => "does".to_owned(),
        _ => with_s(verb),
    }
}

fn with_s(word: &str) -> String {
    let sibilant = ["s", "x", "z", "ch", "sh"].iter().any(|end| word.ends_with(end));
    match (word.strip_suffix('y').filter(|stem| !ends_in_vowel(stem)), sibilant) {
        (Some(stem), _) => format!("{stem}ies"),
        (None, true) => format!("{word}es"),
        (None, false) => format!("{word}s"),
    }
}

fn past(word: &str) -> String {
    match word.strip_suffix('y').filter(|stem| !ends_in_vowel(stem)) {
        Some(stem) => format!("{stem}ied"),
        None if word.ends_with('e') => format!("{word}d"),
        None => format!("{}ed", doubled(word)),
    }
}

fn gerund(word: &str) -> String {
    match word.strip_suffix('e').filter(|stem| !stem.ends_with(['e', 'y', 'o'])) {
        Some(stem) => format!("{stem}ing"),
        None => format!("{}ing", doubled(word)),
    }
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

fn ends_in_vowel(stem: &str) -> bool {
    stem.chars().next_back().is_some_and(is_vowel)
}

/// Doubles the last consonant of a word of one syllable: "gun" to "gunn".
fn doubled(word: &str) -> String {
    let mut last = word.chars().rev();
    let tail = (last.next(), last.next(), last.next());
    let one_syllable = word.chars().filter(|c| is_vowel(*c)).count() == 1;
    match tail {
        (Some(c), Some(v), before)
            if one_syllable
                && is_vowel(v)
                && !is_vowel(c)
                && !matches!(c, 'w' | 'x' | 'y')
                && before.is_some_and(|b| !is_vowel(b)) =>
        {
            format!("{word}{c}")
        }
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_of_cancelled_are_known() {
        let forms: Vec<String> = verb("cancel talks").into_iter().map(|(form, _)| form).collect();
        for form in ["canceled talks", "cancelled talks", "cancelling talks", "cancels talks"] {
            assert!(forms.iter().any(|f| f == form), "{form}");
        }
        assert!(twice_l("kill").is_empty() && twice_l("conceal").is_empty());
    }

    #[test]
    fn an_adverb_stays_before_its_verb() {
        let forms: Vec<String> =
            verb("sexually assault").into_iter().map(|(form, _)| form).collect();
        let past = "sexually assaulted".to_owned();
        assert!(forms.contains(&past) && forms.contains(&"sexually assaulting".to_owned()));
        let past = |phrase: &str| verb(phrase).into_iter().nth(2).map(|(form, _)| form);
        assert_eq!(past("ally with").as_deref(), Some("allied with"));
        assert_eq!(past("rally outside").as_deref(), Some("rallied outside"));
        let forms: Vec<String> = verb("shoot and kill").into_iter().map(|(form, _)| form).collect();
        assert_eq!(
            forms,
            ["shoot and kill", "shoots and kills", "shot and killed", "shooting and killing"]
        );
    }

    #[test]
    fn verbs_inflect() {
        let forms = |lemma| verb(lemma).into_iter().map(|(word, _)| word).collect::<Vec<_>>();
        assert_eq!(forms("gun down"), ["gun down", "guns down", "gunned down", "gunning down"]);
        assert_eq!(forms("seize"), ["seize", "seizes", "seized", "seizing"]);
        assert_eq!(forms("free"), ["free", "frees", "freed", "freeing"]);
        assert_eq!(forms("shell"), ["shell", "shells", "shelled", "shelling"]);
        assert_eq!(forms("occupy"), ["occupy", "occupies", "occupied", "occupying"]);
        assert_eq!(forms("overrun"), ["overrun", "overruns", "overran", "overrun", "overrunning"]);
        assert_eq!(forms("have ties")[1], "has ties");
    }

    #[test]
    fn nouns_inflect() {
        assert_eq!(
            noun("air strike").into_iter().map(|(w, _)| w).collect::<Vec<_>>(),
            ["air strike", "air strikes"]
        );
        assert_eq!(
            noun("call for holy war").into_iter().map(|(w, _)| w).collect::<Vec<_>>(),
            ["call for holy war", "calls for holy war"]
        );
    }
}
