//! Every file of data/ says where it comes from and under which licence, in the comment at its top.

use std::path::Path;

use super::Finding;
use crate::tree::File;

const FORMS: [&str; 3] = ["tsv", "toml", "csv"];
const LICENCES: [&str; 8] =
    ["licence", "license", "cc by", "cc0", "mit", "apache", "odbl", "public domain"];
const ORIGINS: [&str; 6] =
    ["own work", "for this project", "source", "provenance", "geonames", "natural earth"];

pub(crate) fn check(file: &File) -> Option<Finding> {
    let form = Path::new(&file.path).extension()?.to_str()?;
    if !file.path.starts_with("data/") || !FORMS.contains(&form) {
        return None;
    }
    let comment = file.text.lines().take_while(|line| line.starts_with('#'));
    let header = comment.collect::<Vec<_>>().join(" ").to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| header.contains(word));
    let met = match (says(&ORIGINS), says(&LICENCES)) {
        (true, true) => return None,
        (false, true) => "the header names no origin",
        (true, false) => "the header names no licence",
        (false, false) => "no provenance header",
    };
    let expected = "`#` lines at the top with the source (or \"own work\") and the licence";
    Some(Finding::fault(file, 1, met, expected))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::file;

    fn met(path: &str, text: &str) -> Option<String> {
        check(&file(path, text)).map(|f| f.met)
    }

    #[test]
    fn data_without_origin_or_licence_is_found() {
        let path = "data/lexicons/a.tsv";
        assert_eq!(met(path, "# Own work, CC BY 4.0.\na\tb\n"), None);
        assert_eq!(met(path, "# Source: GeoNames.\n# Licence: CC BY 4.0\na\n"), None);
        assert_eq!(met(path, "a\tb\n").unwrap(), "no provenance header");
        assert_eq!(met(path, "# Own words\n# CC BY 4.0\n").unwrap(), "the header names no origin");
        assert_eq!(met(path, "# Own work.\nlicence\t1\n").unwrap(), "the header names no licence");
        assert_eq!(met("samples/a.tsv", "a\n"), None);
        assert_eq!(met("data/README.md", "a\n"), None);
    }
}
