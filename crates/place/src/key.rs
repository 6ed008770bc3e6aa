//! The folded form of names, the same that the data's build script writes.
//!
//! Owns folding; refuses look-up.

use any_ascii::any_ascii;

/// Lower-case ASCII, apostrophes dropped, every other mark one space.
pub(crate) fn fold(name: &str) -> String {
    let plain: String =
        name.chars().filter(|c| !matches!(c, '\'' | '`' | '"' | 'ʼ' | 'ʻ' | '’' | '‘')).collect();
    let ascii = if plain.is_ascii() { plain } else { any_ascii(&plain) };
    let mut key = String::with_capacity(ascii.len());
    for c in ascii.chars().filter(|c| !matches!(c, '\'' | '`' | '"')) {
        if c.is_ascii_alphanumeric() {
            key.push(c.to_ascii_lowercase());
        } else if !key.is_empty() && !key.ends_with(' ') {
            key.push(' ');
        }
    }
    key.truncate(key.trim_end().len());
    key
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn names_are_folded() {
        assert_eq!(fold("Ménaka"), "menaka");
        assert_eq!(fold("N’Djamena"), "ndjamena");
        assert_eq!(fold("Liptako-Gourma"), "liptako gourma");
        assert_eq!(fold("U.S."), "u s");
    }
}
