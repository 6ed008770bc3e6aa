//! Rows of derived views (incidents, disputes, sources …) in every layout: the columns are named by whoever writes them,
//! the JSON is the view's own.

use std::io::Write;

use averment_types::Geometry;
use serde::Serialize;
use serde_json::{Value, json};

use crate::writer::{Export, Open};
use crate::{ExportError, Layout, csv, jsonl, table};

/// A column of a view: its name, and of the table the least and the most width, in characters of a table of 100; 0 and 0
/// for a column that the table leaves out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ViewColumn {
    /// The name.
    pub name: &'static str,
    /// The least width in the table.
    pub least: u16,
    /// The most.
    pub most: u16,
}

/// A row of a view.
#[derive(Debug, Clone, PartialEq)]
pub struct ViewRow {
    /// Its id.
    pub id: String,
    /// All of it.
    pub object: Value,
    /// Its cells, one a column.
    pub cells: Vec<String>,
    /// Longitude and latitude of a point that stands for its place; `None` when a point would mislead.
    pub point: Option<[f64; 2]>,
}

/// Writes rows of a view one by one. Without [`ViewWriter::finish`] the output is cut short.
pub struct ViewWriter<'w> {
    export: Export<'w>,
    columns: &'static [ViewColumn],
}

impl<'w> ViewWriter<'w> {
    /// Opens `layout` on `out`; `width` is the table's width in columns, 100 when `None`.
    ///
    /// # Errors
    /// When `out` does not take the layout's beginning.
    pub fn new(
        layout: Layout,
        columns: &'static [ViewColumn],
        out: &'w mut dyn Write,
        width: Option<u16>,
    ) -> Result<Self, ExportError> {
        let shown = columns.iter().filter(|c| c.most > 0);
        let header: Vec<(&'static str, u16, u16)> =
            shown.map(|c| (c.name, c.least, c.most)).collect();
        let names = || columns.iter().map(|c| c.name);
        let export = Export::open(layout, out, || table::Grid::with(&header, width), names)?;
        Ok(Self { export, columns })
    }

    /// Writes one row.
    ///
    /// # Errors
    /// When the destination does not take it.
    pub fn write(&mut self, row: &ViewRow) -> Result<(), ExportError> {
        let out = &mut *self.export.out;
        let done = match &mut self.export.open {
            Open::Table(grid) => {
                let shown = self.columns.iter().zip(&row.cells).filter(|(c, _)| c.most > 0);
                grid.add_cells(&shown.map(|(_, cell)| cell.clone()).collect::<Vec<String>>());
                Ok(())
            }
            Open::Json(array) => array.add(out, &row.object),
            Open::Jsonl => jsonl::line(out, &row.object),
            Open::Csv => csv::line(out, &row.cells),
            Open::Geojson(collection) => collection.add(out, &feature(row)),
        };
        self.export.checked(done)
    }

    /// Writes the layout's end and flushes.
    ///
    /// # Errors
    /// When the destination does not take it.
    pub fn finish(self) -> Result<(), ExportError> {
        self.export.finish()
    }
}

fn feature(row: &ViewRow) -> impl Serialize + use<> {
    let geometry = row.point.map(Geometry::Point);
    json!({ "type": "Feature", "id": row.id, "geometry": geometry, "properties": row.object })
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: &[ViewColumn] = &[
        ViewColumn { name: "id", least: 4, most: 8 },
        ViewColumn { name: "long", least: 0, most: 0 },
    ];

    fn written(layout: Layout) -> String {
        let mut out = Vec::new();
        let mut writer = ViewWriter::new(layout, COLUMNS, &mut out, None).unwrap();
        let row = ViewRow {
            id: "i1".into(),
            object: json!({"id": "i1", "n": 2}),
            cells: vec!["i1".into(), "=1+1".into()],
            point: Some([1.0, 2.0]),
        };
        writer.write(&row).unwrap();
        writer.finish().unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_row_is_written_in_every_layout() {
        assert!(written(Layout::Table).contains("i1") && !written(Layout::Table).contains("long"));
        assert_eq!(written(Layout::Csv), "id,long\ni1,'=1+1\n");
        assert_eq!(written(Layout::Jsonl).trim(), r#"{"id":"i1","n":2}"#);
        assert!(written(Layout::Geojson).contains(r#""coordinates":[1.0,2.0]"#));
    }
}
