//! Sentences and tokens against treebanks and tagged news: prints all figures, asserts a floor.

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;

    use averment_eval::newswire;
    use averment_eval::segmentation::{self, Counts};
    use averment_lang::conllu;

    fn corpora() -> Option<PathBuf> {
        let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpora"));
        let there = folder.join("ud-ewt").is_dir() && folder.join("en-worldwide-newswire").is_dir();
        if !there {
            println!("skipped, corpus not found");
        }
        there.then_some(folder)
    }

    fn line(set: &str, what: &str, counts: Counts) {
        let (p, r, f) = (counts.precision(), counts.recall(), counts.f1());
        println!("{set:<22} {what:<18} P {p:.4}  R {r:.4}  F1 {f:.4}  ({} gold)", counts.gold);
    }

    #[test]
    fn treebanks() {
        let Some(folder) = corpora() else { return };
        // F1 of tokens and of sentences that must not be lost.
        let floors = [
            ("ud-ewt/train", 0.995, 0.868),
            ("ud-ewt/dev", 0.992, 0.86),
            ("ud-ewt/test", 0.991, 0.845),
            ("gum/train", 0.996, 0.964),
            ("gum/dev", 0.997, 0.952),
            ("gum/test", 0.995, 0.955),
            ("gum/test2", 0.968, 0.825),
        ];
        for (set, tokens, sentences) in floors {
            let file = fs::read_to_string(folder.join(format!("{set}.conllu"))).unwrap();
            let gold = conllu::parse(&file).unwrap();
            let scores = segmentation::treebank(&gold).unwrap();
            line(set, "tokens", scores.tokens);
            line(set, "sentences", scores.sentences);
            assert!(scores.tokens.f1() > tokens && scores.sentences.f1() > sentences, "{set}");
        }
    }

    #[test]
    fn news() {
        let Some(folder) = corpora() else { return };
        // F1 of tokens, recall of blocks' ends, F1 of sentences where these were judged by hand.
        let floors =
            [("train", 0.979, 0.998, 0.997, None), ("dev", 0.976, 0.997, 0.993, Some(0.981))];
        for (part, strict, agreed, ends, sentences) in floors {
            let articles = newswire::read(&folder.join("en-worldwide-newswire"), part).unwrap();
            let scores = segmentation::newswire(&articles);
            line(part, "tokens, strict", scores.strict);
            line(part, "tokens, agreed", scores.agreed);
            println!("{part:<22} ends of blocks     R {:.4}", scores.block_ends.recall());
            assert!(scores.strict.f1() > strict && scores.agreed.f1() > agreed, "{part}");
            assert!(scores.block_ends.recall() > ends, "{part}");
            if let Some(sentences) = sentences {
                line(part, "sentences, judged", scores.sentences);
                assert!(scores.sentences.f1() > sentences, "{part}");
            }
        }
    }
}
