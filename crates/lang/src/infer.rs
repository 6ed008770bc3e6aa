//! Inference: a bundle's two graphs, run by `rten`.
//!
//! One call reads one window, on one thread. What the graphs give is checked against the manifest
//! once, at load, and after each run, so that nothing behind this module meets a row of another size.

use rten::{Model, ModelOptions, NodeId, Value};
use std::error::Error;

use crate::bundle::{Files, Labels, ReaderError};
use crate::engine::{Engine, Engines};
use crate::window::Input;

pub(crate) type Failure = Box<dyn Error + Send + Sync>;

/// Scores, a row a word (for relations: an arc).
#[derive(Debug, Default)]
pub(crate) struct Rows {
    width: usize,
    scores: Vec<f32>,
}

impl Rows {
    pub(crate) fn row(&self, index: usize) -> &[f32] {
        let start = index * self.width;
        self.scores.get(start..start + self.width).unwrap_or_default()
    }

    /// How many scores a row has.
    pub(crate) const fn width(&self) -> usize {
        self.width
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.scores.len().checked_div(self.width).unwrap_or_default()
    }

    /// Rows of `width` scores each.
    #[cfg(test)]
    pub(crate) const fn of(width: usize, scores: Vec<f32>) -> Self {
        Self { width, scores }
    }

    /// The mean of rows of one shape, each divided by the number beside it.
    pub(crate) fn mean(each: Vec<(f32, Self)>) -> Result<Self, Failure> {
        let share = 1.0 / f32::from(u8::try_from(each.len())?);
        let mut each = each.into_iter();
        let Some((temperature, mut mean)) = each.next() else { return Ok(Self::default()) };
        mean.scores.iter_mut().for_each(|score| *score *= share / temperature);
        for (temperature, rows) in each {
            if (mean.width, mean.scores.len()) != (rows.width, rows.scores.len()) {
                return Err("the readers of a committee give rows of different shapes".into());
            }
            let factor = share / temperature;
            for (sum, score) in mean.scores.iter_mut().zip(&rows.scores) {
                *sum += score * factor;
            }
        }
        Ok(mean)
    }

    /// The columns `columns` of the rows `rows`, row by row.
    pub(crate) fn block(
        &self,
        rows: std::ops::Range<usize>,
        columns: std::ops::Range<usize>,
    ) -> Vec<f32> {
        rows.flat_map(|row| self.row(row).get(columns.clone()).unwrap_or_default())
            .copied()
            .collect()
    }
}

/// What the graph says of the words of a window.
#[derive(Debug)]
pub(crate) struct Scores {
    pub(crate) upos: Rows,
    pub(crate) feats: Rows,
    pub(crate) lemma: Rows,
    pub(crate) entity: Rows,
    /// How well each word (column) governs the row's word; on the diagonal, how well that is the root.
    pub(crate) arcs: Rows,
    dependent: Rows,
    head: Rows,
    /// What the encoder has of each word, for graphs that go on from there.
    pub(crate) states: Rows,
}

/// The graphs of a bundle.
pub(crate) struct Graphs {
    reader: Model,
    inputs: [NodeId; 3],
    outputs: [NodeId; 8],
    /// Width of each output but `arcs`, which is as wide as the window has words.
    widths: [usize; 4],
    relations: Model,
    pair: [NodeId; 2],
    relation: NodeId,
    relation_width: usize,
}

impl Graphs {
    pub(crate) fn load(files: &Files, labels: &Labels, highest: u32) -> Result<Self, ReaderError> {
        const READER: &str = "reader.onnx";
        const RELATIONS: &str = "relations.onnx";
        let reader = model(files.reader).map_err(|e| files.unreadable(READER, e))?;
        let relations = model(files.relations).map_err(|e| files.unreadable(RELATIONS, e))?;
        let graphs = Self {
            inputs: nodes(&reader, ["ids", "cases", "first"])
                .map_err(|e| files.unreadable(READER, e))?,
            outputs: nodes(
                &reader,
                ["upos", "feats", "lemma", "entity", "arcs", "dependent", "head", "states"],
            )
            .map_err(|e| files.unreadable(READER, e))?,
            widths: [
                labels.upos.len(),
                labels.feats.len(),
                labels.lemma.len(),
                labels.entity.len(),
            ],
            reader,
            pair: nodes(&relations, ["dependent", "head"])
                .map_err(|e| files.unreadable(RELATIONS, e))?,
            relation: nodes::<1>(&relations, ["relation"])
                .map_err(|e| files.unreadable(RELATIONS, e))?[0],
            relation_width: labels.relation.len(),
            relations,
        };
        graphs.try_out(files, highest)?;
        Ok(graphs)
    }

    /// Reads a window of two words, so that what does not fit together is found at load.
    fn try_out(&self, files: &Files, highest: u32) -> Result<(), ReaderError> {
        let highest = i32::try_from(highest).unwrap_or(i32::MAX);
        let input =
            Input { ids: vec![0, highest, 0, 0], cases: vec![6, 13, 0, 6], first: vec![1, 2] };
        let engines = Engines::default();
        engines.with(|engine| {
            let scores =
                self.window(&input, engine).map_err(|e| files.unreadable("reader.onnx", e))?;
            self.relations(&scores, &[(0, 1)], engine)
                .map_err(|e| files.unreadable("relations.onnx", e))
        })?;
        Ok(())
    }

    /// The scores of the words of a window.
    pub(crate) fn window(&self, input: &Input, engine: &Engine) -> Result<Scores, Failure> {
        let (pieces, words) = (input.ids.len(), input.first.len());
        let [ids, cases, first] = self.inputs;
        let given = vec![
            (ids, Value::from_shape(&[1, pieces], input.ids.clone())?.into()),
            (cases, Value::from_shape(&[1, pieces], input.cases.clone())?.into()),
            (first, Value::from_shape(&[words], input.first.clone())?.into()),
        ];
        let values = self.reader.run_n(given, self.outputs, Some(engine.options()))?;
        let [upos, feats, lemma, entity, arcs, dependent, head, states] = values;
        let [upos_width, feats_width, lemma_width, entity_width] = self.widths;
        let scores = Scores {
            upos: rows(upos, words, Some(upos_width))?,
            feats: rows(feats, words, Some(feats_width))?,
            lemma: rows(lemma, words, Some(lemma_width))?,
            entity: rows(entity, words, Some(entity_width))?,
            arcs: rows(arcs, words, Some(words))?,
            dependent: rows(dependent, words, None)?,
            head: rows(head, words, None)?,
            states: rows(states, words, None)?,
        };
        Ok(scores)
    }

    /// The scores of the relations of `arcs`, pairs of dependent and head counted within the window.
    pub(crate) fn relations(
        &self,
        scores: &Scores,
        arcs: &[(usize, usize)],
        engine: &Engine,
    ) -> Result<Rows, Failure> {
        if arcs.is_empty() {
            return Ok(Rows::default());
        }
        let dependents: Vec<f32> =
            arcs.iter().flat_map(|arc| scores.dependent.row(arc.0)).copied().collect();
        let heads: Vec<f32> = arcs.iter().flat_map(|arc| scores.head.row(arc.1)).copied().collect();
        let [dependent, head] = self.pair;
        let given = vec![
            (
                dependent,
                Value::from_shape(&[arcs.len(), scores.dependent.width], dependents)?.into(),
            ),
            (head, Value::from_shape(&[arcs.len(), scores.head.width], heads)?.into()),
        ];
        let [relation] = self.relations.run_n(given, [self.relation], Some(engine.options()))?;
        let ([found, columns], scores) = relation.into_shape_vec::<f32, 2>()?;
        checked([1, found, columns], scores, arcs.len(), Some(self.relation_width))
    }
}

pub(crate) fn model(bytes: &'static [u8]) -> Result<Model, rten::LoadError> {
    ModelOptions::with_all_ops().prepack_weights(true).load_static_slice(bytes)
}

pub(crate) fn nodes<const N: usize>(
    model: &Model,
    names: [&str; N],
) -> Result<[NodeId; N], Failure> {
    let found: Result<Vec<NodeId>, _> = names.iter().map(|name| model.node_id(name)).collect();
    found?.try_into().map_err(|_| "not all of its nodes".into())
}

/// The rows of `value`, `[1, count, width]`, checked.
pub(crate) fn rows(value: Value, count: usize, width: Option<usize>) -> Result<Rows, Failure> {
    let (shape, scores) = value.into_shape_vec::<f32, 3>()?;
    checked(shape, scores, count, width)
}

fn checked(
    [batch, found, columns]: [usize; 3],
    scores: Vec<f32>,
    count: usize,
    width: Option<usize>,
) -> Result<Rows, Failure> {
    if batch != 1 || found != count || columns == 0 || width.is_some_and(|width| width != columns) {
        let width = width.map_or_else(String::new, |width| format!(" of {width}"));
        return Err(format!(
            "an output has shape [{batch}, {found}, {columns}], not {count} rows{width}"
        )
        .into());
    }
    Ok(Rows { width: columns, scores })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundle::EN_FAST;

    fn error(files: &Files, highest: u32) -> String {
        let labels = EN_FAST.manifest().unwrap().labels;
        let error = Graphs::load(files, &labels, highest).err().unwrap();
        let source = error.source().map(|s| format!(": {s}")).unwrap_or_default();
        format!("{error}{source}")
    }

    #[test]
    fn graphs_that_do_not_fit_are_refused_at_load() {
        let cut = Files { reader: &EN_FAST.reader[..1000], ..EN_FAST };
        assert!(error(&cut, 1).starts_with("failed to read reader.onnx of reader en-fast: "));
        let swapped = Files { relations: EN_FAST.reader, ..EN_FAST };
        let said = error(&swapped, 1);
        assert!(
            said.starts_with("failed to read relations.onnx of reader en-fast: ")
                && said.contains("relation"),
            "{said}"
        );
        let said = error(&EN_FAST, 1_000_000);
        assert!(
            said.starts_with("failed to read reader.onnx of reader en-fast: "),
            "an id behind the table's end: {said}"
        );
    }

    #[test]
    fn rows_of_another_size_than_the_manifest_says_are_refused() {
        let mut labels = EN_FAST.manifest().unwrap().labels;
        labels.upos.pop();
        let error = Graphs::load(&EN_FAST, &labels, 1).err().unwrap();
        let source = error.source().unwrap().to_string();
        assert_eq!(source, "an output has shape [1, 2, 17], not 2 rows of 16");
    }
}
