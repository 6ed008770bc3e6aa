//! A committee: the bundles that read together, mostly one.
//!
//! Each member reads the same window with its own pieces and its own graphs. What they say of a word is the
//! mean of their scores, each divided by the member's temperature, so that one that exaggerates does not
//! outvote the others. Two small models of different origin err at different words: together they are better than
//! one of their joint size.

use averment_types::TextRange;

use crate::bundle::{self, Files, Labels, Manifest, ReaderError, Temperature};
use crate::engine::Engine;
use crate::infer::{Failure, Graphs, Rows, Scores};
use crate::pieces::{Speller, Spelling};
use crate::telling::{Teller, Telling};
use crate::window::{Input, Part, pack};

/// Bundles that read together; the first one is their head, whose limits and labels hold.
pub(crate) struct Committee {
    head: Member,
    others: Vec<Member>,
    temperature: Temperature,
    version: std::sync::Arc<str>,
}

struct Member {
    manifest: Manifest,
    speller: Speller,
    graphs: Graphs,
    teller: Option<Teller>,
}

impl Member {
    fn load(files: &Files) -> Result<Self, ReaderError> {
        let manifest = files.manifest()?;
        let speller = Speller::load(files, manifest.pieces)?;
        let graphs = Graphs::load(files, &manifest.labels, speller.highest())?;
        let teller = files.teller.map(|teller| Teller::load(teller, &manifest.version));
        Ok(Self { teller: teller.transpose()?, manifest, speller, graphs })
    }
}

impl Member {
    /// Name, version and digest of the bundle, and of the graphs that go on from its states.
    fn version(&self) -> std::sync::Arc<str> {
        match &self.teller {
            Some(teller) => format!("{}/{}", self.manifest.version, teller.version()).into(),
            None => self.manifest.version.clone(),
        }
    }
}

/// What a committee says of the words of a window.
pub(crate) struct Heard {
    pub(crate) upos: Rows,
    pub(crate) feats: Rows,
    pub(crate) lemma: Rows,
    pub(crate) entity: Rows,
    /// How well each word (column) governs the row's word; on the diagonal, how well that is the root.
    pub(crate) arcs: Rows,
    each: Vec<Scores>,
}

impl Committee {
    /// The bundle of `files` and those that its manifest names.
    pub(crate) fn load(files: &Files) -> Result<Self, ReaderError> {
        let head = Member::load(files)?;
        let mut committee = Self {
            others: Vec::new(),
            temperature: Temperature::NONE,
            version: head.version(),
            head,
        };
        let Some(wanted) = committee.head.manifest.committee.clone() else { return Ok(committee) };
        let other = bundle::shipped(&wanted.with)
            .ok_or_else(|| files.wrong("manifest.toml", format!("no bundle {}", wanted.with)))?;
        let other = Member::load(other)?;
        if !other.manifest.labels.same_as(&committee.head.manifest.labels) {
            let problem = format!("labels: not those of {}", wanted.with);
            return Err(files.wrong("manifest.toml", problem));
        }
        committee.version = format!("{}/{}", committee.version, other.version()).into();
        committee.temperature = wanted.temperature;
        committee.others.push(other);
        Ok(committee)
    }

    /// Whether a member's vocabulary has `word`, in lower case, as one piece.
    pub(crate) fn knows(&self, word: &str) -> bool {
        self.members().any(|member| member.speller.knows(word))
    }

    /// Name, version and digest of each member.
    pub(crate) const fn version(&self) -> &std::sync::Arc<str> {
        &self.version
    }

    pub(crate) fn language(&self) -> &str {
        &self.head.manifest.language
    }

    pub(crate) const fn labels(&self) -> &Labels {
        &self.head.manifest.labels
    }

    /// What scores are divided by before they become probabilities.
    pub(crate) const fn temperature(&self) -> Temperature {
        self.temperature
    }

    /// The words at `ranges` of `text` in the pieces of each member.
    pub(crate) fn spell(&self, text: &str, ranges: &[TextRange]) -> Vec<Spelling> {
        self.members().map(|member| member.speller.spell(text, ranges)).collect()
    }

    /// Windows of whole sentences that fit each member.
    pub(crate) fn pack(
        &self,
        sentences: impl Iterator<Item = (usize, std::ops::Range<usize>)>,
        spellings: &[Spelling],
    ) -> Vec<Vec<Part>> {
        let size = |word: usize| spellings.iter().map(|s| s.of(word).len()).max().unwrap_or(0);
        pack(sentences, size, self.head.manifest.pieces.window)
    }

    /// What the members say of `window`; `words` holds the ranges of all tokens of the reading.
    pub(crate) fn hear(
        &self,
        window: &[Part],
        text: &str,
        words: &[TextRange],
        spellings: &[Spelling],
        engine: &Engine,
    ) -> Result<Heard, Failure> {
        let each = self.members().zip(spellings).map(|(member, spelling)| {
            let input = Input::of(window, text, words, spelling, member.manifest.pieces);
            member.graphs.window(&input, engine)
        });
        let mut each: Vec<Scores> = each.collect::<Result<_, _>>()?;
        Ok(Heard {
            upos: self.mean(&mut each, |t| t.upos, |s| &mut s.upos)?,
            feats: self.mean(&mut each, |_| 1.0, |s| &mut s.feats)?,
            lemma: self.mean(&mut each, |_| 1.0, |s| &mut s.lemma)?,
            entity: self.mean(&mut each, |t| t.entity, |s| &mut s.entity)?,
            arcs: self.mean(&mut each, |t| t.arcs, |s| &mut s.arcs)?,
            each,
        })
    }

    /// What the encoder of the member `name`, with version and digest, has of each word of `window`.
    pub(crate) fn states(
        &self,
        name: &str,
        window: &[Part],
        text: &str,
        words: &[TextRange],
        spellings: &[Spelling],
        engine: &Engine,
    ) -> Result<Rows, Failure> {
        let mut able = self.members().zip(spellings);
        let able = able.find(|(member, _)| member.manifest.version.as_ref() == name);
        let (member, spelling) = able.ok_or_else(|| format!("no member {name}"))?;
        let input = Input::of(window, text, words, spelling, member.manifest.pieces);
        Ok(member.graphs.window(&input, engine)?.states)
    }

    /// The scores of the relations of `arcs`, pairs of dependent and head counted within the window.
    pub(crate) fn relations(
        &self,
        heard: &Heard,
        arcs: &[(usize, usize)],
        engine: &Engine,
    ) -> Result<Rows, Failure> {
        let each = self.members().zip(&heard.each);
        let each = each.map(|(member, scores)| member.graphs.relations(scores, arcs, engine));
        let mut each: Vec<Rows> = each.collect::<Result<_, _>>()?;
        self.mean(&mut each, |t| t.relation, |rows| rows)
    }

    /// What the words of a window, whose ranges are `words`, tell by the first member that can say; `None` where
    /// none can.
    pub(crate) fn tell(
        &self,
        heard: &Heard,
        words: &[TextRange],
        engine: &Engine,
    ) -> Result<Option<Telling>, Failure> {
        let able = self.members().zip(&heard.each);
        let mut able = able.filter_map(|(member, scores)| Some((member.teller.as_ref()?, scores)));
        able.next().map(|(teller, scores)| teller.tell(&scores.states, words, engine)).transpose()
    }

    /// Whether a sentence with this lower-case word may tell of an event.
    pub(crate) fn is_cue(&self, word: &str) -> bool {
        self.members().filter_map(|member| member.teller.as_ref()).any(|t| t.is_cue(word))
    }

    /// Takes rows out of what each member said and gives their mean.
    fn mean<T>(
        &self,
        each: &mut [T],
        temperature: impl Fn(&Temperature) -> f32,
        rows: impl Fn(&mut T) -> &mut Rows,
    ) -> Result<Rows, Failure> {
        let temperatures = self.members().map(|member| temperature(&member.manifest.temperature));
        let taken = each.iter_mut().map(|one| std::mem::take(rows(one)));
        Rows::mean(temperatures.zip(taken).collect())
    }

    fn members(&self) -> impl Iterator<Item = &Member> {
        std::iter::once(&self.head).chain(&self.others)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundle::{EN_EXACT, EN_FAST};
    use crate::engine::Engines;

    /// The error of the exact bundle with `old` changed to `new` in its manifest.
    fn problem(old: &str, new: &str) -> String {
        assert!(EN_EXACT.manifest.contains(old), "{old}");
        let manifest = EN_EXACT.manifest.replacen(old, new, 1);
        let files = Files { manifest: manifest.leak(), ..EN_EXACT };
        Committee::load(&files).err().unwrap().to_string()
    }

    #[test]
    fn a_committee_names_all_its_members() {
        let committee = Committee::load(&EN_EXACT).unwrap();
        let (head, other) = committee.version().split_once('/').unwrap();
        assert!(head.starts_with("en-exact-") && other.starts_with("en-fast-"), "{head} {other}");
        assert_eq!(Committee::load(&EN_FAST).unwrap().version().as_ref(), other);
    }

    #[test]
    fn members_that_do_not_fit_are_refused() {
        let at = "manifest.toml of reader en-exact: ";
        assert_eq!(
            problem("with = \"en-fast\"", "with = \"fr-fast\""),
            format!("{at}no bundle fr-fast")
        );
        // Two classes change places: as many columns, another meaning.
        assert_eq!(
            problem("\"ADJ\", \"ADP\"", "\"ADP\", \"ADJ\""),
            format!("{at}labels: not those of en-fast")
        );
        let cold = problem("temperature = { upos = ", "temperature = { upos = 1000");
        let said = format!("{at}committee.temperature.upos: ");
        assert!(cold.starts_with(&said) && cold.ends_with(" is not from 0.01 to 100"), "{cold}");
    }

    #[test]
    fn members_read_the_same_words() {
        let committee = Committee::load(&EN_EXACT).unwrap();
        let text = "Boko Haram fled.";
        let words: Vec<TextRange> = [(0, 4), (5, 10), (11, 15), (15, 16)]
            .iter()
            .map(|(a, b)| TextRange::new(*a, *b).unwrap())
            .collect();
        let spellings = committee.spell(text, &words);
        assert_eq!(spellings.len(), 2);
        let windows = committee.pack(std::iter::once((0, 0..4)), &spellings);
        Engines::default().with(|engine| {
            let heard = committee.hear(&windows[0], text, &words, &spellings, engine).unwrap();
            assert_eq!(heard.arcs.block(0..4, 0..4).len(), 16);
            let relations = committee.relations(&heard, &[(0, 2)], engine).unwrap();
            assert_eq!(relations.row(0).len(), committee.labels().relation.len());
            assert!(committee.relations(&heard, &[], engine).unwrap().row(0).is_empty());
        });
    }
}
