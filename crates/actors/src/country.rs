//! The table of countries, their names, adjectives and peoples.

use averment_types::CountryCode;

use crate::ActorsError;

/// How a word speaks of a country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CountryForm {
    /// Its name: "Mali".
    Name,
    /// The adjective: "Malian".
    Adjective,
    /// Its people: "Malians".
    People,
}

/// A country with its words.
#[derive(Debug, Clone)]
pub(crate) struct Country {
    /// The code.
    pub(crate) code: CountryCode,
    /// The usual name first.
    pub(crate) name: String,
    /// All words and how they speak of it.
    pub(crate) words: Vec<(String, CountryForm)>,
}

/// Reads the table: code, names, adjectives, peoples, separated by tabs; alternatives by `|`.
pub(crate) fn parse(file: &str, text: &str) -> Result<Vec<Country>, ActorsError> {
    let rows = text.lines().enumerate();
    rows.filter(|(_, row)| !row.is_empty() && !row.starts_with('#'))
        .map(|(at, row)| country(row).ok_or_else(|| bad_row(file, at + 1)))
        .collect()
}

fn bad_row(file: &str, line: usize) -> ActorsError {
    ActorsError::Syntax {
        file: file.to_owned(),
        line,
        what: "the row is no country".to_owned(),
        expected: "an ISO 3166-1 alpha-2 code, names, adjectives and peoples, separated by tabs"
            .to_owned(),
    }
}

fn country(row: &str) -> Option<Country> {
    let mut fields = row.split('\t');
    let code = CountryCode::parse(fields.next()?).ok()?;
    let names = alternatives(fields.next()?);
    let adjectives = alternatives(fields.next().unwrap_or_default());
    let peoples = alternatives(fields.next().unwrap_or_default());
    if fields.next().is_some() {
        return None;
    }
    let name = names.first()?.clone();
    let derived = adjectives.iter().filter(|_| peoples.is_empty()).filter_map(|a| plural(a));
    let derived: Vec<String> = derived.collect();
    let form = |form| move |word: String| (word, form);
    let words = names.into_iter().map(form(CountryForm::Name));
    let words = words.chain(adjectives.into_iter().map(form(CountryForm::Adjective)));
    let words = words.chain(peoples.into_iter().chain(derived).map(form(CountryForm::People)));
    Some(Country { code, name, words: words.collect() })
}

fn alternatives(field: &str) -> Vec<String> {
    let parts = field.split('|').map(str::trim);
    parts.filter(|p| !p.is_empty()).map(str::to_owned).collect()
}

/// "Malian" gives "Malians"; an adjective in -ese or -ish gives no plural.
fn plural(adjective: &str) -> Option<String> {
    let regular =
        adjective.ends_with("an") || adjective.ends_with('i') || adjective.ends_with("ne");
    regular.then(|| format!("{adjective}s"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_gives_all_words_of_a_country() {
        let read = parse("t.tsv", "# code\nML\tMali\tMalian\t\n").unwrap();
        let words: Vec<&str> = read[0].words.iter().map(|(w, _)| w.as_str()).collect();
        assert_eq!(words, ["Mali", "Malian", "Malians"]);
    }

    #[test]
    fn a_bad_row_is_named_by_its_line() {
        let error = parse("t.tsv", "ML\tMali\tMalian\nMLI\tMali\n").unwrap_err();
        assert!(matches!(error, ActorsError::Syntax { line: 2, .. }), "{error}");
    }
}
