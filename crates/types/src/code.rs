//! Codes that come from outside: countries, languages, addresses. Parsed once, at the edge.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is wrong with a code; it never repeats the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// Not two ASCII letters.
    #[error("a country code is two letters of ISO 3166-1")]
    Country,
    /// Not two or three ASCII letters.
    #[error("a language code is two letters of ISO 639-1 or three of ISO 639-3")]
    Language,
    /// Not an absolute http or https address.
    #[error("an address starts with http:// or https:// and holds no white space")]
    Url,
}

macro_rules! code_type {
    ($(#[$doc:meta])* $name:ident($inner:ty), $parse:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(try_from = "String", into = "String")]
        #[schemars(with = "String")]
        pub struct $name($inner);

        impl $name {
            /// Reads the code.
            ///
            /// # Errors
            /// A [`CodeError`] that says what is expected.
            pub fn parse(text: &str) -> Result<Self, CodeError> {
                let parse: fn(&str) -> Result<$inner, CodeError> = $parse;
                parse(text.trim()).map(Self)
            }

            /// The code's spelling.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<$name> for String {
            fn from(code: $name) -> Self {
                code.0.into()
            }
        }

        impl TryFrom<String> for $name {
            type Error = CodeError;

            fn try_from(text: String) -> Result<Self, CodeError> {
                Self::parse(&text)
            }
        }
    };
}

code_type! {
    /// A country, ISO 3166-1 alpha-2, upper case: `ML`.
    CountryCode(Box<str>), |text| {
        let letters = text.len() == 2 && text.bytes().all(|b| b.is_ascii_alphabetic());
        letters.then(|| text.to_ascii_uppercase().into()).ok_or(CodeError::Country)
    }
}

code_type! {
    /// A language, ISO 639-1 where there is one, lower case: `en`. A region (`en-GB`) is dropped.
    LanguageCode(Box<str>), |text| {
        let base = text.split(['-', '_']).next().unwrap_or(text);
        let letters = matches!(base.len(), 2 | 3) && base.bytes().all(|b| b.is_ascii_alphabetic());
        letters.then(|| base.to_ascii_lowercase().into()).ok_or(CodeError::Language)
    }
}

code_type! {
    /// An absolute web address, kept as given and never fetched.
    Url(Box<str>), |text| {
        let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
        let scheme = lower.starts_with("http://") || lower.starts_with("https://");
        let clean = !text.chars().any(|c| c.is_whitespace() || c.is_control());
        (scheme && clean && text.len() > 8).then(|| text.into()).ok_or(CodeError::Url)
    }
}

impl Url {
    /// The host in lower case, without `www.`, credentials and port: `news.example.org`.
    #[must_use]
    pub fn host(&self) -> Option<String> {
        let rest = self.0.split_once("://")?.1;
        let authority = rest.split(['/', '?', '#']).next()?;
        let host = authority.rsplit('@').next()?.split(':').next()?.to_ascii_lowercase();
        let host = host.strip_prefix("www.").map_or(host.clone(), str::to_owned);
        (!host.is_empty()).then_some(host)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_normalised_or_refused() {
        assert_eq!(CountryCode::parse("ml").unwrap().as_str(), "ML");
        assert_eq!(LanguageCode::parse("en-GB").unwrap().as_str(), "en");
        assert_eq!(CountryCode::parse("Mali"), Err(CodeError::Country));
        assert_eq!(Url::parse("javascript:alert(1)"), Err(CodeError::Url));
        let url = Url::parse("https://user@WWW.Example.org:8080/a?b").unwrap();
        assert_eq!(url.host().as_deref(), Some("example.org"));
    }
}
