//! From rows to bytes: opens a layout, feeds it row by row, closes it.

use std::io::{self, Write};

use averment_types::Change;

use crate::row::Row;
use crate::{
    ClaimRow, DecisionRow, ExportError, Layout, ReportRow, csv, geojson, json, jsonl, table,
};

/// A layout that has been opened.
pub(crate) enum Open {
    Table(Box<table::Grid>),
    Json(json::Array),
    Jsonl,
    Csv,
    Geojson(geojson::Collection),
}

/// A layout, how far it has come, and where it goes.
pub(crate) struct Export<'w> {
    layout: Layout,
    pub(crate) open: Open,
    pub(crate) out: &'w mut dyn Write,
}

impl<'w> Export<'w> {
    fn start<R: Row>(
        layout: Layout,
        out: &'w mut dyn Write,
        width: Option<u16>,
    ) -> Result<Self, ExportError> {
        Self::open(layout, out, || table::Grid::new::<R>(width), R::csv_header)
    }

    /// Opens `layout`, with the table or the line of names that its rows need.
    pub(crate) fn open<H: IntoIterator<Item: AsRef<str>>>(
        layout: Layout,
        out: &'w mut dyn Write,
        grid: impl FnOnce() -> table::Grid,
        header: impl FnOnce() -> H,
    ) -> Result<Self, ExportError> {
        let open = match layout {
            Layout::Table => Ok(Open::Table(Box::new(grid()))),
            Layout::Json => json::Array::start(out).map(Open::Json),
            Layout::Jsonl => Ok(Open::Jsonl),
            Layout::Csv => csv::line(out, header()).map(|()| Open::Csv),
            Layout::Geojson => geojson::Collection::start(out).map(Open::Geojson),
        };
        let open = open.map_err(|source| ExportError::Write { layout, source })?;
        Ok(Self { layout, open, out })
    }

    fn row<R: Row>(&mut self, row: &R) -> Result<(), ExportError> {
        let done = match &mut self.open {
            Open::Table(grid) => {
                grid.add(row);
                Ok(())
            }
            Open::Json(array) => array.add(self.out, &row.object()),
            Open::Jsonl => jsonl::line(self.out, &row.object()),
            Open::Csv => csv::line(self.out, row.csv_cells()),
            Open::Geojson(collection) => collection.add(self.out, &row.feature()),
        };
        self.checked(done)
    }

    pub(crate) fn finish(mut self) -> Result<(), ExportError> {
        let done = match &mut self.open {
            Open::Table(grid) => grid.write(self.out),
            Open::Json(array) => array.end(self.out),
            Open::Jsonl | Open::Csv => Ok(()),
            Open::Geojson(collection) => collection.end(self.out),
        };
        let done = done.and_then(|()| self.out.flush());
        self.checked(done)
    }

    pub(crate) fn checked(&self, done: io::Result<()>) -> Result<(), ExportError> {
        let layout = self.layout;
        done.map_err(|source| ExportError::Write { layout, source })
    }
}

/// Writes claims one by one. Without [`ClaimWriter::finish`] the output is cut short.
pub struct ClaimWriter<'w>(Export<'w>);

impl<'w> ClaimWriter<'w> {
    /// Opens `layout` on `out`; `width` is the table's width in columns, 100 when `None`.
    ///
    /// # Errors
    /// When `out` does not take the layout's beginning.
    pub fn new(
        layout: Layout,
        out: &'w mut dyn Write,
        width: Option<u16>,
    ) -> Result<Self, ExportError> {
        Export::start::<ClaimRow<'_>>(layout, out, width).map(Self)
    }

    /// Writes one claim.
    ///
    /// # Errors
    /// When the destination does not take it.
    pub fn write(&mut self, row: &ClaimRow<'_>) -> Result<(), ExportError> {
        self.0.row(row)
    }

    /// Writes the layout's end and flushes.
    ///
    /// # Errors
    /// When the destination does not take it.
    pub fn finish(self) -> Result<(), ExportError> {
        self.0.finish()
    }
}

/// Writes reports one by one. Without [`ReportWriter::finish`] the output is cut short.
pub struct ReportWriter<'w>(Export<'w>);

impl<'w> ReportWriter<'w> {
    /// Opens `layout` on `out`; `width` is the table's width in columns, 100 when `None`.
    ///
    /// # Errors
    /// When `out` does not take the layout's beginning.
    pub fn new(
        layout: Layout,
        out: &'w mut dyn Write,
        width: Option<u16>,
    ) -> Result<Self, ExportError> {
        Export::start::<ReportRow<'_>>(layout, out, width).map(Self)
    }

    /// Writes one report.
    ///
    /// # Errors
    /// When the destination does not take it.
    pub fn write(&mut self, row: &ReportRow<'_>) -> Result<(), ExportError> {
        self.0.row(row)
    }

    /// Writes the layout's end and flushes.
    ///
    /// # Errors
    /// When the destination does not take it.
    pub fn finish(self) -> Result<(), ExportError> {
        self.0.finish()
    }
}

/// Writes cells that differ one by one. Without [`ChangeWriter::finish`] the output is cut short.
pub struct ChangeWriter<'w>(Export<'w>);

impl<'w> ChangeWriter<'w> {
    /// Opens `layout` on `out`; `width` is the table's width in columns, 100 when `None`.
    ///
    /// # Errors
    /// When `out` does not take the layout's beginning.
    pub fn new(
        layout: Layout,
        out: &'w mut dyn Write,
        width: Option<u16>,
    ) -> Result<Self, ExportError> {
        Export::start::<&Change>(layout, out, width).map(Self)
    }

    /// Writes one cell.
    ///
    /// # Errors
    /// When the destination does not take it.
    pub fn write(&mut self, change: &Change) -> Result<(), ExportError> {
        self.0.row(&change)
    }

    /// Writes the layout's end and flushes.
    ///
    /// # Errors
    /// When the destination does not take it.
    pub fn finish(self) -> Result<(), ExportError> {
        self.0.finish()
    }
}

/// Writes decisions to `out` in `layout`; `width` is the table's width in columns, 100 when `None`.
///
/// # Errors
/// When `out` does not take the bytes.
pub fn decisions<'a>(
    layout: Layout,
    mut rows: impl Iterator<Item = DecisionRow<'a>>,
    out: &mut dyn Write,
    width: Option<u16>,
) -> Result<(), ExportError> {
    let mut export = Export::start::<DecisionRow<'_>>(layout, out, width)?;
    rows.try_for_each(|row| export.row(&row))?;
    export.finish()
}

/// Writes claims to `out` in `layout`; `width` is the table's width in columns, 100 when `None`.
///
/// # Errors
/// When `out` does not take the bytes.
pub fn claims<'a>(
    layout: Layout,
    mut rows: impl Iterator<Item = ClaimRow<'a>>,
    out: &mut dyn Write,
    width: Option<u16>,
) -> Result<(), ExportError> {
    let mut writer = ClaimWriter::new(layout, out, width)?;
    rows.try_for_each(|row| writer.write(&row))?;
    writer.finish()
}

/// Writes reports to `out` in `layout`; `width` is the table's width in columns, 100 when `None`.
///
/// # Errors
/// When `out` does not take the bytes.
pub fn reports<'a>(
    layout: Layout,
    mut rows: impl Iterator<Item = ReportRow<'a>>,
    out: &mut dyn Write,
    width: Option<u16>,
) -> Result<(), ExportError> {
    let mut writer = ReportWriter::new(layout, out, width)?;
    rows.try_for_each(|row| writer.write(&row))?;
    writer.finish()
}
