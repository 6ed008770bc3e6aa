//! Runs the time cases of `corpus/cases/time` and checks invariants on arbitrary text.
//!
//! Owns how a case is read and compared; the expectations themselves are in the case files.

#[cfg(test)]
mod tests {
    use averment_time::{TimeMention, TimeMentionKind, TimeReading, read};
    use averment_types::{DateInterval, DatePrec, Published, PublishedSource, TextRange};
    use jiff::civil::Date;
    use proptest::prelude::*;
    use serde::Deserialize;

    #[derive(Deserialize)]
    struct Cases {
        case: Vec<Case>,
    }

    #[derive(Deserialize)]
    struct Case {
        text: String,
        published: Option<String>,
        expect: Vec<String>,
        #[serde(default)]
        also: Vec<String>,
        #[serde(default)]
        warn: Vec<String>,
    }

    fn published(day: &str) -> Published {
        let (start, end) = if day.len() == 7 {
            let first: Date = format!("{day}-01").parse().expect("a month");
            (first, first.last_of_month())
        } else {
            let day: Date = day.parse().expect("a day");
            (day, day)
        };
        let interval = DateInterval::new(Some(start), Some(end)).expect("in order");
        Published {
            interval,
            precision: DatePrec::of(interval),
            source: PublishedSource::Field,
            text: day.to_owned(),
        }
    }

    /// Sentences, cut after a full stop that a space and a capital follow.
    fn sentences(text: &str) -> Vec<TextRange> {
        let mut starts = vec![0];
        for (at, _) in text.match_indices(". ") {
            let long = text
                .split_at(at)
                .0
                .rsplit(' ')
                .next()
                .is_some_and(|w| w.len() > 4 || w.parse::<u16>().is_ok());
            let opens = |c: char| c.is_uppercase() || c.is_numeric();
            if long && text.split_at(at + 2).1.starts_with(opens) {
                starts.push(at + 2);
            }
        }
        starts.push(text.len());
        starts.windows(2).map(|w| TextRange::new(w[0], w[1]).expect("in order")).collect()
    }

    fn interval(interval: DateInterval) -> String {
        let show = |end: Option<Date>| end.map_or(String::new(), |d| d.to_string());
        if interval.start() == interval.end() {
            show(interval.start())
        } else {
            format!("{}..{}", show(interval.start()), show(interval.end()))
        }
    }

    fn agrees(mention: &TimeMention, text: &str, expected: &str) -> bool {
        let (words, wanted) = expected.split_once(" => ").expect("words => value");
        if mention.span.slice(text) != Some(words) {
            return false;
        }
        match (wanted, &mention.value) {
            ("duration", None) => mention.kind == TimeMentionKind::Duration,
            ("set", None) => mention.kind == TimeMentionKind::Set,
            (open, None) => open
                .strip_prefix("? ")
                .is_some_and(|why| mention.reasons.iter().any(|r| r.contains(why))),
            (wanted, Some(value)) => {
                wanted == interval(value.interval) && !value.reasons.is_empty()
            }
        }
    }

    fn fails(case: &Case, reading: &TimeReading) -> bool {
        let same = case.expect.len() == reading.mentions.len()
            && case.expect.iter().zip(&reading.mentions).all(|(e, m)| agrees(m, &case.text, e));
        let candidates: Vec<String> = reading
            .mentions
            .iter()
            .filter_map(|m| m.value.as_ref())
            .flat_map(|v| v.candidates.iter().map(|c| interval(c.interval)))
            .collect();
        let warnings: Vec<String> = reading.warnings.iter().map(|w| serde_plain(w.code)).collect();
        !same || !case.also.iter().all(|a| candidates.contains(a)) || warnings != case.warn
    }

    /// The code in snake case, as JSON writes it.
    fn serde_plain(code: averment_types::WarningCode) -> String {
        format!("{code:?}").chars().fold(String::new(), |mut out, c| {
            if c.is_uppercase() && !out.is_empty() {
                out.push('_');
            }
            out.extend(c.to_lowercase());
            out
        })
    }

    fn describe(case: &Case, reading: &TimeReading) -> String {
        let got: Vec<String> = reading
            .mentions
            .iter()
            .map(|m| {
                let value =
                    m.value.as_ref().map_or(format!("{:?}", m.kind), |v| interval(v.interval));
                let others: Vec<String> = m
                    .value
                    .iter()
                    .flat_map(|v| &v.candidates)
                    .map(|c| interval(c.interval))
                    .collect();
                format!("{:?} => {value} {:?} also {others:?}", m.span.slice(&case.text), m.reasons)
            })
            .collect();
        format!(
            "{}\n  want {:?} {:?}\n  got {got:#?} {:?}",
            case.text, case.expect, case.warn, reading.warnings
        )
    }

    fn check(file: &str) -> usize {
        let cases: Cases = toml::from_str(file).expect("a case file");
        let wrong: Vec<String> = cases
            .case
            .iter()
            .filter_map(|case| {
                let day = case.published.as_deref().map(published);
                let reading = read(&case.text, &sentences(&case.text), day.as_ref());
                fails(case, &reading).then(|| describe(case, &reading))
            })
            .collect();
        assert!(wrong.is_empty(), "{} cases differ:\n{}", wrong.len(), wrong.join("\n"));
        cases.case.len()
    }

    #[test]
    fn absolute_dates() {
        assert!(check(include_str!("../../../corpus/cases/time/absolute.toml")) > 50);
    }

    #[test]
    fn missing_years() {
        assert!(check(include_str!("../../../corpus/cases/time/year.toml")) > 20);
    }

    #[test]
    fn relative_dates() {
        assert!(check(include_str!("../../../corpus/cases/time/relative.toml")) > 40);
    }

    #[test]
    fn periods() {
        assert!(check(include_str!("../../../corpus/cases/time/periods.toml")) > 15);
    }

    #[test]
    fn days_with_names() {
        assert!(check(include_str!("../../../corpus/cases/time/named.toml")) > 7);
    }

    #[test]
    fn dates_counted_from_dates() {
        assert!(check(include_str!("../../../corpus/cases/time/narrative.toml")) > 12);
    }

    #[test]
    fn durations_and_sets() {
        assert!(check(include_str!("../../../corpus/cases/time/vague.toml")) > 10);
    }

    fn is_sound(text: &str, reading: &TimeReading) -> bool {
        let mut last = 0;
        reading.mentions.iter().all(|m| {
            let after = m.span.start() >= last;
            last = m.span.end();
            let words = m.span.slice(text);
            let same =
                m.value.as_ref().is_none_or(|v| Some(v.text.as_str()) == words && v.span == m.span);
            after && words.is_some_and(|w| !w.is_empty()) && same && !m.reasons.is_empty()
        })
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "\\PC*", day in proptest::option::of(0..4000_i32)) {
            let day = day.map(|d| published(&jiff::civil::date(2015, 1, 1).checked_add(jiff::Span::new().days(d)).unwrap().to_string()));
            let spans: Vec<TextRange> = TextRange::whole(&text).into_iter().collect();
            prop_assert!(is_sound(&text, &read(&text, &spans, day.as_ref())));
        }

        #[test]
        fn date_like_text_is_read(words in proptest::collection::vec(
            proptest::sample::select(vec!["March", "May", "12", "2020", "0", "9999", "the", "last", "week", "Friday", ",", "-", "/", "since", "until",
                "between", "and", "to", "from", "two", "years", "ago", "later", "early", "of", "1O", "Arpil", "31", "February", "1990s", "century", "19th", "day", "before", "following", "year", "few", "more", "than", "\u{a0}", "é", "winter", "this", "next", "month", "4000000", "9998", "decades", "Ramadan", "BC", "week", "'80s", "XIX", "onwards", "Q3", "weekend", "eve", "Christmas", "1441", "nineteen", "AD", "quarter", "not", "AM", "T", "nine", "autumn", "that"]), 0..14),
            day in proptest::option::of(0..4000_i32)) {
            let text = words.join(" ");
            let day = day.map(|d| published(&jiff::civil::date(2015, 1, 1).checked_add(jiff::Span::new().days(d)).unwrap().to_string()));
            let spans: Vec<TextRange> = TextRange::whole(&text).into_iter().collect();
            prop_assert!(is_sound(&text, &read(&text, &spans, day.as_ref())));
        }
    }

    /// The dates of the two reports beside the project, a paragraph taken as one sentence.
    #[test]
    fn the_two_reports() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/reports");
        let Ok(files) = std::fs::read_dir(folder) else {
            println!("skipped, corpus not found");
            return;
        };
        let texts: Vec<String> =
            files.flatten().filter_map(|f| std::fs::read_to_string(f.path()).ok()).collect();
        let mut found = Vec::new();
        for text in &texts {
            let spans: Vec<TextRange> =
                text.lines().filter_map(|l| TextRange::of(text, l)).collect();
            for m in read(text, &spans, None).mentions {
                let words = m.span.slice(text).expect("in the text").to_owned();
                found.push((words, m.value.map(|v| interval(v.interval)), m.kind));
            }
        }
        let date = |words: &str| {
            let hit = found.iter().find(|(w, ..)| w == words);
            hit.unwrap_or_else(|| panic!("{words} is found")).1.clone()
        };
        assert_eq!(date("Thursday, March 12").as_deref(), Some("2020-03-12"));
        assert_eq!(date("February 2020 9").as_deref(), Some("2020-02-01..2020-02-29"));
        assert_eq!(date("November 2018").as_deref(), Some("2018-11-01..2018-11-30"));
        assert_eq!(date("July 2015").as_deref(), Some("2015-07-01..2015-07-31"));
        assert_eq!(date("Since mid-April 2020").as_deref(), Some("2020-04-11.."));
        assert_eq!(date("December 2011").as_deref(), Some("2011-12-01..2011-12-31"));
        assert_eq!(date("more than two years ago"), None);
        for words in ["from time to time", "more frequent"] {
            assert!(
                found.iter().any(|(w, _, kind)| w == words && *kind == TimeMentionKind::Set),
                "{words}"
            );
        }
    }

    /// Long rows of words that begin a date and never end it. Work is in proportion to length (measured: eight
    /// times the text took eight times as long for each row); a clock would fail here on a busy machine,
    /// so here the rows only have to end.
    #[test]
    fn hostile_rows_are_read() {
        let rows = [
            "the ",
            "from ",
            "since ",
            "12 ",
            "12, ",
            "between the ",
            "early ",
            "March ",
            "last ",
            "two ",
            "1990-",
            "3 and ",
            "week of ",
            "the eve of ",
            "Friday, ",
            "nineteen ",
            "more than ",
            "'80s ",
            "12/",
            "late on the ",
            "Monday (",
            "until before after ",
            "two years and ",
            "mid to ",
            "In 2011. The next day ",
            "May 2011, in June ",
        ];
        for row in rows {
            let text = row.repeat(400);
            let spans: Vec<TextRange> = TextRange::whole(&text).into_iter().collect();
            assert!(is_sound(&text, &read(&text, &spans, None)), "{row}");
        }
    }

    #[test]
    fn a_span_that_does_not_fit_is_passed_over() {
        let beyond = TextRange::new(3, 90).expect("in order");
        assert!(read("on 12 March 2020", &[beyond], None).mentions.is_empty());
    }
}
