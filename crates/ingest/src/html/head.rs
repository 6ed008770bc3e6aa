//! What the page states about itself outside its text: titles, author, site, address, dates.
//!
//! Owns the reading of `meta`, `link`, `title`, `time` and JSON-LD; refuses to trust any one of them:
//! every candidate for the date of publication is kept, the best first.

use averment_types::{LanguageCode, Published, PublishedSource, Url};

use super::blocks::Block;
use super::context::Place;
use super::entity::decode_all;
use super::scan::attribute;
use super::tree::Tree;
use crate::metadata::json_ld::{self, Article};
use crate::metadata::{dated, in_address, squeeze};
use crate::zones::{author, is_date_line, parts};

/// Most `time` elements that are candidates.
const MAX_TIMES: usize = 4;

/// What the page states.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// The best title, without the site's name.
    pub(super) title: Option<String>,
    /// All titles, in lower case.
    pub(super) titles: Vec<String>,
    pub(super) author: Option<String>,
    pub(super) outlet: Option<String>,
    pub(super) url: Option<Url>,
    pub(super) language: Option<LanguageCode>,
    pub(super) published: Vec<Published>,
}

/// The `meta` elements' names and contents, and the other facts, decoded.
struct Facts {
    metas: Vec<(String, String)>,
    canonical: Option<String>,
    title: Option<String>,
    article: Article,
}

fn facts(html: &str, tree: &Tree<'_>) -> Facts {
    let mut facts =
        Facts { metas: Vec::new(), canonical: None, title: None, article: Article::default() };
    for (name, attrs, content) in &tree.facts {
        let inner = || html.get(content.clone()).unwrap_or_default();
        let of = |key| attribute(attrs, key).map(|v| squeeze(&decode_all(v)));
        match *name {
            "meta" => {
                let key = of("property").or_else(|| of("name")).or_else(|| of("itemprop"));
                if let (Some(key), Some(value)) = (key, of("content").filter(|v| !v.is_empty())) {
                    facts.metas.push((key.to_lowercase(), value));
                }
            }
            "link" if of("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                facts.canonical = facts.canonical.take().or_else(|| of("href"));
            }
            "title" if facts.title.is_none() => {
                facts.title = Some(squeeze(&decode_all(inner()))).filter(|t| !t.is_empty());
            }
            "script" => facts.article.merge(json_ld::read(inner())),
            _ => {}
        }
    }
    facts
}

impl Facts {
    /// The first content of a `meta` whose name is in `names`, in the order of `names`.
    fn meta(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| {
            self.metas.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
        })
    }

    fn outlet(&self) -> Option<String> {
        let site = self.meta(&["og:site_name", "application-name", "publisher", "dc.publisher"]);
        let named = site.map(str::to_owned).filter(|s| !s.starts_with("http"));
        named.or_else(|| self.article.publisher.clone()).filter(|s| s.chars().count() <= 100)
    }

    fn author(&self) -> Option<String> {
        let names = [
            "author",
            "article:author",
            "byl",
            "dc.creator",
            "parsely-author",
            "sailthru.author",
            "dcterms.creator",
        ];
        let stated = names.iter().filter_map(|name| self.meta(&[name]));
        let mut stated = stated.chain(self.article.author.as_deref());
        let name = stated
            .find(|a| !a.contains("://") && !a.starts_with('@') && a.chars().count() <= 120)?;
        let bare = author(name).unwrap_or(name);
        Some(bare.to_owned()).filter(|a| !a.is_empty())
    }

    fn titles(&self, outlet: Option<&str>) -> Vec<String> {
        // Some sites escape these twice.
        let stated = self.meta(&["og:title", "twitter:title", "dc.title", "title"]).map(decode_all);
        let all = [self.article.headline.as_deref(), stated.as_deref(), self.title.as_deref()];
        let mut titles = Vec::new();
        for title in all.into_iter().flatten() {
            titles.push(without_site(title, outlet).to_owned());
            titles.push(title.to_owned());
        }
        titles
    }
}

/// Reads what the page states.
pub(super) fn read(html: &str, tree: &Tree<'_>) -> Head {
    let facts = facts(html, tree);
    let outlet = facts.outlet();
    let titles = facts.titles(outlet.as_deref());
    let stated = facts.meta(&["og:url", "twitter:url"]).map(str::to_owned);
    let address = [facts.canonical.clone(), stated, facts.article.url.clone()];
    let url = address.into_iter().flatten().find_map(|a| Url::parse(&a).ok());
    let language =
        tree.node(0).and_then(|root| root.attr("lang").or_else(|| root.attr("xml:lang")));
    Head {
        title: titles.first().cloned(),
        titles: titles.iter().map(|t| t.to_lowercase()).collect(),
        author: facts.author(),
        published: published(&facts, url.as_ref()),
        outlet,
        url,
        language: language.and_then(|l| LanguageCode::parse(l).ok()),
    }
}

/// The title without the site's name behind it: "Clashes near the border | Example Wire".
fn without_site<'a>(title: &'a str, outlet: Option<&str>) -> &'a str {
    for mark in [" | ", " - ", " – ", " — ", " :: ", " » ", " · "] {
        let Some((head, site)) = title.rsplit_once(mark) else { continue };
        let named = outlet.is_some_and(|o| site.trim().eq_ignore_ascii_case(o.trim()));
        let short = site.split_whitespace().count() <= 4 && head.split_whitespace().count() >= 4;
        if named || short {
            return head.trim();
        }
    }
    title
}

fn published(facts: &Facts, url: Option<&Url>) -> Vec<Published> {
    const NAMES: [&str; 22] = [
        "article:published_time",
        "article:published",
        "og:published_time",
        "datepublished",
        "article:post_date",
        "published_time",
        "pubdate",
        "publishdate",
        "publish-date",
        "publish_date",
        "publication_date",
        "publication-date",
        "parsely-pub-date",
        "sailthru.date",
        "dc.date.issued",
        "dcterms.issued",
        "dc.date",
        "dcterms.created",
        "dc.date.created",
        "date",
        "article.published",
        "citation_publication_date",
    ];
    let mut found = Vec::new();
    for text in &facts.article.published {
        found.extend(dated(text, PublishedSource::JsonLd));
    }
    for name in NAMES {
        let values = facts.metas.iter().filter(|(key, _)| key == name);
        found.extend(values.flat_map(|(_, value)| dated(value, PublishedSource::Meta)));
    }
    found.extend(url.and_then(in_address));
    found
}

impl Head {
    /// Adds what the page's blocks and `time` elements state: byline and dates near the article.
    pub(super) fn add_from_page(&mut self, tree: &Tree<'_>, places: &[Place], shown: &[&Block]) {
        let mut times = Vec::new();
        for (id, node) in tree.nodes.iter().enumerate().filter(|(_, n)| n.name == "time") {
            let near = !matches!(
                places.get(id),
                Some(Place::Comment | Place::Navigation | Place::Promotion)
            );
            if let Some(value) = node.attr("datetime").filter(|_| near && times.len() < MAX_TIMES) {
                times.push(squeeze(&decode_all(value)));
            }
        }
        let mut more: Vec<Published> =
            times.iter().flat_map(|t| dated(t, PublishedSource::TimeElement)).collect();
        for part in shown.iter().flat_map(|block| parts(&block.text)) {
            if is_date_line(part) {
                more.extend(dated(part, PublishedSource::Dateline));
            }
            if self.author.is_none() {
                self.author = author(part).map(str::to_owned);
            }
        }
        // The address is the weakest of the stated dates: many sites put the day of the last edit there.
        let at = self
            .published
            .iter()
            .position(|p| p.source == PublishedSource::Url)
            .unwrap_or(self.published.len());
        self.published.splice(at..at, more);
        let mut seen = Vec::new();
        self.published.retain(|p| {
            let new = !seen.contains(p);
            seen.push(p.clone());
            new
        });
    }
}
