//! Sections of a document between two marks, so that several commands share one file and the words
//! between the sections stay a person's.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::Context;

/// Puts `body` between the marks of section `name` in the document at `path`; a section that is not
/// there yet is added at the end, a document that is not there yet begins with `# title`.
pub(crate) fn write(path: &Path, title: &str, name: &str, body: &str) -> anyhow::Result<()> {
    let old = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => format!("# {title}\n"),
        Err(error) => {
            return Err(error).with_context(|| format!("{} could not be read", path.display()));
        }
    };
    let new = replaced(&old, name, body).with_context(|| format!("{}", path.display()))?;
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, new).with_context(|| format!("{} could not be written", path.display()))
}

fn replaced(text: &str, name: &str, body: &str) -> anyhow::Result<String> {
    let (open, close) = (format!("<!-- {name} -->"), format!("<!-- /{name} -->"));
    let section = format!("{open}\n{}\n{close}", body.trim());
    let Some((before, rest)) = text.split_once(&open) else {
        return Ok(format!("{}\n\n{section}\n", text.trim_end()));
    };
    let (_, after) = rest
        .split_once(&close)
        .with_context(|| format!("the section {name} is opened and not closed"))?;
    Ok(format!("{before}{section}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_replaced_and_the_rest_stays() {
        let text = "# R\n\nintro\n\n<!-- a -->\nold\n<!-- /a -->\n\nbetween\n\n<!-- b -->\nb\n<!-- /b -->\n";
        let new = replaced(text, "a", "new\n").unwrap();
        assert_eq!(new, text.replace("old", "new"));
        assert_eq!(replaced(&new, "a", "new").unwrap(), new);
    }

    #[test]
    fn a_new_section_goes_to_the_end_and_an_open_one_is_refused() {
        let new = replaced("# R\n", "c", "body").unwrap();
        assert_eq!(new, "# R\n\n<!-- c -->\nbody\n<!-- /c -->\n");
        assert!(replaced("<!-- c -->\nbody", "c", "x").is_err());
    }
}
