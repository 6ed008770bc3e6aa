//! A file fits a reader's head: at most 500 lines of code, tests and tables included, 250 to aim at.
//! Blank lines and comments are free. Functions are clippy's business (`too_many_lines`).

use super::mask::Masked;
use super::{Finding, Grade};
use crate::tree::File;

const MOST: usize = 500;
const AIM: usize = 250;

pub(crate) fn check(file: &File, masked: &Masked) -> Option<Finding> {
    let lines = masked.uncommented.lines();
    let code = lines.filter(|line| !line.trim().is_empty()).count();
    let met = format!("{code} lines of code");
    let fault = Finding::fault(file, 1, met, format!("at most {MOST}; split it by topic"));
    if code > MOST {
        return Some(fault);
    }
    (code > AIM).then(|| Finding {
        grade: Grade::Note,
        expected: format!("{AIM} or fewer where the topic allows"),
        ..fault
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::file;

    fn grade(text: &str) -> Option<Grade> {
        check(&file("a.rs", text), &Masked::of(text)).map(|f| f.grade)
    }

    #[test]
    fn code_is_counted_and_comments_and_blanks_are_not() {
        assert_eq!(grade(&"x();\n".repeat(AIM)), None);
        assert_eq!(grade(&"x();\n".repeat(AIM + 1)), Some(Grade::Note));
        assert_eq!(grade(&"x();\n".repeat(MOST)), Some(Grade::Note));
        assert_eq!(grade(&"x();\n".repeat(MOST + 1)), Some(Grade::Fault));
        assert_eq!(grade(&"// why\n\n/// what\n".repeat(MOST)), None);
    }
}
