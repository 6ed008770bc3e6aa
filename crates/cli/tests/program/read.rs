//! `averment read`: what the reader sees, of reports, of given words, and drawn.

use std::io::Write;
use std::process::Stdio;

use averment_lang::conllu::{ConlluSentence, Row, parse};
use proptest::prelude::*;
use serde_json::Value;

use crate::folder::{CLASH, KILLING, Program, Ran, ran, samples};

/// A row of a file with given words.
fn row(id: &str, form: &str, misc: &str) -> String {
    format!("{id}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}\n")
}

/// The program, fed with `input`.
fn fed(program: &Program, args: &[&str], input: &[u8]) -> Ran {
    let mut command = program.command(args);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    ran(child.wait_with_output().unwrap())
}

/// One root, and every word hangs on it over others.
fn assert_tree(sentence: &ConlluSentence<'_>) {
    let heads: Vec<usize> = sentence.words().map(|row| row.head().unwrap()).collect();
    assert_eq!(heads.iter().filter(|head| **head == 0).count(), 1, "{heads:?}");
    for start in 1..=heads.len() {
        let mut at = start;
        for _ in 0..heads.len() {
            at = if at == 0 { 0 } else { heads[at - 1] };
        }
        assert_eq!(at, 0, "{heads:?}");
    }
}

/// What of a row the reader must not change.
fn given(row: &Row<'_>) -> String {
    let misc: Vec<&str> = row.misc.split('|').filter(|item| !item.starts_with("NER")).collect();
    let misc = if row.is_word() { misc.join("|") } else { row.line.to_owned() };
    let misc = if misc.is_empty() { "_".to_owned() } else { misc };
    format!("{:?} {} {misc}", row.id, row.form)
}

#[test]
fn reports_are_printed_as_conllu_with_ranges_into_their_text() {
    let program = Program::new();
    program.write("in/one.txt", KILLING);
    program.write("in/two.txt", CLASH);
    let ran = program.done(&["read", "in"]);
    assert!(ran.err.starts_with("read 2 reports, 2 sentences, "), "{}", ran.err);
    let sentences = parse(&ran.out).unwrap();
    assert_eq!(sentences.len(), 2);
    for (sentence, text) in sentences.iter().zip([KILLING, CLASH]) {
        assert!(sentence.begins_document() && sentence.begins_paragraph());
        assert_eq!(sentence.comment("zone"), Some("body"));
        assert_eq!(sentence.id(), sentence.document().map(|id| format!("{id}-1")).as_deref());
        assert_eq!(sentence.text(), Some(text.trim()));
        assert!(sentence.comment("reader").unwrap().starts_with("en-fast-"));
        assert_tree(sentence);
        for word in sentence.words() {
            let range = word.misc.split('|').find_map(|item| item.strip_prefix("TokenRange="));
            let (start, end) = range.unwrap().split_once(':').unwrap();
            let bytes = start.parse::<usize>().unwrap()..end.parse::<usize>().unwrap();
            assert_eq!(text.get(bytes), Some(word.form));
            assert!(word.lemma != "_" && word.upos != "_", "{}", word.line);
        }
        assert!(sentence.words().last().unwrap().line.contains("\t.\t"));
        let before_last = sentence.words().rev().nth(1).unwrap();
        assert!(!before_last.space_after(), "{}", before_last.line);
    }
}

#[test]
fn json_lines_hold_the_text_that_ranges_point_into() {
    let program = Program::new();
    let ran = program.done(&["read", &samples(), "--format", "jsonl"]);
    let lines: Vec<Value> = ran.out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert!(lines.len() >= 12, "{}", ran.err);
    for line in &lines {
        let text = line["text"].as_str().unwrap();
        let slice = |range: &Value| {
            let at = |end: &str| usize::try_from(range[end].as_u64().unwrap()).unwrap();
            text.get(at("start")..at("end")).unwrap().to_owned()
        };
        assert!(line["report"].is_string() && line["reader"].is_string());
        for sentence in line["sentences"].as_array().unwrap() {
            assert_eq!(slice(&sentence["range"]), sentence["text"].as_str().unwrap());
            for token in sentence["tokens"].as_array().unwrap() {
                assert_eq!(slice(&token["range"]), token["form"].as_str().unwrap());
                assert!(!token["form"].as_str().unwrap().contains(char::is_whitespace));
            }
        }
        for entity in line["entities"].as_array().unwrap() {
            assert_eq!(slice(&entity["range"]), entity["text"].as_str().unwrap());
            let probability = entity["probability"].as_f64().unwrap();
            assert!((0.0..=1.0).contains(&probability));
        }
    }
    assert_eq!(program.done(&["read", &samples(), "--format", "jsonl"]).out, ran.out);
}

#[test]
fn hard_wrapped_lines_and_surroundings_stay_out() {
    let program = Program::new();
    let wrapped = "Two men were killed\u{a0}near Gao on Thursday when armed men on motorbikes opened\r\n\
        fire at a market, the police said in a statement on Friday. A third fled to the\r\n\
        river, where soldiers found him unharmed in the evening, the statement went on.\r\n";
    program.write("a.txt", wrapped);
    let out = program.done(&["read", "a.txt"]).out;
    let sentences = parse(&out).unwrap();
    assert_eq!(sentences.len(), 2, "{out}");
    let text = sentences[0].text().unwrap();
    assert!(text.starts_with("Two men were killed near Gao on"), "{text}");
    assert!(text.contains(" opened fire at a market, the"), "{text}");
    assert!(!sentences[1].begins_document() && !sentences[1].begins_paragraph());
    let record = "{\"id\": \"a b c\", \"html\": \"<h1>Five die in raid</h1><p>Five died.</p><p>They fled.\"}\n";
    program.write("b.jsonl", record);
    let out = program.done(&["read", "b.jsonl"]).out;
    let zones = [
        "# newpar\n# zone = headline\n# sent_id = a_b_c-1\n",
        "# zone = body\n# sent_id = a_b_c-2\n",
    ];
    assert!(zones.iter().all(|zone| out.contains(zone)), "{out}");
    assert_eq!(parse(&out).unwrap()[0].document(), Some("a_b_c"));
}

#[test]
fn refusals_are_told_as_code_tells_them() {
    let program = Program::new();
    program.write("in/empty.txt", "");
    program.write("in/good.txt", KILLING);
    let ran = program.run(&["read", "in", "nowhere.txt"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("refused: 2 documents"), "{}", ran.err);
    assert!(ran.err.contains("in/empty.txt: "), "{}", ran.err);
    assert_eq!(parse(&ran.out).unwrap().len(), 1);
    assert_eq!(program.run(&["read", "nowhere.txt"]).code, 3);
    let piped = fed(&program, &["read", "-", "--format", "jsonl"], KILLING.as_bytes());
    assert_eq!((piped.code, piped.out.lines().count()), (0, 1), "{}", piped.err);
}

#[test]
fn a_wrong_command_line_is_code_2() {
    let program = Program::new();
    let wrong: [&[&str]; 6] = [
        &["read"],
        &["read", "a.txt", "--tokens", "b.conllu"],
        &["read", "a.txt", "--pretty", "They fled."],
        &["read", "--pretty", "They fled.", "--format", "jsonl"],
        &["read", "a.txt", "--format", "xml"],
        &["read", "a.txt", "--reader", "slow"],
    ];
    for args in wrong {
        assert_eq!(program.run(args).code, 2, "{args:?}");
    }
}

#[test]
fn the_exact_reader_names_both_its_bundles() {
    let ran = Program::new().run(&["read", "--pretty", "They fled.", "--reader", "exact"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("read by en-exact-") && ran.out.contains("/en-fast-"), "{}", ran.out);
}

#[test]
fn given_words_come_back_with_what_the_reader_sees() {
    let program = Program::new();
    let rows = [
        "# newdoc id = d1\r\n# text = He didn't flee.\r\n".to_owned(),
        "1\tHe\tGOLD\tX\tPRP\tA=B\t4\tgold\t4:gold\tEntity=(1|NER=B-Date\r\n".to_owned(),
        row("2-3", "didn't", "_"),
        row("2", "did", "_"),
        row("3", "n't", "_"),
        row("3.1", "gone", "_"),
        row("4", "flee", "SpaceAfter=No"),
        row("5", ".", "_"),
        "\n\n# sent_id = s2\n".to_owned(),
        row("1", "New York", "_"),
        row("2", "burnt", "_"),
    ];
    let file = rows.concat();
    program.write("given.conllu", &file);
    let out = program.done(&["read", "--tokens", "given.conllu"]).out;
    let (before, after) = (parse(&file).unwrap(), parse(&out).unwrap());
    assert_eq!(before.len(), after.len());
    for (before, after) in before.iter().zip(&after) {
        assert_eq!(before.comments, after.comments);
        let rows = |s: &ConlluSentence<'_>| s.rows.iter().map(given).collect::<Vec<_>>();
        assert_eq!(rows(before), rows(after));
        assert_tree(after);
    }
    assert!(!out.contains("GOLD") && !out.contains("gold") && !out.contains("PRP"), "{out}");
    assert!(!out.contains('\r') && out.ends_with("\n\n"));
    let lines = program.done(&["read", "--tokens", "given.conllu", "--format", "jsonl"]).out;
    let line: Value = serde_json::from_str(&lines).unwrap();
    assert_eq!(
        (&line["report"], &line["text"]),
        (&"d1".into(), &"He didn't flee. New York burnt".into())
    );
    assert_eq!(line["sentences"][1]["id"], "s2");
    assert_eq!(line["sentences"][0]["tokens"][2]["form"], "n't");
    assert_eq!(fed(&program, &["read", "--tokens", "-"], file.as_bytes()).out, out);
}

#[test]
fn what_is_no_conllu_is_refused_with_file_and_line() {
    let program = Program::new();
    let refused = [
        (String::new(), "in.conllu: it holds no sentence"),
        ("\n\n".to_owned(), "in.conllu: it holds no sentence"),
        (
            "# text = a\n\n".to_owned(),
            "in.conllu, line 1: the sentence that begins here has no words",
        ),
        ("\n1 They fled\n".to_owned(), "in.conllu, line 2: it has 1 column, not 10"),
        (
            format!("{}{}", row("1", "a", "_"), row("3", "b", "_")),
            "in.conllu, line 2: its ID is out of order",
        ),
        (row("1", "a\tb", "_"), "in.conllu, line 1: it has 11 columns, not 10"),
        (row("1", "", "_"), "in.conllu, line 1: its column FORM is empty"),
        (row("1-3", "ab", "_") + &row("1", "a", "_"), "in.conllu, line 1: its ID spans words"),
    ];
    for (file, told) in refused {
        program.write("in.conllu", &file);
        let ran = program.run(&["read", "--tokens", "in.conllu"]);
        assert_eq!((ran.code, ran.out.as_str()), (3, ""), "{told}");
        assert!(ran.err.starts_with(&format!("error: {told}")), "{}", ran.err);
    }
    std::fs::write(program.path("in.conllu"), b"# a\n1\t\xff\n").unwrap();
    let ran = program.run(&["read", "--tokens", "in.conllu"]);
    assert!(ran.err.starts_with("error: in.conllu, line 2: it is not UTF-8"), "{}", ran.err);
    let ran = program.run(&["read", "--tokens", "nowhere.conllu"]);
    assert!(ran.err.contains("nowhere.conllu: there is no such file"), "{}", ran.err);
    assert_eq!(program.run(&["read", "--tokens", "."]).code, 3);
}

#[test]
fn words_without_end_and_without_letters_come_back() {
    let program = Program::new();
    let long = "x".repeat(1_000_000);
    let forms = [long.as_str(), "\u{301}", "\u{200b}", "🏴‍☠️", "#", "_", "\u{0}", "<s>", "[SEP]"];
    let rows = forms.iter().enumerate();
    let file: String = rows.map(|(n, form)| row(&(n + 1).to_string(), form, "_")).collect();
    program.write("in.conllu", &file);
    let out = program.done(&["read", "--tokens", "in.conllu"]).out;
    let found = parse(&out).unwrap();
    let words: Vec<&str> = found[0].words().map(|row| row.form).collect();
    assert!(words == forms, "a form was changed");
    assert_tree(&found[0]);
    program.write("long.txt", &format!("{long} fled. {long}"));
    assert!(program.done(&["read", "long.txt"]).out.contains(&long));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn any_words_come_back(
        sentences in prop::collection::vec(
            prop::collection::vec(("[^\\s\\p{Cc}]{1,8}( [a-z]{1,4})?", any::<bool>()), 1..12), 1..6)
    ) {
        let mut file = String::new();
        for (number, sentence) in sentences.iter().enumerate() {
            file.extend(["# sent_id = ", &number.to_string(), "\n# odd  comment\n"]);
            for (index, (form, space)) in sentence.iter().enumerate() {
                let misc = if *space { "_" } else { "SpaceAfter=No|Gloss=x" };
                file.push_str(&row(&(index + 1).to_string(), form, misc));
            }
            file.push('\n');
        }
        let program = Program::new();
        program.write("in.conllu", &file);
        let out = program.done(&["read", "--tokens", "in.conllu"]).out;
        let (before, after) = (parse(&file).unwrap(), parse(&out).unwrap());
        prop_assert_eq!(before.len(), after.len());
        for (before, after) in before.iter().zip(&after) {
            prop_assert_eq!(&before.comments, &after.comments);
            let rows = |s: &ConlluSentence<'_>| s.rows.iter().map(given).collect::<Vec<_>>();
            prop_assert_eq!(rows(before), rows(after));
            assert_tree(after);
        }
    }
}

#[test]
fn a_sentence_is_drawn_with_a_row_a_word() {
    let program = Program::new();
    let out = program.done(&["read", "--pretty", "Two men fled\nnear Gao.  -Nobody died."]).out;
    assert!(out.starts_with("Two men fled near Gao.\n\n"), "{out}");
    for word in ["word", "class", "relation", "Two", "men", "fled", "Gao", "Nobody"] {
        assert!(out.split_whitespace().any(|found| found == word), "{word}: {out}");
    }
    assert!(out.contains("━╸  "), "{out}");
    assert!(out.trim_end().lines().last().unwrap().starts_with("read by en-fast-"), "{out}");
    assert!(!out.contains('\u{1b}') && out.lines().all(|line| line.trim_end() == line));
    let dashed = program.done(&["read", "--pretty", "- They fled."]).out;
    assert!(dashed.contains("They"), "{dashed}");
    for nothing in ["", "  \n\t"] {
        let ran = program.run(&["read", "--pretty", nothing]);
        assert_eq!((ran.code, ran.out.as_str()), (3, ""), "{}", ran.err);
        assert_eq!(ran.err, "error: the sentence: it holds no word\n");
    }
}

#[test]
fn a_reading_that_nobody_reads_to_its_end_is_no_error() {
    let program = Program::new();
    program.write_records("many.jsonl", 30);
    let given = row("1", "They", "_") + "\n";
    program.write("in.conllu", &given.repeat(3000));
    for args in [&["read", "many.jsonl"] as &[&str], &["read", "--tokens", "in.conllu"]] {
        let mut command = program.command(args);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{args:?}");
        assert!(!String::from_utf8(output.stderr).unwrap().contains("error"), "{args:?}");
    }
}
