//! Which events of PLOVER and CAMEO a type of ours is about, by the table `data/event-scope.tsv`.

static SCOPE: &str = include_str!("../../data/event-scope.tsv");

/// Whose terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ontology {
    /// PLOVER: `TYPE` or `TYPE/mode`.
    Plover,
    /// CAMEO: a code of two to four digits.
    Cameo,
}

/// Whether some type of ours is about `detail`. The longest key that begins `detail` decides; what no line names is
/// in scope.
pub(crate) fn in_scope(ontology: Ontology, detail: &str) -> bool {
    let name = match ontology {
        Ontology::Plover => "plover",
        Ontology::Cameo => "cameo",
    };
    let lines = SCOPE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut columns = line.split('\t');
        Some((columns.next()?, columns.next()?, columns.next()?))
    });
    let fits = lines.filter(|(of, key, _)| *of == name && detail.starts_with(key));
    fits.max_by_key(|(_, key, _)| key.len()).is_none_or(|(_, _, scope)| scope == "in")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_key_decides() {
        assert!(in_scope(Ontology::Plover, "ASSAULT/abduct"));
        assert!(!in_scope(Ontology::Plover, "CONSULT/visit"));
        assert!(in_scope(Ontology::Plover, "CONSULT"));
        assert!(in_scope(Ontology::Cameo, "046"));
        assert!(!in_scope(Ontology::Cameo, "042"));
    }
}
