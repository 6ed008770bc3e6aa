//! What must hold of every reading of the shipped reader, whatever the text and however good the weights.

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::thread;

    use averment_lang::{Dep, Reader, ReaderKind, Reading, Relation};
    use averment_types::TextRange;
    use proptest::prelude::*;

    fn reader() -> Arc<Reader> {
        Reader::shipped(ReaderKind::Fast).unwrap()
    }

    /// The invariants; a sentence is one tree, an entity is some of its tokens.
    fn check(reading: &Reading, text: &str) {
        assert_eq!(reading.unread(), 0);
        let mut before = 0;
        for (index, sentence) in reading.sentences().iter().enumerate() {
            assert!(sentence.range.start() >= before);
            before = sentence.range.end();
            let tokens = reading.sentence_tokens(index);
            for token in tokens {
                assert!(sentence.range.contains(token.range) && token.range.slice(text).is_some());
                assert!((0.0..=1.0).contains(&token.pos_probability), "{}", token.pos_probability);
                assert!((0.0..=1.0).contains(&token.arc_probability), "{}", token.arc_probability);
                assert!(!reading.lemma(token).is_empty() && !reading.feats(token).is_empty());
                assert_eq!(token.head.is_none(), token.relation == Relation::ROOT);
            }
            check_tree(&tokens.iter().map(|token| token.head).collect::<Vec<_>>());
        }
        let mut end = (0, 0);
        for entity in reading.entities() {
            let tokens = reading.sentence_tokens(entity.sentence);
            assert!((entity.sentence, entity.first) >= end && entity.first < entity.end);
            end = (entity.sentence, entity.end);
            let (first, last) = (&tokens[entity.first], &tokens[entity.end - 1]);
            assert_eq!(entity.range, first.range.cover(last.range));
            assert!((0.0..=1.0).contains(&entity.probability), "{}", entity.probability);
        }
    }

    fn check_tree(heads: &[Option<usize>]) {
        let roots = heads.iter().filter(|head| head.is_none()).count();
        assert_eq!(roots, usize::from(!heads.is_empty()));
        let mut leads_up = vec![false; heads.len()];
        for start in 0..heads.len() {
            let mut path = vec![start];
            while let Some(head) = heads[path[path.len() - 1]].filter(|head| !leads_up[*head]) {
                assert!(path.len() <= heads.len(), "a cycle");
                path.push(head);
            }
            for word in &path {
                leads_up[*word] = true;
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn any_text_is_read(text in "\\PC{0,120}|[A-Za-z .,'’\"\n-]{0,300}|(Two men|fled|Mr\\. X|Mopti|[.\n\0\u{200b}🙂é] ?){0,60}") {
            check(&reader().read_text(&text), &text);
        }

        #[test]
        fn any_cut_into_tokens_is_read(text in "[a-zé .]{1,60}", cuts in prop::collection::vec((0_usize..80, 0_usize..80), 0..30)) {
            let range = |(a, b): (usize, usize)| TextRange::new(a.min(b), a.max(b)).unwrap();
            let sentences: Vec<Vec<TextRange>> =
                cuts.chunks(4).map(|chunk| chunk.iter().copied().map(range).collect()).collect();
            let reading = reader().read_tokens(&text, &sentences);
            prop_assert_eq!(reading.sentences().len(), sentences.len());
            for (index, sentence) in sentences.iter().enumerate() {
                let tokens = reading.sentence_tokens(index);
                let ranges: Vec<TextRange> = tokens.iter().map(|t| t.range).collect();
                prop_assert_eq!(&ranges, sentence);
                check_tree(&tokens.iter().map(|token| token.head).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn hostile_texts_are_read() {
        let texts = [
            String::new(),
            "\0".repeat(1000),
            "🙂".repeat(3_000),
            "x".repeat(1_000_000),
            "a-".repeat(3_000),
            "word ".repeat(4_000),
            "(".repeat(3_000),
            "\u{301}".repeat(2_000),
            "[CLS] [SEP] [MASK] [UNK] ##s\n\n".repeat(50),
            "\u{202e}\u{feff}\u{200d}".repeat(1_000),
        ];
        for text in &texts {
            check(&reader().read_text(text), text);
        }
    }

    #[test]
    fn the_parts_of_an_endless_sentence_hang_on_its_first_root() {
        let text = "village ".repeat(1000);
        let words: Vec<TextRange> =
            (0..1000).map(|at| TextRange::new(at * 8, at * 8 + 7).unwrap()).collect();
        let reading = reader().read_tokens(&text, &[words]);
        check(&reading, &text);
        let tokens = reading.sentence_tokens(0);
        let root = tokens.iter().position(|token| token.head.is_none()).unwrap();
        assert!(root < 384);
        for part in [384..768, 768..1000] {
            let on_root = tokens[part.clone()].iter().filter(|token| {
                token.head == Some(root) && token.relation == Relation::plain(Dep::Parataxis)
            });
            assert_eq!(on_root.count(), 1);
            assert!(
                tokens[part.clone()]
                    .iter()
                    .all(|t| t.head == Some(root) || part.contains(&t.head.unwrap()))
            );
        }
    }

    #[test]
    fn threads_and_other_texts_do_not_show() {
        let texts: Vec<String> = (0..12)
            .map(|n| {
                format!(
                "Gunmen killed {n} people in Mopti. The army said it arrested {n} men on Monday. "
            )
            .repeat(n + 1)
            })
            .collect();
        let alone: Vec<Reading> = texts.iter().map(|text| reader().read_text(text)).collect();
        thread::scope(|scope| {
            for worker in 0..4 {
                let (texts, alone) = (&texts, &alone);
                scope.spawn(move || {
                    for step in 0..texts.len() {
                        let at = (step * 5 + worker * 3) % texts.len();
                        assert_eq!(reader().read_text(&texts[at]), alone[at]);
                    }
                });
            }
        });
    }

    #[test]
    fn readers_name_themselves() {
        for (kind, name) in [(ReaderKind::Fast, "en-fast-"), (ReaderKind::Exact, "en-exact-")] {
            let reader = Reader::shipped(kind).unwrap();
            assert!(reader.version().starts_with(name), "{}", reader.version());
            assert_eq!(reader.language(), "en");
        }
    }
}
