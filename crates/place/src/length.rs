//! Lengths of a way in words: "20 km", "fifteen kilometres", "50 nautical miles".
//!
//! Owns numbers and units; refuses what the way is counted from.

use crate::token::Tokens;

const KM_PER_MILE: f64 = 1.609;
const KM_PER_NAUTICAL_MILE: f64 = 1.852;
const ONES: [&str; 19] = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] =
    ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// A number of kilometres, miles or nautical miles at `i`, in digits or words, in kilometres.
pub(crate) fn length(t: &Tokens<'_>, i: usize) -> Option<(f64, usize)> {
    let text = t.text(i);
    let (number, unit_text, end) = match (text.find(|c: char| !c.is_ascii_digit()), in_words(t, i))
    {
        (_, Some((number, next))) => (f64::from(number), t.lower(next), next + 1),
        (None, _) => (text.parse::<f64>().ok()?, t.lower(i + 1), i + 2),
        (Some(at), _) => (text.get(..at)?.parse::<f64>().ok()?, text.get(at..)?, i + 1),
    };
    let nautical = unit_text == "nautical";
    let (unit_text, end) = if nautical { (t.lower(end), end + 1) } else { (unit_text, end) };
    let number = Some(number).filter(|n| *n > 0.0 && *n < 2000.0)?;
    let km = match unit_text {
        "km" | "kms" | "kilometres" | "kilometers" | "kilometre" | "kilometer" => number,
        "mile" | "miles" if nautical => number * KM_PER_NAUTICAL_MILE,
        "mile" | "miles" => number * KM_PER_MILE,
        _ => return None,
    };
    let end = if t.text(end) == "(" {
        (end..end + 6).find(|at| t.text(*at) == ")").map_or(end, |at| at + 1)
    } else {
        end
    };
    Some((km, end))
}

/// A number from 1 to 99 in words at `i`, "a dozen" among them, and where it ends.
fn in_words(t: &Tokens<'_>, i: usize) -> Option<(u8, usize)> {
    if t.lower(i) == "a" && t.lower(i + 1) == "dozen" {
        return Some((12, i + 2));
    }
    let first = cardinal(t.lower(i))?;
    let at = i + 1 + usize::from(t.text(i + 1) == "-");
    let ones = cardinal(t.lower(at)).filter(|n| *n < 10 && first >= 20);
    Some(ones.map_or((first, i + 1), |ones| (first + ones, at + 1)))
}

fn cardinal(word: &str) -> Option<u8> {
    let of = |list: &[&str]| {
        list.iter().position(|w| *w == word).and_then(|at| u8::try_from(at + 1).ok())
    };
    of(&ONES).or_else(|| of(&TENS).map(|tens| (tens + 1) * 10))
}
