//! The reader's scorer over whole corpora: gold scored against itself is flawless, roughened or not.

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;

    use averment_eval::reader::corpus::{articles, trees};
    use averment_eval::reader::gold::{Marked, lay_out};
    use averment_eval::reader::perturb::Roughness;
    use averment_eval::reader::raw::RawTrees;
    use averment_eval::reader::score::{EntityScore, TreeScore};
    use averment_lang::conllu;

    fn corpora() -> Option<PathBuf> {
        let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpora"));
        let there = folder.join("ud-ewt").is_dir() && folder.join("en-worldwide-newswire").is_dir();
        if !there {
            println!("skipped, corpus not found");
        }
        there.then_some(folder)
    }

    /// Every word of the layout is the word, and every head and entity lies in its sentence.
    fn holds_together(document: &[Marked]) {
        let layout = lay_out(document);
        for (sentence, ranges) in document.iter().zip(&layout.sentences) {
            assert_eq!(sentence.words.len(), ranges.len());
            for (word, range) in sentence.words.iter().zip(ranges) {
                assert_eq!(range.slice(&layout.text), Some(word.form.as_str()));
                let head = word.node.as_ref().and_then(|node| node.head);
                assert!(head.is_none_or(|head| head < ranges.len()), "{sentence:?}");
            }
            let inside = |end: usize| end <= ranges.len();
            assert!(sentence.entities.iter().all(|s| s.first < s.end && inside(s.end)));
        }
    }

    #[test]
    fn treebanks_are_flawless_against_themselves() {
        let Some(folder) = corpora() else { return };
        for (file, words) in [("ud-ewt/test", 25_094), ("gum/test", 28_397), ("gum/test2", 17_799)]
        {
            let path = folder.join(file).with_extension("conllu");
            let file_text = fs::read_to_string(path).unwrap();
            let sentences = conllu::parse(&file_text).unwrap();
            let (mut given, mut raw) = (TreeScore::default(), RawTrees::default());
            for tree in trees(&sentences).unwrap() {
                tree.sentences.iter().for_each(|sentence| given.add(sentence, sentence));
                raw.add(&tree.placed(), &tree.placed());
                holds_together(&tree.sentences);
                for roughness in Roughness::ALL {
                    holds_together(&roughness.over(&tree.sentences));
                }
            }
            let flawless = TreeScore {
                words,
                upos: words,
                feats: words,
                lemma: words,
                head: words,
                labelled: words,
                universal: words,
            };
            assert_eq!(given, flawless, "{file}");
            assert_eq!((raw.labelled.shared, raw.labelled.gold), (words, words), "{file}");
        }
    }

    #[test]
    fn newswire_is_flawless_against_itself() {
        let Some(folder) = corpora() else { return };
        let mut given = EntityScore::default();
        let (mut placed, mut unplaced) = (0, 0);
        for article in articles(&folder.join("en-worldwide-newswire"), "dev").unwrap() {
            article.sentences.iter().for_each(|sentence| given.add(sentence, sentence));
            (placed, unplaced) =
                (placed + article.entities.len(), unplaced + article.unplaced.len());
            for roughness in Roughness::ALL {
                let rough = roughness.over(&article.sentences);
                holds_together(&rough);
                let left: usize = rough.iter().map(|s| s.entities.len()).sum();
                assert_eq!(left, article.entities.len() + article.unplaced.len());
            }
        }
        let total = given.total();
        assert_eq!((total.shared, total.found, total.gold), (4207, 4207, 4207));
        assert_eq!((placed + unplaced, given.kinds.len()), (4207, 9));
        assert!(unplaced < 20, "{unplaced} entities have no place in the raw text");
    }
}
