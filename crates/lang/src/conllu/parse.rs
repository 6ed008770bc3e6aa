//! Lines to sentences.

use super::row::COLUMNS;
use super::{ConlluError, ConlluFault, ConlluSentence, Row, RowId};

/// Reads a CoNLL-U file. Lines end with a line feed or with carriage return and line feed; a byte-order mark is skipped;
/// the empty line behind the last sentence may be missing.
///
/// # Errors
/// The first line that breaks the form: not ten columns, an ID out of order, a HEAD outside of the sentence.
pub fn parse(text: &str) -> Result<Vec<ConlluSentence<'_>>, ConlluError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut sentences = Vec::new();
    let mut draft = Draft::default();
    for (index, line) in text.lines().enumerate() {
        let number = index + 1;
        if line.trim().is_empty() {
            sentences.extend(std::mem::take(&mut draft).finish()?);
        } else {
            draft.add(number, line).map_err(|fault| ConlluError { line: number, fault })?;
        }
    }
    sentences.extend(draft.finish()?);
    Ok(sentences)
}

/// A sentence under construction.
#[derive(Default)]
struct Draft<'a> {
    /// Where it begins; `None` before its first line.
    begin: Option<usize>,
    comments: Vec<&'a str>,
    rows: Vec<Row<'a>>,
    /// The line of each row.
    lines: Vec<usize>,
    words: usize,
    /// Empty nodes behind the last word.
    empty: usize,
    /// The last word of the last multiword token, and the line of that token.
    spanned: Option<(usize, usize)>,
}

impl<'a> Draft<'a> {
    fn add(&mut self, number: usize, line: &'a str) -> Result<(), ConlluFault> {
        self.begin.get_or_insert(number);
        if line.starts_with('#') {
            if !self.rows.is_empty() {
                return Err(ConlluFault::Comment);
            }
            self.comments.push(line);
            return Ok(());
        }
        let row = row(line)?;
        self.follow(row.id, number)?;
        self.rows.push(row);
        self.lines.push(number);
        Ok(())
    }

    /// Whether `id` may stand behind the rows so far.
    fn follow(&mut self, id: RowId, line: usize) -> Result<(), ConlluFault> {
        let expected = self.words + 1;
        match id {
            RowId::Word(n) if n == expected => {
                self.words = n;
                self.empty = 0;
            }
            RowId::Range(first, last) if first == expected => {
                if last < first || self.spanned.is_some_and(|(end, _)| first <= end) {
                    return Err(ConlluFault::Range);
                }
                self.spanned = Some((last, line));
            }
            RowId::Empty(word, n) if word == self.words && n == self.empty + 1 => self.empty = n,
            _ => return Err(ConlluFault::Order { expected }),
        }
        Ok(())
    }

    fn finish(self) -> Result<Option<ConlluSentence<'a>>, ConlluError> {
        let Some(line) = self.begin else { return Ok(None) };
        if self.words == 0 {
            return Err(ConlluError { line, fault: ConlluFault::NoWords });
        }
        if let Some((_, line)) = self.spanned.filter(|(end, _)| *end > self.words) {
            return Err(ConlluError { line, fault: ConlluFault::Range });
        }
        let words = self.words;
        let wrong = |row: &Row<'_>| match (row.id, row.head) {
            (_, "_") | (RowId::Range(..) | RowId::Empty(..), _) => false,
            (RowId::Word(n), _) => row.head().is_none_or(|head| head > words || head == n),
        };
        if let Some((_, line)) = self.rows.iter().zip(&self.lines).find(|(row, _)| wrong(row)) {
            return Err(ConlluError { line: *line, fault: ConlluFault::Head });
        }
        Ok(Some(ConlluSentence { line, comments: self.comments, rows: self.rows }))
    }
}

fn row(line: &str) -> Result<Row<'_>, ConlluFault> {
    let mut columns = [""; 10];
    let mut found = 0;
    for column in line.split('\t') {
        if let Some(place) = columns.get_mut(found) {
            *place = column;
        }
        found += 1;
    }
    if found != columns.len() {
        return Err(ConlluFault::Columns { found });
    }
    if let Some((_, name)) = columns.iter().zip(COLUMNS).find(|(c, _)| c.trim().is_empty()) {
        return Err(ConlluFault::Empty { name });
    }
    let [id, form, lemma, upos, xpos, feats, head, deprel, deps, misc] = columns;
    let id = row_id(id).ok_or(ConlluFault::Id)?;
    Ok(Row { id, form, lemma, upos, xpos, feats, head, deprel, deps, misc, line })
}

fn row_id(id: &str) -> Option<RowId> {
    let number = |digits: &str| {
        let plain = digits.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| digits.parse::<usize>().ok()).flatten()
    };
    if let Some((first, last)) = id.split_once('-') {
        return Some(RowId::Range(number(first)?, number(last)?));
    }
    match id.split_once('.') {
        Some((word, n)) => Some(RowId::Empty(number(word)?, number(n)?)),
        None => number(id).map(RowId::Word),
    }
}

#[cfg(test)]
mod tests {
    use super::super::documents;
    use super::*;

    const REST: &str = "\t_\t_\t_\t_\t_\t_\t_\t_\n";

    fn rows(ids: &[&str]) -> String {
        ids.iter().flat_map(|id| [id, "\tx", REST]).collect()
    }

    fn fault(text: &str) -> (usize, ConlluFault) {
        let error = parse(text).unwrap_err();
        (error.line, error.fault)
    }

    #[test]
    fn all_kinds_of_rows_and_comments_are_read() {
        let text = format!(
            "\u{feff}# newdoc id = d1\r\n# newpar\r\n# text = x x\r\n{}\r\n\r\n\r\n# sent_id = s2\n{}",
            rows(&["0.1", "1-2", "1", "2", "2.1", "2.2", "3"]).replace('\n', "\r\n"),
            rows(&["1"])
        );
        let sentences = parse(&text).unwrap();
        let [first, second] = sentences.as_slice() else { panic!("{sentences:?}") };
        assert_eq!((first.line, second.line), (1, 14));
        assert_eq!((first.document(), first.text()), (Some("d1"), Some("x x")));
        assert!(first.begins_document() && first.begins_paragraph() && !second.begins_document());
        assert_eq!((first.rows.len(), first.words().count()), (7, 3));
        assert_eq!(first.rows[1].id, RowId::Range(1, 2));
        assert_eq!(first.rows[5].id, RowId::Empty(2, 2));
        assert_eq!(first.spaces(), [false, true, true]);
        assert_eq!(second.id(), Some("s2"));
        assert_eq!(second.rows[0].misc, "_");
        let documents: Vec<usize> = documents(&sentences).map(<[_]>::len).collect();
        assert_eq!(documents, [2]);
        assert_eq!(parse("").unwrap(), []);
        assert_eq!(parse("\n\n").unwrap(), []);
    }

    #[test]
    fn a_file_that_breaks_the_form_is_refused_with_the_line() {
        assert_eq!(fault("# a\n1\tx\n"), (2, ConlluFault::Columns { found: 2 }));
        assert_eq!(fault(&format!("1\t{REST}")), (1, ConlluFault::Empty { name: "FORM" }));
        for id in ["x", "-1", "1-", "1.x", "+1", "99999999999999999999"] {
            assert_eq!(fault(&rows(&[id])), (1, ConlluFault::Id), "{id}");
        }
        for ids in [["1", "3"], ["1", "1"], ["1", "0.1"], ["1", "1.2"], ["1", "3-4"]] {
            assert_eq!(fault(&rows(&ids)), (2, ConlluFault::Order { expected: 2 }), "{ids:?}");
        }
        assert_eq!(fault(&rows(&["1-3", "1", "2"])), (1, ConlluFault::Range));
        assert_eq!(fault(&rows(&["1-2", "1", "2-3", "2", "3"])), (3, ConlluFault::Range));
        assert_eq!(fault(&rows(&["1-0"])), (1, ConlluFault::Range));
        assert_eq!(fault("\n# only\n\n"), (2, ConlluFault::NoWords));
        assert_eq!(fault(&format!("{}# late\n", rows(&["1"]))), (2, ConlluFault::Comment));
        for head in ["2", "1", "x", "-1"] {
            let text = format!("1\tx\t_\t_\t_\t_\t{head}\t_\t_\t_\n");
            assert_eq!(fault(&text), (1, ConlluFault::Head), "{head}");
        }
    }
}
