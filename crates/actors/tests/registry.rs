//! The shipped registry, and what is said about broken ones.

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::num::NonZeroU32;
    use std::time::Instant;

    use averment_actors::{ActorsError, AliasStrength, Registry, Tie};
    use averment_types::{ActorId, ActorKind, DateInterval, TextRange};
    use jiff::civil::date;
    use proptest::prelude::*;

    fn id(text: &str) -> ActorId {
        ActorId::new(text)
    }

    fn error(toml: &str) -> String {
        Registry::parse(&[("own.toml", toml)]).unwrap_err().to_string()
    }

    #[test]
    fn the_shipped_registry_is_whole() {
        let registry = Registry::shipped().unwrap();
        let persons = registry.actors().filter(|a| a.kind == ActorKind::Person).count();
        let media = registry.actors().filter(|a| a.kind == ActorKind::Media).count();
        assert!(persons >= 140, "{persons} persons");
        assert!(registry.actors().count() - persons - media >= 520);
        assert!(registry.version().starts_with("actors-"));
        assert!(registry.get(&id("generic:gunmen")).is_none());
    }

    #[test]
    fn an_id_of_ucdp_has_one_actor() {
        let registry = Registry::shipped().unwrap();
        let mut of: BTreeMap<NonZeroU32, &str> = BTreeMap::new();
        for actor in registry.actors() {
            if let Some(ucdp) = actor.ucdp {
                assert_eq!(of.insert(ucdp, actor.id.as_str()), None, "{ucdp} of {}", actor.id);
            }
        }
        assert_eq!(of.get(&NonZeroU32::new(6716).unwrap()), Some(&"jnim"));
    }

    #[test]
    fn no_two_actors_share_a_name_that_needs_no_support() {
        let registry = Registry::shipped().unwrap();
        let mut of: BTreeMap<String, &ActorId> = BTreeMap::new();
        for actor in registry.actors() {
            for alias in actor.aliases.iter().filter(|a| a.strength != AliasStrength::Weak) {
                let words = alias.text.to_lowercase().replace(['-', '\'', '’'], "");
                let other = of.insert(words, &actor.id);
                assert!(other.is_none_or(|o| *o == actor.id), "{} of {other:?}", alias.text);
            }
        }
    }

    #[test]
    fn parties_are_sides_and_media_are_not() {
        let registry = Registry::shipped().unwrap();
        for party in [
            "jnim",
            "mali-armed-forces",
            "koufa-wing",
            "generic:gunmen",
            "generic:military:TG",
            "generic:state:FR",
        ] {
            assert!(registry.is_party(&id(party)), "{party}");
        }
        for other in ["al-naba", "reuters", "amadou-koufa", "generic:civilians", "nobody", "hrw"] {
            assert!(!registry.is_party(&id(other)), "{other}");
        }
    }

    #[test]
    fn media_wings_and_persons_belong_to_a_party() {
        let registry = Registry::shipped().unwrap();
        let on = DateInterval::day(date(2020, 3, 12));
        let of = |who: &str| registry.affiliation(&id(who), Some(on)).map(|a| a.id.to_string());
        assert_eq!(of("al-naba").as_deref(), Some("islamic-state"));
        assert_eq!(of("amaq").as_deref(), Some("islamic-state"));
        assert_eq!(of("al-zallaqa").as_deref(), Some("jnim"));
        assert_eq!(of("koufa-wing").as_deref(), Some("macina-liberation-front"));
        assert_eq!(of("amadou-koufa").as_deref(), Some("macina-liberation-front"));
        assert_eq!(of("reuters"), None);
    }

    #[test]
    fn ties_have_dates() {
        let registry = Registry::shipped().unwrap();
        let parents = |day| registry.parents(&id("ansar-dine"), Some(day));
        assert!(parents(date(2015, 1, 1)).is_empty());
        assert_eq!(parents(date(2018, 1, 1))[0].parent, id("jnim"));
        assert_eq!(registry.parents(&id("jnim"), None).len(), 2);
        let leaders = registry.leaders(&id("jnim"), Some(date(2020, 1, 1)));
        assert_eq!(leaders.len(), 1);
        assert_eq!((leaders[0].0.id.as_str(), leaders[0].1.tie), ("iyad-ag-ghali", Tie::Leads));
    }

    #[test]
    fn a_country_can_stand_as_an_actor() {
        let registry = Registry::shipped().unwrap();
        let state = registry.state("France").unwrap();
        assert_eq!((state.id.as_str(), state.kind), ("generic:state:FR", ActorKind::State));
        assert_eq!(registry.state("Atlantis"), None);
    }

    #[test]
    fn errors_name_file_line_and_remedy() {
        let actor = "[[actor]]\nid = \"a\"\nname = \"A\"\nkind = \"armed_group\"\naliases = [\"A Front\"]\n";
        let cases = [
            ("founded = \"May 2017\"\n", "line 6: a bad date; expected a year"),
            ("country = \"Mali\"\n", "line 6: a bad country code"),
            ("ucdp = 0\n", "line 6: invalid value: integer `0`"),
            ("colour = \"red\"\n", "line 6: unknown field `colour`"),
            ("rivals = [\"b\"]\n", "line 6: an id that no actor has"),
            (
                "founded = \"2017\"\ndissolved = \"2016\"\n",
                "line 7: dissolved before it was founded",
            ),
            (
                "[[actor]]\nid = \"a\"\nname = \"B\"\nkind = \"media\"\naliases = [\"B\"]\n",
                "line 7: an actor id that this file has",
            ),
            (
                "[[actor]]\nid = \"B b\"\nname = \"B\"\nkind = \"media\"\naliases = [\"B\"]\n",
                "line 7: a bad actor id",
            ),
            ("parents = [{ id = \"a\", tie = \"friend\" }]\n", "line 6: unknown variant `friend`"),
            ("name = [\n", "line"),
        ];
        for (added, message) in cases {
            let said = error(&format!("{actor}{added}"));
            assert!(said.contains("own.toml") && said.contains(message), "{said}");
            assert!(said.contains("expected"), "{said}");
        }
        let said = Registry::parse(&[("own.tsv", "Mali\n")]).unwrap_err();
        assert!(matches!(said, ActorsError::Syntax { line: 1, .. }));
        assert!(
            error("[[actor]]\nid = \"a\"\nname = \"A\"\nkind = \"media\"\n")
                .contains("without any alias")
        );
    }

    #[test]
    fn a_later_file_replaces_an_actor() {
        let one =
            "[[actor]]\nid = \"a\"\nname = \"A\"\nkind = \"media\"\naliases = [\"Old Paper\"]\n";
        let two = one.replace("\"A\"", "\"B\"");
        let registry = Registry::parse(&[("one.toml", one), ("two.toml", &two)]).unwrap();
        assert_eq!(registry.actors().count(), 1);
        assert_eq!(registry.get(&id("a")).unwrap().name, "B");
    }

    #[test]
    fn the_report_of_the_clash_is_read() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/reports");
        let Ok(text) = std::fs::read_to_string(format!("{folder}/002_0977c30f764fc801.txt")) else {
            println!("skipped, corpus not found");
            return;
        };
        let registry = Registry::shipped().unwrap();
        let spans: Vec<TextRange> = text.lines().filter_map(|l| TextRange::of(&text, l)).collect();
        let found = registry.read(&text, &spans, None);
        for wanted in [
            "al-naba",
            "islamic-state",
            "al-qaeda",
            "jnim",
            "ansar-dine",
            "generic:coalition:FR",
            "generic:government:ML",
        ] {
            assert!(
                found.iter().any(|m| m.actor.as_ref().is_some_and(|a| a.id.as_str() == wanted)),
                "{wanted}"
            );
        }
    }

    /// Optimised builds only; run with `--release -- --ignored --nocapture` for the figures.
    #[test]
    #[ignore = "a measurement, meaningful in an optimised build only"]
    fn speed() {
        let start = Instant::now();
        let registry = Registry::shipped().unwrap();
        let load = start.elapsed();
        let text = "Unknown gunmen killed at least 20 Malian soldiers near Gao on Monday, the governor said. \
                    JNIM (Group for the Support of Islam and Muslims) denied any part in the attack on the village. \
                    Residents of three hamlets had fled before the rains, according to a teacher who asked not to be named. ";
        let text = text.repeat(10);
        let spans: Vec<TextRange> =
            text.split_inclusive(". ").filter_map(|s| TextRange::of(&text, s)).collect();
        let start = Instant::now();
        let rounds = 1000;
        let mentions: usize = (0..rounds).map(|_| registry.read(&text, &spans, None).len()).sum();
        let bytes = f64::from(rounds) * f64::from(u32::try_from(text.len()).unwrap());
        let speed = bytes / 1e6 / start.elapsed().as_secs_f64();
        println!("loaded in {load:?}; {speed:.1} MB/s, {mentions} mentions");
        assert!(mentions > 0);
    }

    fn valid(text: &str, spans: &[TextRange]) -> Result<(), TestCaseError> {
        let registry = registry();
        let mut end = 0;
        for mention in registry.read(text, spans, None) {
            prop_assert!(mention.span.slice(text).is_some_and(|s| !s.is_empty()));
            prop_assert!(mention.span.contains(mention.head));
            prop_assert!(mention.head.slice(text).is_some_and(|s| !s.is_empty()));
            prop_assert!(mention.number.is_none_or(|n| mention.span.contains(n)));
            prop_assert!(mention.span.start() >= end);
            prop_assert!(!mention.reasons.is_empty());
            prop_assert!(spans.iter().any(|s| s.contains(mention.span)));
            end = mention.span.end();
        }
        Ok(())
    }

    fn registry() -> &'static Registry {
        static SHIPPED: std::sync::OnceLock<Registry> = std::sync::OnceLock::new();
        SHIPPED.get_or_init(|| Registry::shipped().unwrap())
    }

    const WORDS: &[&str] = &[
        "the ",
        "two ",
        "Malian ",
        "soldiers ",
        "ISIS",
        "-linked ",
        "(",
        "JNIM",
        ") ",
        "group ",
        "of ",
        "Koufa ",
        "wing ",
        "Colonel ",
        "Mohamed ",
        "al-",
        "Gen. ",
        "Ansar ",
        "Dine, ",
        "and ",
        "website ",
        "’s ",
        "“",
        "U.S. ",
        "led by ",
        "France ",
        "Front ",
        "for ",
        "é",
        "\u{202e}",
        "members ",
        "at least ",
        "Nigerians ",
        "government ",
        "الدولة ",
        "Both ",
        "\r\n",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn any_text_gives_valid_spans(text in "\\PC{0,200}") {
            valid(&text, &TextRange::whole(&text).into_iter().collect::<Vec<_>>())?;
        }

        #[test]
        fn news_like_text_gives_valid_spans(picks in prop::collection::vec(0..WORDS.len(), 0..40), cut in 0_usize..60) {
            let text: String = picks.iter().map(|p| WORDS[*p]).collect();
            let cut = (0..=cut.min(text.len())).rev().find(|c| text.is_char_boundary(*c)).unwrap();
            let spans = [TextRange::new(0, cut).unwrap(), TextRange::new(cut, text.len()).unwrap()];
            valid(&text, &spans)?;
        }

        #[test]
        fn spans_that_do_not_fit_are_left_out(text in "\\PC{0,60}", a in 0_usize..90, b in 0_usize..90) {
            let span = TextRange::new(a.min(b), a.max(b)).unwrap();
            valid(&text, &[span, span])?;
        }
    }
}
