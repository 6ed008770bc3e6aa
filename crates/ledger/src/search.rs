//! What people type into a search, turned into a query that SQLite's full-text search always accepts.
//! It refuses nothing: what has no meaning as an operator is read as words.

/// One thing to look for.
#[derive(Debug, PartialEq, Eq)]
enum Term {
    /// A word or phrase as FTS5 spells it.
    Find(String),
    /// The same, to be absent.
    Without(String),
    /// Either side is enough.
    Or,
}

/// The FTS5 query for `typed`, or `None` when it holds nothing to look for.
///
/// Words must all occur, in any order; `"several words"` in this order; `mort*` finds what begins so;
/// `OR` between words asks for either; `-word` must not occur. Case and accents do not matter.
pub(crate) fn query(typed: &str) -> Option<String> {
    let terms = parse(typed);
    let mut found = String::new();
    let mut either = false;
    for term in &terms {
        match term {
            Term::Or => either = !found.is_empty(),
            Term::Find(words) => {
                if !found.is_empty() {
                    found.push_str(if either { " OR " } else { " AND " });
                }
                found.push_str(words);
                either = false;
            }
            Term::Without(_) => {}
        }
    }
    if found.is_empty() {
        return None;
    }
    let without = terms.iter().filter_map(|term| match term {
        Term::Without(words) => Some(words),
        _ => None,
    });
    Some(without.fold(format!("({found})"), |all, words| format!("{all} NOT {words}")))
}

fn parse(typed: &str) -> Vec<Term> {
    let mut terms = Vec::new();
    let mut rest = typed.trim_start();
    while !rest.is_empty() {
        let (absent, body) = match rest.strip_prefix('-') {
            Some(body) => (true, body),
            None => (false, rest),
        };
        let (words, quoted, tail) = piece(body);
        rest = tail.trim_start();
        if words == "OR" && !quoted {
            terms.push(Term::Or);
        } else if let Some(words) = spell(words, quoted) {
            terms.push(if absent { Term::Without(words) } else { Term::Find(words) });
        }
    }
    terms
}

/// The next word or quoted phrase, whether it was quoted, and what follows.
fn piece(body: &str) -> (&str, bool, &str) {
    if let Some(phrase) = body.strip_prefix('"') {
        let (words, tail) = phrase.split_once('"').unwrap_or((phrase, ""));
        return (words, true, tail);
    }
    let (words, tail) =
        body.split_once(|c: char| c.is_whitespace() || c == '"').unwrap_or((body, ""));
    (words, false, tail)
}

/// A string of FTS5; `None` when it holds no letter or digit. FTS5 reads up to the first NUL only.
fn spell(words: &str, quoted: bool) -> Option<String> {
    if !words.chars().any(char::is_alphanumeric) {
        return None;
    }
    let (words, star) = match words.strip_suffix('*') {
        Some(begin) if !quoted => (begin, "*"),
        _ => (words, ""),
    };
    Some(format!("\"{}\"{star}", words.replace('\0', " ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rusqlite::Connection;

    #[test]
    fn words_phrases_prefixes_and_operators() {
        let spelt = |typed| query(typed).unwrap_or_default();
        assert_eq!(spelt("mortar  Mopti"), r#"("mortar" AND "Mopti")"#);
        assert_eq!(spelt(r#""car bomb" mark*"#), r#"("car bomb" AND "mark"*)"#);
        assert_eq!(spelt("gao OR kidal -rally"), r#"("gao" OR "kidal") NOT "rally""#);
        assert_eq!(spelt("al-Qaeda"), r#"("al-Qaeda")"#);
        assert_eq!(spelt("OR OR x"), r#"("x")"#);
        assert_eq!(query("-only ?? \"\""), None);
    }

    proptest! {
        #[test]
        fn nothing_typed_is_a_syntax_error(typed in r#"([a-z*"():^+.\\-]|OR|AND|NOT|NEAR| |\x00|é|日|🙂){0,20}"#) {
            let conn = Connection::open_in_memory().unwrap();
            conn.execute_batch("CREATE VIRTUAL TABLE t USING fts5 (a, b, content = '')").unwrap();
            if let Some(fts) = query(&typed) {
                let mut found = conn.prepare("SELECT rowid FROM t WHERE t MATCH ?1").unwrap();
                prop_assert!(!found.exists([&fts]).unwrap(), "{fts}");
            }
        }
    }
}
