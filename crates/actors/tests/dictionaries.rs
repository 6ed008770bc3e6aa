//! The corpora's lists of actors, imported whole.

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};
    use std::time::Instant;

    use averment_actors::{Dictionary, Imported, Petrarch, Registry, Ucdp};
    use averment_types::TextRange;

    fn corpora() -> Option<PathBuf> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpora");
        if !folder.is_dir() {
            println!("skipped, corpus not found");
        }
        folder.is_dir().then_some(folder)
    }

    fn text(path: &Path) -> String {
        let bytes = fs::read(path).unwrap();
        String::from_utf8(bytes)
            .unwrap_or_else(|e| e.into_bytes().iter().copied().map(char::from).collect())
    }

    /// Imports dictionaries; with how many lines there are and how many faults.
    fn petrarch(shipped: &Registry, files: &[(PathBuf, Dictionary)]) -> (Imported, usize, usize) {
        let mut import = Petrarch::new(shipped);
        let (mut lines, mut faults) = (0, 0);
        for (path, wanted) in files {
            let text = text(path);
            text.lines().for_each(|line| import.look(line));
            assert_eq!(import.dictionary(), *wanted, "{}", path.display());
            for (number, line) in (1..).zip(text.lines()) {
                lines += 1;
                for fault in import.add(number, line) {
                    faults += 1;
                    println!(
                        "{}:{number}: {fault}: {}",
                        path.file_name().unwrap().display(),
                        line.trim()
                    );
                }
            }
            faults += import.close().len();
        }
        (import.finish(), lines, faults)
    }

    fn phoenix(corpora: &Path) -> Vec<(PathBuf, Dictionary)> {
        let files = [
            ("Phoenix.Countries.actors.txt", Dictionary::Actors),
            ("Phoenix.International.actors.txt", Dictionary::Actors),
            ("Phoenix.MilNonState.actors.txt", Dictionary::Actors),
            ("Phoenix.agents.txt", Dictionary::Agents),
            ("Phoenix.discards.txt", Dictionary::Discards),
            ("Phoenix.IssueCoding.txt", Dictionary::Issues),
        ];
        files.map(|(f, what)| (corpora.join("actor-dictionaries").join(f), what)).to_vec()
    }

    fn ucdp(shipped: &Registry, corpora: &Path) -> Imported {
        let text = text(&corpora.join("actor-dictionaries/ucdp-actor-221.csv"));
        let mut rows = csv::Reader::from_reader(text.as_bytes());
        let header: Vec<String> = rows.headers().unwrap().iter().map(str::to_owned).collect();
        let header: Vec<&str> = header.iter().map(String::as_str).collect();
        let mut import = Ucdp::new(shipped, &header).unwrap();
        for row in rows.records() {
            assert_eq!(import.add(&row.unwrap().iter().collect::<Vec<_>>()), Ok(()));
        }
        import.finish()
    }

    #[test]
    fn every_dictionary_of_the_corpora_loads() {
        let Some(corpora) = corpora() else { return };
        let shipped = Registry::shipped().unwrap();
        let (made, lines, faults) = petrarch(&shipped, &phoenix(&corpora));
        println!(
            "{lines} lines, {faults} faults, {} {} {} {}",
            made.actors, made.known, made.phrases, made.left
        );
        assert!(made.actors > 20_000 && made.known > 200 && made.phrases > 1000, "{}", made.actors);
        assert!(faults * 400 < lines, "{faults} faults");
        let own = ucdp(&shipped, &corpora);
        println!("UCDP: {} {} {}", own.actors, own.known, own.left);
        assert!(own.actors > 800 && own.known > 500);
        let files = [("petrarch.toml", made.toml.as_str()), ("ucdp.toml", own.toml.as_str())];
        let registry = Registry::shipped_with(&files).unwrap();
        assert!(registry.actors().count() > 22_000);
    }

    #[test]
    fn the_validation_dictionaries_load() {
        let Some(corpora) = corpora() else { return };
        let files = [
            ("PETR.Validate.actors.txt", Dictionary::Actors),
            ("PETR.Validate.agents.txt", Dictionary::Agents),
            ("PETR.Validate.discards.txt", Dictionary::Discards),
            ("PETR.Validate.verbs.txt", Dictionary::Verbs),
        ];
        let files = files.map(|(f, what)| (corpora.join("petrarch-tests").join(f), what));
        let shipped = Registry::shipped().unwrap();
        let (made, lines, faults) = petrarch(&shipped, &files);
        println!(
            "{lines} lines, {faults} faults, {} {} {} {}",
            made.actors, made.known, made.phrases, made.left
        );
        assert!(faults <= 2, "{faults} faults");
        assert!(Registry::shipped_with(&[("own.toml", &made.toml)]).is_ok());
    }

    /// Optimised builds only; run with `--release -- --ignored --nocapture` for the figures.
    #[test]
    #[ignore = "a measurement, meaningful in an optimised build only"]
    fn speed() {
        let Some(corpora) = corpora() else { return };
        let start = Instant::now();
        let shipped = Registry::shipped().unwrap();
        println!("shipped: loaded in {:?}", start.elapsed());
        let start = Instant::now();
        let (made, ..) = petrarch(&shipped, &phoenix(&corpora));
        let own = ucdp(&shipped, &corpora);
        println!(
            "imported in {:?}, {} + {} bytes",
            start.elapsed(),
            made.toml.len(),
            own.toml.len()
        );
        let start = Instant::now();
        let files = [("petrarch.toml", made.toml.as_str()), ("ucdp.toml", own.toml.as_str())];
        let both = Registry::shipped_with(&files).unwrap();
        let aliases: usize = both.actors().map(|a| a.aliases.len()).sum();
        println!("both: loaded in {:?}, {aliases} names", start.elapsed());
        let mut articles: Vec<PathBuf> =
            fs::read_dir(corpora.join("en-worldwide-newswire/articles"))
                .unwrap()
                .map(|entry| entry.unwrap().path())
                .collect();
        articles.sort();
        let articles: Vec<String> = articles.iter().step_by(8).take(100).map(|p| text(p)).collect();
        let words: usize = articles.iter().map(|a| a.split_whitespace().count()).sum();
        for (name, registry) in
            [("shipped", &shipped), ("both", &both), ("shipped", &shipped), ("both", &both)]
        {
            let start = Instant::now();
            let (mut mentions, mut linked) = (0, 0);
            for article in &articles {
                let spans: Vec<TextRange> = article
                    .split_inclusive(". ")
                    .filter_map(|s| TextRange::of(article, s))
                    .collect();
                let found = registry.read(article, &spans, None);
                mentions += found.len();
                linked += found.iter().filter(|m| m.actor.is_some()).count();
            }
            println!(
                "{name}: {} articles, {words} words in {:?}, {mentions} mentions, {linked} linked",
                articles.len(),
                start.elapsed()
            );
        }
    }
}
