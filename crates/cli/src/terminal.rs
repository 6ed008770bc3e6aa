//! What the terminal can do: its width, whether it takes colours, and the marks for them.

use std::env;
use std::io::{self, IsTerminal};

/// Width for output that goes to no terminal, in columns.
const PLAIN_WIDTH: usize = 100;

/// Prose is folded at this width however wide the terminal is: longer lines are hard to read.
const PROSE_WIDTH: usize = 110;

/// The width of the terminal behind standard output, `None` where there is none.
pub(crate) fn width() -> Option<u16> {
    let asked = env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
    let own = terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| width.0);
    own.map(|own| asked.unwrap_or(own))
}

/// How a page of prose is laid out.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Look {
    /// Width in columns.
    pub(crate) width: usize,
    /// Whether marks are colours; otherwise they are characters.
    pub(crate) colours: bool,
}

impl Look {
    /// The look that standard output takes. `NO_COLOR`, set to anything, turns colours off.
    pub(crate) fn of_stdout() -> Self {
        let width = width().map_or(PLAIN_WIDTH, usize::from);
        let unwanted = env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty())
            || env::var_os("TERM").is_some_and(|term| term == "dumb");
        Self {
            width: width.clamp(40, PROSE_WIDTH),
            colours: io::stdout().is_terminal() && !unwanted,
        }
    }
}

/// How some words look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Style {
    /// As they are.
    #[default]
    Plain,
    /// A label or a name.
    Strong,
    /// Reasons and other small print.
    Faint,
    /// A quotation that is evidence.
    Quote,
    /// The words in it that made the rule fire.
    Trigger,
    /// A notice.
    Alert,
    /// What a codebook's rule calls a word.
    Slot,
    /// A named entity.
    Entity,
}

impl Style {
    /// The escape sequence that begins the style, empty for [`Style::Plain`].
    pub(crate) const fn begin(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Strong => "\x1b[1m",
            Self::Faint => "\x1b[2m",
            Self::Quote => "\x1b[1;36m",
            Self::Trigger => "\x1b[1;4;36m",
            Self::Alert => "\x1b[1;33m",
            Self::Slot => "\x1b[36m",
            Self::Entity => "\x1b[35m",
        }
    }

    /// The escape sequence that ends every style.
    pub(crate) const END: &'static str = "\x1b[0m";
}
