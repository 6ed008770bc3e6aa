//! Runs the place cases of `corpus/cases/place` and checks invariants on arbitrary text.
//!
//! Owns how a case is read and compared; the expectations themselves are in the case files.

#[cfg(test)]
mod tests {
    use averment_place::{Gazetteer, PlaceMention, PlaceUsage};
    use averment_types::{CountryCode, PlaceKind, TextRange};
    use proptest::prelude::*;
    use serde::Deserialize;
    use std::sync::LazyLock;

    static GAZETTEER: LazyLock<Gazetteer> =
        LazyLock::new(|| Gazetteer::shipped().expect("the shipped tables"));

    #[derive(Deserialize)]
    struct Cases {
        case: Vec<Case>,
    }

    #[derive(Deserialize)]
    struct Case {
        text: String,
        expect: Vec<String>,
    }

    fn read(text: &str) -> Vec<PlaceMention> {
        let spans: Vec<TextRange> = TextRange::whole(text).into_iter().collect();
        GAZETTEER.read(text, &spans, &[])
    }

    /// The name of an enum's value in snake case, as JSON writes it.
    fn snake(value: &impl std::fmt::Debug) -> String {
        format!("{value:?}").chars().fold(String::new(), |mut out, c| {
            if c.is_uppercase() && !out.is_empty() {
                out.push('_');
            }
            out.extend(c.to_lowercase());
            out
        })
    }

    fn holds(m: &PlaceMention, flag: &str) -> bool {
        let v = &m.value;
        let codes = |list: &str| {
            list.split(',').map(|c| CountryCode::parse(c).expect("a code")).collect::<Vec<_>>()
        };
        match flag {
            "point" => v.lat.is_some() && v.lon.is_some(),
            "nopoint" => v.lat.is_none() && v.lon.is_none(),
            "cand" => !v.candidates.is_empty(),
            "loc" => m.usage == PlaceUsage::Locative,
            "mod" => m.usage == PlaceUsage::Modifier,
            "met" => m.usage == PlaceUsage::Metonym,
            "bare" => m.usage == PlaceUsage::Bare,
            flag if flag.starts_with("admin1=") => {
                v.admin1.as_deref()
                    == Some(flag.trim_start_matches("admin1=").replace('_', " ").as_str())
            }
            flag if flag.starts_with("in=") => v.countries == codes(flag.trim_start_matches("in=")),
            flag => {
                let (lat, lon) =
                    flag.strip_prefix('@').and_then(|p| p.split_once(',')).expect("a known flag");
                let near = |have: Option<f64>, want: &str| {
                    have.is_some_and(|h| (h - want.parse::<f64>().expect("degrees")).abs() < 0.5)
                };
                near(v.lat, lat) && near(v.lon, lon)
            }
        }
    }

    fn agrees(m: &PlaceMention, text: &str, expected: &str) -> bool {
        let (words, wanted) = expected.split_once(" => ").expect("words => value");
        let mut parts = wanted.split(' ');
        let mut next = || parts.next().expect("kind, country, precision");
        let (kind, country, precision) = (next(), next(), next());
        m.span.slice(text) == Some(words)
            && snake(&m.value.kind) == kind
            && m.value.country.as_ref().map_or("-", CountryCode::as_str) == country
            && snake(&m.value.precision) == precision
            && parts.all(|flag| holds(m, flag))
    }

    fn describe(case: &Case, got: &[PlaceMention]) -> String {
        let got: Vec<String> = got
            .iter()
            .map(|m| {
                let v = &m.value;
                let country = v.country.as_ref().map_or("-", CountryCode::as_str);
                let inside: Vec<&str> = v.countries.iter().map(CountryCode::as_str).collect();
                format!(
                    "{:?} => {} {country} {} {:?} {:?},{:?} in={inside:?} {:?} cand={:?}",
                    m.span.slice(&case.text),
                    snake(&v.kind),
                    snake(&v.precision),
                    m.usage,
                    v.lat,
                    v.lon,
                    v.reasons,
                    v.candidates
                        .iter()
                        .map(|c| (
                            c.name.as_str(),
                            c.country.as_ref().map(CountryCode::as_str),
                            c.score
                        ))
                        .collect::<Vec<_>>()
                )
            })
            .collect();
        format!("{}\n  want {:#?}\n  got {got:#?}", case.text, case.expect)
    }

    fn check(file: &str) -> usize {
        let cases: Cases = toml::from_str(file).expect("a case file");
        let wrong: Vec<String> = cases
            .case
            .iter()
            .filter_map(|case| {
                let got = read(&case.text);
                let same = got.len() == case.expect.len()
                    && case.expect.iter().zip(&got).all(|(e, m)| agrees(m, &case.text, e));
                (!same).then(|| describe(case, &got))
            })
            .collect();
        assert!(wrong.is_empty(), "{} cases differ:\n{}", wrong.len(), wrong.join("\n"));
        cases.case.len()
    }

    #[test]
    fn names() {
        assert!(check(include_str!("../../../corpus/cases/place/names.toml")) > 30);
    }

    #[test]
    fn relative_and_border_places() {
        assert!(check(include_str!("../../../corpus/cases/place/relative.toml")) >= 60);
    }

    #[test]
    fn names_by_what_stands_around_them() {
        assert!(check(include_str!("../../../corpus/cases/place/context.toml")) > 30);
    }

    #[test]
    fn taken_spans_give_no_mention_but_tell_the_country() {
        let text = "The Lebanese army entered Tripoli.";
        let spans = [TextRange::whole(text).expect("short")];
        let taken = [TextRange::new(4, 17).expect("in order")];
        let got = GAZETTEER.read(text, &spans, &taken);
        assert_eq!(got.len(), 1);
        assert_eq!(got[0].value.country.as_ref().map(CountryCode::as_str), Some("LB"));
    }

    #[test]
    fn countries_and_demonyms() {
        let code = |c: Option<CountryCode>| c.map(|c| c.to_string());
        assert_eq!(code(GAZETTEER.demonym("Malian")).as_deref(), Some("ML"));
        assert_eq!(code(GAZETTEER.demonym("Nigeriens")).as_deref(), Some("NE"));
        assert_eq!(code(GAZETTEER.country("DR Congo")).as_deref(), Some("CD"));
        assert_eq!(GAZETTEER.demonym("Mali"), None);
        assert!(GAZETTEER.countries().len() > 240);
    }

    /// The place words of the two reports beside the project.
    #[test]
    fn the_two_reports() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/reports");
        let Ok(files) = std::fs::read_dir(folder) else {
            println!("skipped, corpus not found");
            return;
        };
        let texts: Vec<String> =
            files.flatten().filter_map(|f| std::fs::read_to_string(f.path()).ok()).collect();
        let found: Vec<PlaceMention> = texts.iter().flat_map(|text| read(text)).collect();
        for (words, kind, countries) in [
            ("border between Mauritania and Mali", PlaceKind::BorderZone, "MR ML"),
            ("crossroads” between Nigeria, Chad and Cameroon", PlaceKind::BorderZone, "NG TD CM"),
            ("Algerian-Moorish border", PlaceKind::BorderZone, "DZ MR ML"),
            ("northern Mali", PlaceKind::Region, "ML"),
        ] {
            let m = found
                .iter()
                .find(|m| m.value.text == words)
                .unwrap_or_else(|| panic!("{words} is found"));
            let codes: Vec<&str> = m.value.countries.iter().map(CountryCode::as_str).collect();
            assert_eq!(
                (m.value.kind, codes.join(" ").as_str(), m.value.lat),
                (kind, countries, None),
                "{words}"
            );
        }
        let sahara = found
            .iter()
            .find(|m| m.value.text == "southwestern central Sahara")
            .expect("the Sahara");
        assert!(
            sahara.value.country.is_none()
                && sahara.value.lat.is_none()
                && sahara.value.geometry.is_some()
        );
    }

    fn is_sound(text: &str, got: &[PlaceMention]) -> bool {
        let mut last = 0;
        got.iter().all(|m| {
            let after = m.span.start() >= last;
            last = m.span.end();
            let v = &m.value;
            let point = v.lat.is_some() == v.lon.is_some()
                && v.lat.is_none_or(|x| (-90.0..=90.0).contains(&x))
                && v.lon.is_none_or(|x| (-180.5..=180.5).contains(&x));
            let zone = v.kind != PlaceKind::BorderZone || (v.lat.is_none() && v.country.is_none());
            after
                && m.span.slice(text).is_some_and(|w| !w.is_empty())
                && !v.reasons.is_empty()
                && point
                && zone
        })
    }

    #[test]
    fn a_border_lies_in_no_one_country() {
        let text = "the Mali road, Mali border";
        assert!(is_sound(text, &read(text)));
        let text = "Mali road Mali border";
        assert!(is_sound(text, &read(text)));
    }

    /// What would take hours if any word made the reader look back or ahead without end.
    #[test]
    fn long_monotonous_text_is_read_in_linear_time() {
        const WORDS: usize = 1_500;
        for word in [
            "North ",
            "north ",
            "the ",
            "in ",
            "Gao ",
            "Gao, ",
            "Gao and ",
            "in the north ",
            "Kafr ",
            "al-",
            "border between Mali and ",
            "20 km north of ",
            "villages of ",
            "Syrias ",
            "Ill., ",
            "X-",
            "A. ",
            "city of ",
            "Mali-",
            "region ",
            "Springfield, ",
            "San Jos\u{e9} in ",
        ] {
            let text = word.repeat(WORDS);
            assert!(is_sound(&text, &read(&text)), "{word}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "\\PC*") {
            prop_assert!(is_sound(&text, &read(&text)));
        }

        #[test]
        fn place_like_text_is_read(words in proptest::collection::vec(
            proptest::sample::select(vec!["Mali", "Niger", "Gao", "Mopti", "Tripoli", "border", "between", "of", "with", "and", ",", "-", "'s", "the", "north", "northern",
                "20", "km", "from", "road", "to", "Algerian", "Moorish", "region", "province", "village", "al-", "Paris", "Hilton", "in", "near", "Santa", "Cruz", "Sahara", "’", "U.S.", "é", "said", "(", ")"]), 0..14)) {
            let text = words.join(" ");
            prop_assert!(is_sound(&text, &read(&text)));
        }
    }
}
