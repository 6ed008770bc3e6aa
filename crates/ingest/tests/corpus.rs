//! Real news in bulk, where the corpus is at hand: nothing refused, nearly everything English.

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use averment_ingest::{Options, documents, parse};

    const ARTICLES: &str = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/corpora/en-worldwide-newswire/articles"
    );

    #[test]
    fn newswire_articles_are_read_and_english() {
        if !std::path::Path::new(ARTICLES).is_dir() {
            println!("skipped, corpus not found");
            return;
        }
        let options = Options::default();
        let begun = Instant::now();
        let mut others = Vec::new();
        let mut count = 0_u32;
        for document in documents(&[ARTICLES.to_owned()], &options) {
            let ingested = document.and_then(|raw| parse(raw, &options)).unwrap();
            let report = ingested.report;
            count += 1;
            if report.language.as_ref().is_none_or(|l| l.as_str() != "en") {
                others.push((report.source.path, report.language));
            }
        }
        let rate = f64::from(count) / begun.elapsed().as_secs_f64();
        println!("{count} articles, {rate:.0} a second; not English: {others:?}");
        assert_eq!(count, 847);
        assert!(others.len() <= 8, "{others:?}");
    }
}
