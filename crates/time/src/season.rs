//! Seasons: "the summer of 2014", "that winter", "last year's dry season".
//!
//! Owns their names and what they need beside them, for most are words of their own; refuses months.

use crate::expr::{Expr, Hit, YearRef};
use crate::lexicon::{self, Part, Season};
use crate::month;
use crate::pieces::{self, Piece};
use crate::token::Tokens;

/// A season that its neighbours name as one: "summer 2014", "in spring", "last winter", "that autumn".
pub(crate) fn at(t: &Tokens<'_>, i: usize, part: Option<Part>) -> Option<Hit> {
    let (shift, length) = month::which(t, i);
    let (season, end) = name(t, i + length)?;
    let bare_in = t.lower(i + length) == "fall" && t.lower(end) == "in" && part.is_none();
    let year = year_after(t, end, season);
    if bare_in && year.value != YearRef::Missing {
        return None;
    }
    let value = match (year.value, shift) {
        (YearRef::Missing, Some(shift)) => shift,
        (value, _) => value,
    };
    let doubtful = t.lower(i + length) == "fall" || t.lower(i + length) == "spring";
    let plain_fall = t.lower(i) == "fall" && year.value == YearRef::Missing && !is_free(t, end);
    let licensed = value != YearRef::Missing
        || part.is_some()
        || matches!(t.before(i, 1), "in" | "since" | "during" | "by" | "until");
    let of = year.value == YearRef::Missing && t.lower(end) == "of";
    let noun = shift.is_some() && year.value == YearRef::Missing && doubtful && !is_free(t, end);
    let expr = Expr::Season { year: value, season, part };
    let end = if year.value == YearRef::Missing { end } else { year.end };
    (licensed && !plain_fall && !of && !noun).then(|| Hit::date(i, end, expr))
}

/// Behind "the": "the summer of 2014", "the winter" where nothing follows that it describes.
pub(crate) fn the(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let (season, end) = name(t, i)?;
    let year = year_after(t, end, season);
    if year.value != YearRef::Missing {
        let expr = Expr::Season { year: year.value, season, part: None };
        return Some(Hit::date(i, year.end, expr));
    }
    let before = t.before(i, 2);
    let placed = matches!(
        before,
        "in" | "during" | "since" | "by" | "until" | "over" | "through" | "throughout" | "for"
    );
    let clear = matches!(t.lower(i), "summer" | "winter" | "autumn") && is_free(t, end);
    let open = t.lower(i) == "fall" || t.lower(end) == "of" || t.is_capital(i);
    let expr = Expr::Season { year: YearRef::Missing, season, part: None };
    ((placed || clear) && !open).then(|| Hit::date(i, end, expr))
}

/// The season named at `i` and where its name ends.
fn name(t: &Tokens<'_>, i: usize) -> Option<(Season, usize)> {
    if let Some(season) = lexicon::season(t.lower(i)) {
        let months = usize::from(matches!(t.lower(i + 1), "months" | "season"));
        return Some((season, i + 1 + months));
    }
    let local =
        matches!(t.lower(i), "dry" | "rainy" | "wet" | "lean" | "monsoon" | "harvest" | "planting");
    (local && t.lower(i + 1) == "season").then_some((Season::Local, i + 2))
}

/// The year behind a season; "the winter of 1942-43" is named by the year in which it begins.
fn year_after(t: &Tokens<'_>, i: usize, season: Season) -> Piece<YearRef> {
    let year = pieces::year_after(t, i);
    let dash =
        matches!(t.text(year.end), "-" | "/" | "–") && t.glued(year.end) && t.glued(year.end + 1);
    let next = t.text(year.end + 1);
    let second = matches!(next.len(), 2 | 4) && next.bytes().all(|b| b.is_ascii_digit());
    if dash && second && season == Season::Winter && year.value != YearRef::Missing {
        return Piece { end: year.end + 2, ..year };
    }
    year
}

/// Whether nothing follows at `i` that the season could describe.
fn is_free(t: &Tokens<'_>, i: usize) -> bool {
    t.is_break(i) || pieces::goes_on(t, i)
}
