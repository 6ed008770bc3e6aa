//! A dependency tree in box characters, one row a word.
//!
//! A word with dependents has a stem: a column that spans it and them. Branches lead from the stem of a word's head
//! to the right, to its own stem if it has one, and on to the word. A stem stands to the right of its head's stem, in
//! the first column that no other stem holds in these rows; so trees whose branches cross can be told, too, and a
//! branch passes behind the stems of others.

/// Which ways a line leaves a cell.
const UP: u8 = 1;
const DOWN: u8 = 2;
const LEFT: u8 = 4;
const RIGHT: u8 = 8;

/// The column and the first and last row of a word's stem.
#[derive(Debug, Clone, Copy)]
struct Stem {
    column: usize,
    first: usize,
    last: usize,
}

/// The rows of a tree, all of the same width. `heads` are indexes of words, `None` for the root; `step` is the
/// distance of stems in columns, 1 or more. Words that hang on no root have a row without a branch.
pub(super) fn drawn(heads: &[Option<usize>], step: usize) -> Vec<String> {
    let stems = stems(heads);
    let columns = stems.iter().flatten().map(|stem| stem.column + 1).max().unwrap_or(0);
    let mut grid = Grid { cells: vec![vec![0; columns * step]; heads.len()] };
    for stem in stems.iter().flatten() {
        grid.stem(stem, stem.column * step);
    }
    let at = |word: usize| stems.get(word).copied().flatten().map(|stem| stem.column * step);
    for (row, head) in heads.iter().enumerate() {
        if let Some(from) = head.and_then(at) {
            grid.branch(row, from, at(row));
        }
    }
    let rows = grid.cells.iter().zip(heads).enumerate();
    rows.map(|(row, (cells, head))| {
        let own = at(row);
        let hangs = head.and_then(at).is_some();
        line(cells, head.is_none(), hangs, own)
    })
    .collect()
}

/// The stems of the words that have one.
fn stems(heads: &[Option<usize>]) -> Vec<Option<Stem>> {
    let mut dependents: Vec<Vec<usize>> = vec![Vec::new(); heads.len()];
    for (word, head) in heads.iter().enumerate() {
        if let Some(of_head) = head.and_then(|head| dependents.get_mut(head)) {
            of_head.push(word);
        }
    }
    let mut stems: Vec<Option<Stem>> = vec![None; heads.len()];
    let mut taken: Vec<Vec<(usize, usize)>> = Vec::new();
    let roots = heads.iter().enumerate().filter(|(_, head)| head.is_none());
    let mut queue: std::collections::VecDeque<(usize, usize)> =
        roots.map(|(word, _)| (word, 0)).collect();
    while let Some((word, leftmost)) = queue.pop_front() {
        let below = dependents.get(word).map(Vec::as_slice).unwrap_or_default();
        let (Some(low), Some(high)) = (below.first(), below.last()) else { continue };
        let (first, last) = ((*low).min(word), (*high).max(word));
        let column = free(&mut taken, leftmost, (first, last));
        if let Some(stem) = stems.get_mut(word) {
            *stem = Some(Stem { column, first, last });
        }
        queue.extend(below.iter().map(|dependent| (*dependent, column + 1)));
    }
    stems
}

/// The first column from `leftmost` on that nobody holds between the rows `wanted`, which are taken.
fn free(taken: &mut Vec<Vec<(usize, usize)>>, leftmost: usize, wanted: (usize, usize)) -> usize {
    let clashes = |held: &(usize, usize)| held.0 <= wanted.1 && wanted.0 <= held.1;
    let column = (leftmost..taken.len())
        .find(|column| taken.get(*column).is_some_and(|held| !held.iter().any(clashes)))
        .unwrap_or_else(|| taken.len().max(leftmost));
    if taken.len() <= column {
        taken.resize(column + 1, Vec::new());
    }
    if let Some(held) = taken.get_mut(column) {
        held.push(wanted);
    }
    column
}

/// Cells under construction: the ways in which lines leave them.
struct Grid {
    cells: Vec<Vec<u8>>,
}

impl Grid {
    fn cell(&mut self, row: usize, at: usize) -> Option<&mut u8> {
        self.cells.get_mut(row)?.get_mut(at)
    }

    fn stem(&mut self, stem: &Stem, at: usize) {
        for row in stem.first..=stem.last {
            let up = if row > stem.first { UP } else { 0 };
            let down = if row < stem.last { DOWN } else { 0 };
            if let Some(cell) = self.cell(row, at) {
                *cell |= up | down;
            }
        }
    }

    /// From the head's stem at `from` to the word's own at `own`, behind the stems of others.
    fn branch(&mut self, row: usize, from: usize, own: Option<usize>) {
        if let Some(cell) = self.cell(row, from) {
            *cell |= RIGHT;
        }
        if let Some(cell) = own.and_then(|own| self.cell(row, own)) {
            *cell |= LEFT;
        }
    }
}

/// One row: its stems, and the branch from the first cell that has one to the word.
fn line(cells: &[u8], root: bool, hangs: bool, own: Option<usize>) -> String {
    let mut out = String::with_capacity(3 * cells.len() + 8);
    let rule = if root { '━' } else { '─' };
    out.push(if root { '╺' } else { ' ' });
    let mut leading = root;
    for (at, ways) in cells.iter().enumerate() {
        let is_own = own == Some(at);
        leading |= ways & RIGHT != 0 || is_own;
        out.push(match *ways {
            0 if leading => rule,
            _ if root && is_own => heavy(*ways),
            ways if is_own => light(ways | RIGHT),
            ways => light(ways),
        });
    }
    out.push_str(match (root, hangs || own.is_some()) {
        (true, _) => "━╸",
        (false, true) => "─▸",
        (false, false) => " ·",
    });
    out
}

/// The root's own cell.
const fn heavy(ways: u8) -> char {
    match ways & (UP | DOWN) {
        0 => '━',
        DOWN => '┯',
        UP => '┷',
        _ => '┿',
    }
}

const fn light(ways: u8) -> char {
    const VERTICAL: u8 = UP | DOWN;
    const DOWN_RIGHT: u8 = DOWN | RIGHT;
    const UP_RIGHT: u8 = UP | RIGHT;
    const FORK: u8 = UP | DOWN | RIGHT;
    const ROOF: u8 = LEFT | DOWN | RIGHT;
    const FLOOR: u8 = LEFT | UP | RIGHT;
    const CROSS: u8 = LEFT | UP | DOWN | RIGHT;
    match ways {
        VERTICAL => '│',
        DOWN_RIGHT => '╭',
        UP_RIGHT => '╰',
        FORK => '├',
        ROOF => '┬',
        FLOOR => '┴',
        CROSS => '┼',
        DOWN => '╷',
        UP => '╵',
        0 => ' ',
        _ => '─',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_without_crossings() {
        // Two men were killed near Gao .
        let heads = [Some(1), Some(3), Some(3), None, Some(5), Some(3), Some(3)];
        assert_eq!(
            drawn(&heads, 2),
            [
                "   ╭──▸", //
                " ╭─┴──▸",
                " ├────▸",
                "╺┿━━━━╸",
                " │ ╭──▸",
                " ├─┴──▸",
                " ╰────▸",
            ]
        );
        let narrow = drawn(&heads, 1);
        assert_eq!(narrow, ["  ╭─▸", " ╭┴─▸", " ├──▸", "╺┿━━╸", " │╭─▸", " ├┴─▸", " ╰──▸"]);
    }

    #[test]
    fn branches_that_cross_pass_behind_stems() {
        // 0 hangs on 2, 1 on 3, 3 is the root, 2 hangs on 3: the stems of 2 and 3 share rows.
        let heads = [Some(2), Some(3), Some(3), None];
        assert_eq!(drawn(&heads, 2), ["   ╭──▸", " ╭─│──▸", " ├─┴──▸", "╺┷━━━━╸"]);
    }

    #[test]
    fn one_word_and_what_is_no_tree() {
        assert_eq!(drawn(&[None], 2), ["╺━╸"]);
        assert_eq!(drawn(&[], 2), [""; 0]);
        let ring = drawn(&[None, Some(2), Some(1), Some(9), Some(4)], 2);
        assert_eq!(ring, ["╺━╸", "  ·", "  ·", "  ·", "  ·"]);
        let two = drawn(&[None, Some(0), None], 2);
        assert_eq!(two, ["╺┯━━╸", " ╰──▸", "╺━━━╸"]);
    }
}
