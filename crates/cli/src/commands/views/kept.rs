//! What was derived from a large ledger, taken from the file beside it (`LEDGER.derived`) and brought up to date.
//!
//! The file is nobody's source. It is taken only where this very program made it, with these actors, of this ledger; new reports are
//! taken into the room whose pages it keeps, and change what they concern. After a new revision, a recoding or a decision, and where
//! anything is not as it was written, everything is derived anew. The file may be removed at any time.

use std::sync::Arc;
use std::time::UNIX_EPOCH;

use averment_corroborate::{Archive, Corroborator, HistoryEntry};
use averment_ledger::{Derived, Ledger, Mark, Since};
use averment_types::{ActorId, Digest, Dispute, Incident};

use super::room::{Context, Views, decisions};

/// From so many reports on what was derived is kept; of fewer it is derived as fast as it could be read.
pub(super) const LEAST: u64 = 256;

/// The file of a ledger, up to date.
#[derive(Debug)]
pub(super) struct Kept<'c> {
    file: Arc<Pages>,
    context: &'c Context,
    ledger: &'c Ledger,
}

/// The file, as the room reads it.
#[derive(Debug)]
struct Pages(Derived);

impl Archive for Pages {
    fn page(&self, list: u8, page: u64) -> Option<Vec<u8>> {
        self.0.page(list, page)
    }
}

impl<'c> Kept<'c> {
    /// The file, brought up to date if reports are new before the ledger's `mark`; `None` when it cannot be taken.
    pub(super) fn open(
        ledger: &'c Ledger,
        context: &'c Context,
        mark: &Mark,
    ) -> anyhow::Result<Option<Self>> {
        let made = made(context);
        let Some(file) = Derived::open(ledger.path(), &made) else {
            return Ok(None);
        };
        let since = ledger.since(file.mark())?;
        let kept = Self { file: Arc::new(Pages(file)), context, ledger };
        Ok(match since {
            Since::Nothing => Some(kept),
            Since::Reports => kept.grow(&made, mark)?.then_some(kept),
            _ => None,
        })
    }

    /// Takes the new reports in; whether that is kept. It is not where what was kept cannot be read or written.
    fn grow(&self, made: &Digest, mark: &Mark) -> anyhow::Result<bool> {
        let Some(change) = self.file.0.change() else {
            return Ok(false);
        };
        let Some(mut room) = self.room()? else {
            return Ok(false);
        };
        self.ledger.for_each_counting_since(self.file.0.mark(), |coded| {
            room.add(&coded);
            anyhow::Ok(())
        })?;
        room.settle();
        room.for_each_changed_view(|view| {
            change.view(&view.of, view.incident.as_ref(), &view.disputes);
        });
        room.keep(|list, page, bytes| change.page(list, page, &bytes));
        let done = !room.is_damaged() && change.finish(made, mark);
        if done {
            // To take what was read of it apart again costs as much as reading it.
            std::mem::forget(room);
        }
        Ok(done)
    }

    /// The room whose pages were kept; `None` when it cannot be opened.
    fn room(&self) -> anyhow::Result<Option<Corroborator>> {
        let decisions = decisions(self.ledger)?;
        let file: Arc<dyn Archive> = self.file.clone();
        Ok(Corroborator::open(self.context.registry()?, decisions, file)?)
    }
}

impl Views for Kept<'_> {
    fn incidents_named(&self, id: &str) -> Option<Vec<Incident>> {
        self.file.0.incidents_named(id)
    }

    fn disputes_named(&self, id: &str) -> Option<Vec<Dispute>> {
        self.file.0.disputes_named(id)
    }

    fn history(&self, actor: &ActorId) -> Option<Vec<HistoryEntry>> {
        let room = self.room().ok()??;
        let lines = room.history(actor);
        (!room.is_damaged()).then_some(lines)
    }
}

/// Keeps the room and what it says. Where there is no room or no right to, nothing is kept: that costs time and nothing else.
pub(super) fn keep(ledger: &Ledger, context: &Context, room: &Corroborator, mark: &Mark) {
    if let Some(file) = Derived::begin(ledger.path()) {
        room.for_each_view(|view| file.view(&view.of, view.incident.as_ref(), &view.disputes));
        room.keep(|list, page, bytes| file.page(list, page, &bytes));
        file.finish(&made(context), mark);
    }
}

/// Of what a room is made besides the ledger: the program and the actors.
fn made(context: &Context) -> Digest {
    let program = program();
    let mut parts = vec![program.as_bytes()];
    parts.extend(context.actors.iter().map(|(_, text)| text.as_bytes()));
    Digest::of(&parts)
}

/// What tells this program from any other build of it: its version, its size, when it was made.
fn program() -> String {
    let made = || {
        let meta = std::fs::metadata(std::env::current_exe().ok()?).ok()?;
        let time = meta.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        Some(format!("{} {}", meta.len(), time.as_nanos()))
    };
    format!("{} {}", env!("CARGO_PKG_VERSION"), made().unwrap_or_default())
}
