//! The command line of `averment read`.

use std::path::PathBuf;

use clap::{ArgGroup, ValueEnum};

use super::reader::ReaderChoice;

pub(super) const HELP: &str = "\
Prints what the reader sees: sentences, words with class, morphology and lemma, the tree that they
make, and named entities, all by the names of Universal Dependencies. A PATH is what `averment code`
takes: a file, a folder, a pattern in quotes, or - for standard input; read are headlines, body,
quotations and captions.

conllu  One block a sentence: # newdoc id, # newpar and # zone, # sent_id, # text, a row a word.
        MISC holds SpaceAfter=No; TokenRange=START:END, in UTF-8 bytes of the report's text (which
        `averment code --format jsonl` prints), END being the byte behind; NER=B-Person and
        NERProb=0.987 at an entity's first word, NER=I-Person at the others. XPOS and DEPS are _.
        No word holds white space.
jsonl   One line a report, with its text; `averment schema reading` describes it.

--tokens takes the words and sentences of a CoNLL-U file (- is standard input) as they are.
Comments, IDs, words, multiword tokens and empty nodes come back unchanged; LEMMA, UPOS, FEATS,
HEAD and DEPREL are the reader's, XPOS and DEPS _, NER and NERProb are added to MISC. So it can be
scored.

--pretty draws the tree of a sentence. \"in a rule\" is the word's function as the slots of a
codebook rule name it: the subject of a passive is obj, the phrase behind its \"by\" is nsubj. An
arrow up marks what the head is to the word: in \"gunmen attacking\", gunmen are the head of
attacking. light:nsubj and light:obj hang on the coder's word lists and are not drawn.

Examples:
  averment read --pretty 'Two men were killed by gunmen near Gao.'
  averment read reports/ > reports.conllu
  zcat wire.jsonl.gz | averment read - --format jsonl
  averment read --tokens gold.conllu > found.conllu && conll18_ud_eval.py gold.conllu found.conllu

Exit codes:
  0  all inputs were read
  1  some inputs were refused, the others were read
  2  the command line was not understood
  3  every input was refused
  4  the program's data or the output failed";

/// `averment read`.
#[derive(Debug, clap::Args)]
#[command(group = ArgGroup::new("what").required(true).args(["paths", "tokens", "pretty"]))]
pub(crate) struct ReadArgs {
    /// What to read
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<String>,
    /// Read the given words of a CoNLL-U file
    #[arg(long, value_name = "FILE")]
    pub(crate) tokens: Option<PathBuf>,
    /// Draw the tree of a sentence
    #[arg(long, value_name = "SENTENCE", conflicts_with = "format", allow_hyphen_values = true)]
    pub(crate) pretty: Option<String>,
    /// How to write it [default: conllu]
    #[arg(long, value_enum)]
    pub(crate) format: Option<ReadFormat>,
    /// Which reader reads
    #[arg(long, value_enum, default_value_t = ReaderChoice::Fast)]
    pub(crate) reader: ReaderChoice,
}

/// How a reading is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum ReadFormat {
    /// The file form of Universal Dependencies
    #[default]
    Conllu,
    /// One JSON object a report and line
    Jsonl,
}
