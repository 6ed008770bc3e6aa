//! The tables of scored claims.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::align::{Count, ratio};
use super::gold::Half;
use super::passages::Halves;
use super::{LAST_TUNED, SCORED_TEXT};

const fn name(half: Half) -> &'static str {
    match half {
        Half::Tune => "tune",
        Half::Held => "held",
        Half::Test => "test",
    }
}

/// All tables of the project's own passages.
pub(super) fn written(halves: &Halves) -> String {
    let mut out = format!(
        "Passages of one to three sentences in `corpus/coder`, read by the fast reader; `test` is what stands behind line {LAST_TUNED} of each file. \
         Several words that lie in one phrase of the other side are its members and count as one; gold marks numerals alone, so that \"a policeman\" counts one person is not judged. \
         A claim is found where its trigger meets gold's. Fields are judged over claims found with the right type; words are right where they overlap.\n\n"
    );
    out.push_str(&claims(halves));
    out.push_str(&places(halves));
    out.push_str(&roles(halves));
    out.push_str(&types(halves));
    out
}

/// The tables of real texts, a file each.
pub(super) fn real(files: &[(&str, Halves)]) -> String {
    if files.is_empty() {
        return String::new();
    }
    let mut out = format!(
        "Real texts, annotated for this project: articles of en-worldwide-newswire, sentences of event-location, documents of re3d. `test` is every {SCORED_TEXT}th \
         text; `held` is held out of the reader's training. A claim found in a sentence of which the annotators doubted is not counted where gold has none.\n"
    );
    for (file, halves) in files {
        // Writing to a string cannot fail.
        let _ = write!(out, "\n`{file}.jsonl`:\n\n{}", claims(halves));
    }
    out
}

/// Claims found and their fields.
fn claims(halves: &Halves) -> String {
    let mut out = String::from(
        "| half | texts | claims | trigger P | R | F1 | type P | R | F1 | roles F1 | texts without a claim | with one found |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    for (half, s) in halves {
        let (t, y) = (s.triggers, s.types);
        let mut roles = Count::default();
        s.roles.values().for_each(|count| roles.add(*count));
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "| {} | {} | {} | {:.3} | {:.3} | {:.3} | {:.3} | {:.3} | {:.3} | {:.3} | {} | {} |",
            name(*half),
            s.passages,
            t.gold,
            t.precision(),
            t.recall(),
            t.f1(),
            y.precision(),
            y.recall(),
            y.f1(),
            roles.f1(),
            s.empty,
            s.spoilt
        );
    }
    out.push_str("\n| half | claims judged | polarity | modality | speaker F1 | time F1 | place F1 | counts F1 | right in every field |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|\n");
    for (half, s) in halves {
        let _ = writeln!(
            out,
            "| {} | {} | {:.3} | {:.3} | {:.3} | {:.3} | {:.3} | {:.3} | {:.3} |",
            name(*half),
            s.judged,
            ratio(s.polarity, s.judged),
            ratio(s.modality, s.judged),
            s.speakers.f1(),
            s.times.f1(),
            s.places.f1(),
            s.counts.f1(),
            ratio(s.whole, s.judged)
        );
    }
    out
}

/// Places apart, those of gold that have a name from those that have none.
fn places(halves: &Halves) -> String {
    let mut out = String::from(
        "\nPlaces of the claims judged. A gold place that is no name (\"a gold-mining camp\", \"his doorstep\") is not asked of the gazetteer: P, R and F1 are over \
         the other claims. Where gold states no place, a found one is wrong; some of these stand in the words of a role's filler (\"the siege of Dilling\"), which says \
         where it was and is a role alone to gold.\n\n\
         | half | gold places | without a name | named P | R | F1 | found where gold has none | in a filler's words |\n|---|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    for (half, s) in halves {
        let (p, name) = (&s.named, name(*half));
        let _ = writeln!(
            out,
            "| {name} | {} | {} | {:.3} | {:.3} | {:.3} | {} | {} |",
            s.places.gold,
            p.nameless,
            p.count.precision(),
            p.count.recall(),
            p.count.f1(),
            p.unasked,
            p.of_filler
        );
    }
    out
}

fn roles(halves: &Halves) -> String {
    let mut out = String::from(
        "\nRole fillers over all claims, found or not:\n\n| half | role | gold | found | right | P | R | F1 |\n|---|---|--:|--:|--:|--:|--:|--:|\n",
    );
    for (half, s) in halves {
        let mut all = Count::default();
        s.roles.values().for_each(|count| all.add(*count));
        let rows = s.roles.iter().map(|(role, count)| (format!("{role:?}").to_lowercase(), *count));
        for (role, c) in rows.chain([("all".to_owned(), all)]) {
            let _ = writeln!(
                out,
                "| {} | {role} | {} | {} | {} | {:.3} | {:.3} | {:.3} |",
                name(*half),
                c.gold,
                c.found,
                c.right,
                c.precision(),
                c.recall(),
                c.f1()
            );
        }
    }
    out
}

fn types(halves: &Halves) -> String {
    let mut out = String::from(
        "\nTypes:\n\n| type | tune gold | found | right | F1 | test gold | found | right | F1 |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    let types: BTreeSet<&String> = halves.values().flat_map(|s| s.by_type.keys()).collect();
    for id in types {
        let of = |half: Half| {
            let score = halves.get(&half);
            let c = score.and_then(|s| s.by_type.get(id)).copied().unwrap_or_default();
            format!("{} | {} | {} | {:.3}", c.gold, c.found, c.right, c.f1())
        };
        let _ = writeln!(out, "| {id} | {} | {} |", of(Half::Tune), of(Half::Test));
    }
    out
}
