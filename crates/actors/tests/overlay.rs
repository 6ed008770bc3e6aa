//! A user's own registry files over the program's, and lists that are imported into such files.

#[cfg(test)]
mod tests {
    use averment_actors::{
        ActorMention, AliasStrength, Discard, Fault, Ftm, PartialDate, Petrarch, Registry, Tie,
        Ucdp,
    };
    use averment_types::{ActorId, ActorKind, DateInterval, TextRange};
    use jiff::civil::date;
    use proptest::prelude::*;

    const ARMY: &str = "[[actor]]\nid = \"amroth-army\"\nname = \"Army of Amroth\"\nkind = \"armed_group\"\n\
                        country = \"ML\"\naliases = [\"Army of Amroth\"]\n";

    fn over(own: &str) -> Registry {
        Registry::shipped_with(&[("own.toml", own)]).unwrap()
    }

    fn read(registry: &Registry, text: &str) -> Vec<ActorMention> {
        let spans: Vec<TextRange> = TextRange::whole(text).into_iter().collect();
        registry.read(text, &spans, Some(DateInterval::day(date(2020, 3, 12))))
    }

    fn linked(registry: &Registry, text: &str) -> Vec<String> {
        let mentions = read(registry, text);
        mentions.iter().map(|m| m.actor.as_ref().map_or("", |a| a.id.as_str()).to_owned()).collect()
    }

    fn petrarch(files: &[&str]) -> (String, Vec<(u64, Fault)>) {
        let shipped = Registry::shipped().unwrap();
        let mut import = Petrarch::new(&shipped);
        let mut faults = Vec::new();
        for file in files {
            file.lines().for_each(|line| import.look(line));
            for (number, line) in (1..).zip(file.lines()) {
                faults.extend(import.add(number, line).into_iter().map(|fault| (number, fault)));
            }
            faults.extend(import.close().into_iter().map(|fault| (0, fault)));
        }
        (import.finish().toml, faults)
    }

    #[test]
    fn own_actors_stand_beside_the_shipped_ones() {
        let registry = over(ARMY);
        assert_eq!(
            linked(&registry, "The Army of Amroth met Boko Haram."),
            ["amroth-army", "boko-haram"]
        );
        let mentions = read(&registry, "The Army of Amroth fled.");
        assert!(mentions[0].reasons[0].contains("your own registry"), "{:?}", mentions[0].reasons);
        let shipped = Registry::shipped().unwrap();
        assert_ne!(registry.fingerprint(), shipped.fingerprint());
        assert_eq!(registry.version(), shipped.version());
    }

    #[test]
    fn an_own_actor_takes_the_place_of_the_shipped_one_with_its_id() {
        let own = ARMY.replace("amroth-army", "jnim");
        let registry = over(&own);
        assert_eq!(linked(&registry, "The Army of Amroth fled."), ["jnim"]);
        assert!(!linked(&registry, "JNIM fled.").contains(&"jnim".to_owned()));
        assert_eq!(registry.get(&ActorId::new("jnim")).unwrap().name, "Army of Amroth");
    }

    #[test]
    fn a_name_of_both_keeps_both_as_candidates_the_own_one_first() {
        let own = ARMY.replace("aliases = [\"Army of Amroth\"]", "aliases = [\"Boko Haram\"]");
        let registry = over(&own.replace("ML", "NG"));
        let mentions = read(&registry, "Boko Haram attacked a village in Nigeria.");
        assert_eq!(mentions[0].actor, None);
        let candidates: Vec<(&str, &str)> = mentions[0]
            .candidates
            .iter()
            .map(|c| (c.actor.id.as_str(), c.reason.as_str()))
            .collect();
        assert_eq!(
            candidates[..2],
            [
                ("amroth-army", "has this name in your own registry"),
                ("boko-haram", "has this name")
            ]
        );
    }

    #[test]
    fn more_adds_names_to_a_shipped_actor() {
        let registry = over(
            "[[more]]\nid = \"boko-haram\"\naliases = [\"Amroth Caliphate\", \"Boko Haram\"]\n",
        );
        assert_eq!(
            linked(&registry, "The Amroth Caliphate and Boko Haram are one."),
            ["boko-haram", "boko-haram"]
        );
    }

    #[test]
    fn words_for_people_are_added_to_a_shipped_class() {
        let own = "[[head]]\nid = \"rebels\"\nname = \"Rebels\"\nkind = \"armed_group\"\nsingular = [\"amrothian\"]\n";
        assert_eq!(
            linked(&over(own), "One amrothian met the rebels."),
            ["generic:rebels", "generic:rebels"]
        );
    }

    #[test]
    fn errors_name_the_own_file_and_its_line() {
        for (own, wanted) in [
            ("[[actor]]\nid = \"x\"\n", "own.toml, line 1: missing field `name`"),
            ("\n[[more]]\nid = \"nobody-at-all\"\n", "own.toml, line 3: an id that no actor has"),
            (&format!("{ARMY}{ARMY}"), "own.toml, line 8: an actor id that this file has already"),
            (
                &format!("{ARMY}parents = [{{ id = \"amroth-army\", tie = \"part_of\" }}]"),
                "line 7: a tie to itself",
            ),
            ("\u{0}\u{1}PK", "own.toml, line 1:"),
            ("[[actor]]\nid = \"trunc", "own.toml, line 2:"),
        ] {
            let error = Registry::shipped_with(&[("own.toml", own)]).unwrap_err().to_string();
            assert!(error.contains(wanted), "{error}");
        }
    }

    #[test]
    fn a_circle_of_parents_is_read_without_end() {
        let actor = |id: &str, parent: &str| {
            format!(
                "[[actor]]\nid = \"{id}\"\nname = \"{id}\"\nkind = \"wing\"\naliases = [\"Wing {}\"]\n\
                 parents = [{{ id = \"{parent}\", tie = \"part_of\" }}]\n",
                id.to_uppercase()
            )
        };
        let registry =
            over(&format!("{}{}{}", actor("aaa", "bbb"), actor("bbb", "ccc"), actor("ccc", "aaa")));
        assert_eq!(linked(&registry, "Wing AAA fled."), ["aaa"]);
        assert!(registry.affiliation(&ActorId::new("aaa"), None).is_some());
    }

    #[test]
    fn dated_codes_of_a_person_are_dated_ties() {
        let (toml, faults) = petrarch(&[
            "DARO_MALBETH_  ; a note\n\t[MLIELI 420101-911008]\n\t[MLIGOV 911008-920619]\n\t[MLIELI]\n",
        ]);
        assert_eq!(faults, []);
        let registry = over(&toml);
        let person = registry.actors().find(|a| a.name == "Daro Malbeth").unwrap();
        assert_eq!(person.kind, ActorKind::Person);
        assert_eq!(person.country.as_ref().unwrap().as_str(), "ML");
        let [tie] = person.parents.as_slice() else { panic!("{:?}", person.parents) };
        assert_eq!((tie.parent.as_str(), tie.tie), ("generic:government:ML", Tie::MemberOf));
        assert_eq!(
            (tie.since, tie.until),
            (PartialDate::parse("1991-10-08"), PartialDate::parse("1992-06-19"))
        );
        let who = person.id.as_str();
        assert_eq!(linked(&registry, "Daro Malbeth spoke in Mali.")[0], who);
        assert!(!linked(&registry, "Daro Malbeth spoke in Peru.").contains(&who.to_owned()));
    }

    #[test]
    fn names_that_the_program_has_get_the_other_names() {
        let (toml, faults) = petrarch(&[
            "BOKO_HARAM_ [NGAREB]\n+AMROTH_CONGREGATION_OF_PREACHERS_\n+BOKO_HARAM_SECT_\n",
        ]);
        assert_eq!(faults, []);
        assert!(
            toml.contains("[[more]]\nid = \"boko-haram\"") && !toml.contains("[[actor]]"),
            "{toml}"
        );
        assert_eq!(
            linked(&over(&toml), "Boko Haram, the Amroth Congregation of Preachers, fled.")[0],
            "boko-haram"
        );
    }

    #[test]
    fn kinds_countries_and_lives_come_from_codes() {
        let (toml, _) =
            petrarch(&["ARMY_OF_AMROTH_(AOAR)_ [NGAMIL]\nAMROTH_UNION_ [TCDREB 010101-051231]\n\
            AMROTH_TRADING_COMPANY [MNCUSABUS]\nMALI_ [MLI]\n+BAMAKO_\nNOBODY_AT_ALL [---]\n"]);
        let registry = over(&toml);
        let of = |name: &str| registry.actors().find(|a| a.name == name).unwrap();
        assert_eq!(of("Army of Amroth (Aoar)").kind, ActorKind::Military);
        assert!(of("Army of Amroth (Aoar)").aliases.iter().any(|a| a.text == "Army of Amroth"));
        let union = of("Amroth Union");
        assert_eq!(
            (union.kind, union.founded),
            (ActorKind::ArmedGroup, PartialDate::parse("2001-01-01"))
        );
        assert_eq!(union.dissolved, PartialDate::parse("2005-12-31"));
        let company = of("Amroth Trading Company");
        assert_eq!(
            (company.kind, company.country.as_ref().unwrap().as_str()),
            (ActorKind::Business, "US")
        );
        assert!(!toml.contains("Bamako") && !toml.contains("Nobody"), "{toml}");
    }

    #[test]
    fn malformed_lines_are_named_and_spoil_nothing_else() {
        let (toml, faults) = petrarch(&[
            "+ORPHAN_NAME\n[MLIREB]\nARMY_OF_AMROTH [NGAMIL 2004017-20061201] [NGAREB]\n\
            ___ [NGAREB]\n+OF_A_LOST_NAME\n[NGAREB]\nUNION_OF_ROHAN\nARMY_OF_ROHAN [NGAREB\n<!-- NOT AN ACTOR [NGA]\nstill -->\nBAND_OF_ROHAN [NGAREB]\nEND_OF_FILE\n",
        ]);
        let wanted = [
            (1, Fault::NoName),
            (2, Fault::NoName),
            (3, Fault::Dates),
            (4, Fault::NoLetters),
            (8, Fault::NoCode(8)),
            (8, Fault::OpenCode),
            (12, Fault::NoCode(12)),
            (0, Fault::NoCode(0)),
        ];
        assert_eq!(faults[..6], wanted[..6]);
        assert_eq!(faults.last(), wanted.last());
        let registry = over(&toml);
        assert_eq!(
            linked(&registry, "The Army of Amroth and the Band of Rohan fled in Nigeria.").len(),
            2
        );
        assert!(!toml.contains("Lost"), "{toml}");
    }

    #[test]
    fn agents_become_words_of_a_class() {
        let (toml, faults) = petrarch(&[
            "!PERSON! = MAN, WOMEN\nORCHARD!PERSON! [~AGR]\nORC_WARRIOR {ORC_HOST} [~REB]\n\
            ELF_COUNCIL {} [GOV~]\nSOLDIER [~MIL]\nBAD!NOSUCHSET! [~MIL]\nNOCODE\nNOTILDE [MIL]\nPIPEWEED [~ZZZ]\n",
        ]);
        let wanted = [(6, Fault::NoSet), (7, Fault::AgentCode), (8, Fault::AgentCode)];
        assert_eq!(faults, wanted);
        let registry = over(&toml);
        let text = "Two orchardwomen, an orc warrior and the orc host met the elf council.";
        let generic = ["civilians", "rebels", "rebels", "official"].map(|c| format!("generic:{c}"));
        assert_eq!(linked(&registry, text), generic);
        assert!(!toml.contains("\"soldier\""), "{toml}");
    }

    #[test]
    fn discards_keep_sentences_and_reports_from_being_coded() {
        let (toml, _) = petrarch(&["# sport\nOLIPHAUNT_RACE # a note\n+Amroth Cup\n"]);
        let registry = over(&toml);
        let found = |text: &str| registry.discard(text, TextRange::whole(text).unwrap());
        let range = TextRange::new(4, 18).unwrap();
        assert_eq!(found("The oliphaunt race ended."), Some(Discard::Sentence(range)));
        assert!(matches!(found("The oliphaunt race of the Amroth Cup."), Some(Discard::Report(_))));
        assert_eq!(found("The oliphaunt raced."), None);
    }

    const HEADER: [&str; 9] = [
        "\u{feff}ActorId",
        "NameData",
        "NameOrigFull",
        "NameOrigFullEng",
        "Org",
        "NamePrev",
        "ActorIdAlliance",
        "Location",
        "ActorIdGroup",
    ];

    #[test]
    fn rows_of_ucdp_become_actors_with_their_ties() {
        let shipped = Registry::shipped().unwrap();
        let mut import = Ucdp::new(&shipped, &HEADER).unwrap();
        for row in [
            [
                "900001",
                "FLA",
                "Front de libération d'Amroth",
                "Amroth Liberation Front",
                "1",
                "MPA",
                "900002",
                "Chad",
                "6716",
            ],
            ["900002", "Rohan Riders", "n/a", "Rohan Riders", "1", "", "", "Chad, Niger", ""],
            ["6716", "JNIM", "Soutien d'Amroth", "JNIM", "1", "", "", "Mali", ""],
        ] {
            assert_eq!(import.add(&row), Ok(()));
        }
        assert_eq!(import.add(&["x"]), Err(Fault::NoActorId));
        assert_eq!(import.add(&["7", "?"]), Err(Fault::NoLetters));
        let made = import.finish();
        assert_eq!((made.actors, made.known), (2, 1));
        let registry = over(&made.toml);
        let front = registry.get(&ActorId::new("ucdp-900001")).unwrap();
        assert_eq!(
            (front.name.as_str(), front.country.as_ref().unwrap().as_str()),
            ("Amroth Liberation Front", "TD")
        );
        assert_eq!(front.allies, [ActorId::new("ucdp-900002")]);
        assert_eq!(front.parents[0].parent, ActorId::new("jnim"));
        assert!(front.note.contains("split from MPA"));
        assert!(front.aliases.iter().any(|a| a.text == "FLA" && a.strength == AliasStrength::Weak));
        assert_eq!(linked(&registry, "Front de libération d'Amroth fled.")[0], "ucdp-900001");
        assert_eq!(registry.get(&ActorId::new("ucdp-900002")).unwrap().active_in.len(), 2);
        assert_eq!(Ucdp::new(&shipped, &["Name"]).unwrap_err(), Fault::NoColumn("ActorId"));
    }

    #[test]
    fn entities_become_actors_with_topics_and_memberships() {
        let shipped = Registry::shipped().unwrap();
        let mut import = Ftm::new(&shipped);
        for json in [
            r#"{"id":"NK-1","schema":"Person","properties":{"name":["Sam Gamgee"],"alias":["Samwise of the Shire"],"nationality":["ml"],"topics":["sanction"],"deathDate":["2021-01-02T00:00:00"]}}"#,
            r#"{"id":"nk-1","schema":"Organization","properties":{"name":["Shire Host"],"country":["ml"],"topics":["crime.terror"]}}"#,
            r#"{"id":"NK-1","schema":"Person","properties":{"name":["Samwise Gamgee"]}}"#,
            r#"{"id":"m","schema":"Membership","properties":{"member":["NK-1"],"organization":["nk-1"],"startDate":["2019"],"role":["scout"]}}"#,
            r#"{"id":"b","schema":"PublicBody","properties":{"name":["Moot of Michel Delving"],"country":["zz","eu"]}}"#,
        ] {
            assert_eq!(import.add(json), Ok(true), "{json}");
        }
        assert_eq!(import.add(r#"{"id":"v","schema":"Vessel","properties":{}}"#), Ok(false));
        for bad in [
            "",
            "{",
            "[]",
            "{\"id\": 7}",
            "\u{0}",
            "{\"id\":\"a\",\"schema\":\"Person\",\"properties\":[]}",
        ] {
            assert_eq!(import.add(bad), Err(Fault::NoEntity), "{bad}");
        }
        assert_eq!(
            import.add(r#"{"id":"e","schema":"Person","properties":{}}"#),
            Err(Fault::NoLetters)
        );
        let made = import.finish();
        assert_eq!(made.actors, 3);
        let registry = over(&made.toml);
        let sam = registry.actors().find(|a| a.name == "Sam Gamgee").unwrap();
        assert_eq!(
            (sam.kind, sam.dissolved),
            (ActorKind::Person, PartialDate::parse("2021-01-02"))
        );
        assert_eq!(
            (sam.parents[0].tie, sam.parents[0].since),
            (Tie::MemberOf, PartialDate::parse("2019"))
        );
        assert_eq!(registry.get(&sam.parents[0].parent).unwrap().kind, ActorKind::ArmedGroup);
        assert!(sam.aliases.iter().any(|a| a.text == "Samwise Gamgee"));
        assert_eq!(linked(&registry, "The Shire Host fled.")[0], sam.parents[0].parent.as_str());
    }

    /// Word lists and countries alone, which are read in no time.
    fn small() -> [(&'static str, &'static str); 2] {
        [
            ("generic.toml", include_str!("../../../data/actors/generic.toml")),
            ("demonyms.tsv", include_str!("../../../data/actors/demonyms.tsv")),
        ]
    }

    proptest! {
        #[test]
        fn any_lines_give_a_registry(
            lines in prop::collection::vec("[A-Za-z_+~!;#<> {}\\[\\]0-9\u{e9}\"'\\\\-]{0,60}", 0..30)
        ) {
            let base = Registry::parse(&small()).unwrap();
            let mut import = Petrarch::new(&base);
            for line in &lines {
                import.look(line);
            }
            (1..).zip(&lines).for_each(|(number, line)| drop(import.add(number, line)));
            let toml = import.finish().toml;
            let [generic, demonyms] = small();
            let read = Registry::parse(&[generic, demonyms, ("own.toml", &toml)]);
            prop_assert!(read.is_ok(), "{:?} {toml}", read.err());
        }
    }
}
