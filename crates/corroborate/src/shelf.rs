//! What the room remembers: lists by number and drawers by hash, in memory, or on pages that are fetched when they are asked
//! for and written back when they changed.
//!
//! A room of a hundred thousand reports takes a gigabyte; one more report looks at some hundred entries of it. So what
//! was kept of a room is read page by page, and only what changed is kept again.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::hash::{ByHash, hash, join};

/// Entries of all its lists, and one for each list, that a page of a drawer has on average when a room is first kept.
const ENTRIES: usize = 128;

/// Where the pages of a room that was kept are read from.
pub trait Archive: fmt::Debug + Send + Sync {
    /// The bytes that were kept as this page of this list; `None` when there are none or they cannot be read.
    fn page(&self, list: u8, page: u64) -> Option<Vec<u8>>;
}

/// Takes pages to keep: the shelf, the number of the page, its bytes.
pub(crate) type Put<'p> = dyn FnMut(u8, u64, Vec<u8>) + 'p;

/// The shelves, by the numbers under which their pages are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Name {
    Head,
    Docs,
    Facts,
    ByReport,
    ByClaim,
    BlockKeys,
    Blocks,
    Links,
    LinkedParts,
    LinkedMembers,
    Groups,
    GroupOf,
    ByActor,
    InQuestion,
    Postings,
    Bands,
    Vectors,
    Near,
    NearParts,
    NearMembers,
    Places,
    Tellers,
}

/// Pages that were kept, and whether one of them was found not to be what was kept.
#[derive(Debug, Clone)]
pub(crate) struct Backing {
    archive: Arc<dyn Archive>,
    damaged: Arc<AtomicBool>,
}

impl Backing {
    pub(crate) fn new(archive: Arc<dyn Archive>) -> Self {
        Self { archive, damaged: Arc::default() }
    }

    /// Whether some page was missing or not what was kept.
    pub(crate) fn is_damaged(&self) -> bool {
        self.damaged.load(Ordering::Relaxed)
    }

    /// What the page holds; `None`, and damage, when it is not there as it was kept.
    pub(crate) fn read<T: DeserializeOwned>(&self, name: Name, page: u64) -> Option<T> {
        let found = self.archive.page(name as u8, page).and_then(|bytes| {
            let (body, seal) = bytes.split_last_chunk::<8>()?;
            (u64::from_le_bytes(*seal) == sealed(name, page, body)).then_some(())?;
            postcard::from_bytes(body).ok()
        });
        if found.is_none() {
            self.damaged.store(true, Ordering::Relaxed);
        }
        found
    }
}

/// A digest of a page, its shelf and number: no page passes for another.
fn sealed(name: Name, page: u64, body: &[u8]) -> u64 {
    join(&[hash(body), name as u64, page])
}

/// Keeps `body` as a page, sealed.
pub(crate) fn put_page<T: Serialize>(put: &mut Put<'_>, name: Name, page: u64, body: &T) {
    // Whatever cannot be written is missing when it is read, and the room is then derived anew.
    if let Ok(mut bytes) = postcard::to_allocvec(body) {
        let seal = sealed(name, page, &bytes);
        bytes.extend_from_slice(&seal.to_le_bytes());
        put(name as u8, page, bytes);
    }
}

/// A list of `T` by number, `PAGE` of them a page.
#[derive(Debug)]
pub(crate) struct Shelf<T, const PAGE: usize> {
    name: Name,
    length: usize,
    pages: Vec<OnceCell<Vec<T>>>,
    backing: Option<Backing>,
    /// Pages that changed since they were kept; not noted of a room that never was.
    changed: BTreeSet<usize>,
}

impl<T: Serialize + DeserializeOwned, const PAGE: usize> Shelf<T, PAGE> {
    /// An empty list.
    pub(crate) const fn new(name: Name) -> Self {
        Self { name, length: 0, pages: Vec::new(), backing: None, changed: BTreeSet::new() }
    }

    /// A list of so many, whose pages were kept.
    pub(crate) fn kept(name: Name, length: usize, backing: &Backing) -> Self {
        let pages = std::iter::repeat_with(OnceCell::new).take(length.div_ceil(PAGE)).collect();
        Self { name, length, pages, backing: Some(backing.clone()), changed: BTreeSet::new() }
    }

    pub(crate) const fn len(&self) -> usize {
        self.length
    }

    pub(crate) fn get(&self, at: u32) -> Option<&T> {
        let (page, at) = (at as usize / PAGE, at as usize % PAGE);
        self.pages.get(page)?.get_or_init(|| self.fetch(page)).get(at)
    }

    pub(crate) fn get_mut(&mut self, at: u32) -> Option<&mut T> {
        let (page, at) = (at as usize / PAGE, at as usize % PAGE);
        self.page_mut(page)?.get_mut(at)
    }

    pub(crate) fn push(&mut self, value: T) {
        let page = self.length / PAGE;
        if page == self.pages.len() {
            self.pages.push(OnceCell::from(Vec::with_capacity(PAGE)));
        }
        self.length += 1;
        if let Some(values) = self.page_mut(page) {
            values.push(value);
        }
    }

    /// All of them with their numbers.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, &T)> {
        (0..self.length).filter_map(|at| {
            let at = u32::try_from(at).ok()?;
            Some((at, self.get(at)?))
        })
    }

    /// Keeps the pages that changed, or all of a room that was never kept.
    pub(crate) fn keep(&self, put: &mut Put<'_>) {
        let keep = |page: &usize| self.backing.is_none() || self.changed.contains(page);
        for page in (0..self.pages.len()).filter(keep) {
            if let Some(values) = self.pages.get(page).and_then(OnceCell::get) {
                put_page(put, self.name, page as u64, values);
            }
        }
    }

    fn page_mut(&mut self, page: usize) -> Option<&mut Vec<T>> {
        self.pages.get(page)?.get_or_init(|| self.fetch(page));
        if self.backing.is_some() {
            self.changed.insert(page);
        }
        self.pages.get_mut(page)?.get_mut()
    }

    fn fetch(&self, page: usize) -> Vec<T> {
        let kept = self.backing.as_ref();
        kept.and_then(|kept| kept.read(self.name, page as u64)).unwrap_or_default()
    }
}

/// Lists of `T` by a hash of what they are of.
#[derive(Debug)]
pub(crate) struct Drawer<T> {
    name: Name,
    lists: RefCell<ByHash<u64, Vec<T>>>,
    backing: Option<Backing>,
    /// As many first bits of a key say which page it is on.
    bits: u32,
    fetched: RefCell<BTreeSet<u64>>,
    changed: BTreeSet<u64>,
}

impl<T: Serialize + DeserializeOwned> Drawer<T> {
    /// An empty drawer.
    pub(crate) fn new(name: Name) -> Self {
        Self {
            name,
            lists: RefCell::default(),
            backing: None,
            bits: 0,
            fetched: RefCell::default(),
            changed: BTreeSet::new(),
        }
    }

    /// A drawer whose pages were kept, numbered by so many bits.
    pub(crate) fn kept(name: Name, bits: u32, backing: &Backing) -> Self {
        Self { backing: Some(backing.clone()), bits, ..Self::new(name) }
    }

    /// What `look` makes of the list of `key`.
    pub(crate) fn look<R>(&self, key: u64, look: impl FnOnce(&[T]) -> R) -> R {
        self.fetch(key);
        look(self.lists.borrow().get(&key).map_or(&[], Vec::as_slice))
    }

    /// Changes the list of `key`.
    pub(crate) fn change<R>(&mut self, key: u64, change: impl FnOnce(&mut Vec<T>) -> R) -> R {
        self.fetch(key);
        if self.backing.is_some() {
            self.changed.insert(page_of(key, self.bits));
        }
        let lists = self.lists.get_mut();
        let list = lists.entry(key).or_default();
        let result = change(list);
        if list.is_empty() {
            lists.remove(&key);
        }
        result
    }

    /// How many bits number its pages when it is kept.
    pub(crate) fn bits(&self) -> u32 {
        if self.backing.is_some() {
            return self.bits;
        }
        let entries: usize = self.lists.borrow().values().map(|list| list.len() + 1).sum();
        (entries / ENTRIES).max(1).ilog2()
    }

    /// Keeps the pages that changed, or all of a room that was never kept.
    pub(crate) fn keep(&self, put: &mut Put<'_>) {
        let bits = self.bits();
        let lists = self.lists.borrow();
        let keep =
            |key: &u64| self.backing.is_none() || self.changed.contains(&page_of(*key, bits));
        let mut keys: Vec<u64> = lists.keys().copied().filter(keep).collect();
        keys.sort_unstable();
        let pages: Vec<u64> = match self.backing {
            None => (0..1 << bits).collect(),
            Some(_) => self.changed.iter().copied().collect(),
        };
        let mut rest = keys.as_slice();
        for page in pages {
            let (mine, others) =
                rest.split_at(rest.partition_point(|key| page_of(*key, bits) <= page));
            rest = others;
            let entries: Vec<(u64, &Vec<T>)> =
                mine.iter().filter_map(|key| Some((*key, lists.get(key)?))).collect();
            put_page(put, self.name, page, &entries);
        }
    }

    /// Brings the page of `key` into memory.
    fn fetch(&self, key: u64) {
        let Some(backing) = &self.backing else {
            return;
        };
        let page = page_of(key, self.bits);
        if self.fetched.borrow_mut().insert(page) {
            let entries: Vec<(u64, Vec<T>)> = backing.read(self.name, page).unwrap_or_default();
            self.lists.borrow_mut().extend(entries);
        }
    }
}

const fn page_of(key: u64, bits: u32) -> u64 {
    if bits == 0 { 0 } else { key >> (64 - bits) }
}

/// What has to be known of a kept room before any other page is read.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Head {
    pub(crate) reports: usize,
    pub(crate) claims: usize,
    /// The reports that there were when the pages of the drawers were laid out.
    pub(crate) laid_out: usize,
    /// The bits of each drawer.
    pub(crate) bits: [u32; 8],
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;
    use std::sync::Mutex;

    #[derive(Debug, Default)]
    struct Box(Mutex<BTreeMap<(u8, u64), Vec<u8>>>);

    impl Archive for Box {
        fn page(&self, list: u8, page: u64) -> Option<Vec<u8>> {
            self.0.lock().unwrap().get(&(list, page)).cloned()
        }
    }

    impl Box {
        fn put(&self) -> impl FnMut(u8, u64, Vec<u8>) + '_ {
            |shelf, page, bytes| drop(self.0.lock().unwrap().insert((shelf, page), bytes))
        }
    }

    #[test]
    fn what_was_kept_is_read_and_what_changed_is_kept_again() {
        let pages = Arc::new(Box::default());
        let mut list: Shelf<u32, 4> = Shelf::new(Name::Facts);
        (0..10).for_each(|n| list.push(n * n));
        list.keep(&mut pages.put());
        assert_eq!(pages.0.lock().unwrap().len(), 3);
        let backing = Backing::new(pages.clone());
        let mut again: Shelf<u32, 4> = Shelf::kept(Name::Facts, 10, &backing);
        assert_eq!((again.get(9), again.get(10)), (Some(&81), None));
        again.push(100);
        *again.get_mut(0).unwrap() = 7;
        let mut rewritten = Vec::new();
        again.keep(&mut |_, page, _| rewritten.push(page));
        assert_eq!(rewritten, [0, 2]);
        again.keep(&mut pages.put());
        let third: Shelf<u32, 4> = Shelf::kept(Name::Facts, 11, &backing);
        let all: Vec<u32> = third.iter().map(|(_, n)| *n).collect();
        assert_eq!(all, [7, 1, 4, 9, 16, 25, 36, 49, 64, 81, 100]);
        assert!(!backing.is_damaged());
    }

    #[test]
    fn drawers_are_kept_by_pages_of_keys() {
        let pages = Arc::new(Box::default());
        let key = |n: u64| crate::hash::mix(n + 1);
        let mut drawer: Drawer<u64> = Drawer::new(Name::Blocks);
        (0..1000).for_each(|n| drawer.change(key(n % 300), |list| list.push(n)));
        drawer.keep(&mut pages.put());
        let bits = drawer.bits();
        assert_eq!((bits, pages.0.lock().unwrap().len()), (3, 8));
        let backing = Backing::new(pages.clone());
        let mut again: Drawer<u64> = Drawer::kept(Name::Blocks, bits, &backing);
        assert_eq!(again.look(key(5), <[u64]>::to_vec), [5, 305, 605, 905]);
        assert!(again.look(key(700), <[u64]>::is_empty));
        again.change(key(5), Vec::clear);
        again.change(key(700), |list| list.push(1));
        again.keep(&mut pages.put());
        let third: Drawer<u64> = Drawer::kept(Name::Blocks, bits, &backing);
        assert!(third.look(key(5), <[u64]>::is_empty));
        assert_eq!(third.look(key(700), <[u64]>::to_vec), [1]);
        assert_eq!(third.look(key(6), <[u64]>::len), 4);
        assert!(!backing.is_damaged());
    }

    #[test]
    fn a_page_that_is_not_what_was_kept_is_noticed() {
        let pages = Arc::new(Box::default());
        let mut list: Shelf<u32, 4> = Shelf::new(Name::Facts);
        (0..8).for_each(|n| list.push(n));
        list.keep(&mut pages.put());
        let whole = pages.0.lock().unwrap().clone();
        let bytes = whole[&(Name::Facts as u8, 1)].len();
        for at in 0..bytes {
            *pages.0.lock().unwrap() = whole.clone();
            pages.0.lock().unwrap().get_mut(&(Name::Facts as u8, 1)).unwrap()[at] ^= 16;
            let backing = Backing::new(pages.clone());
            let again: Shelf<u32, 4> = Shelf::kept(Name::Facts, 8, &backing);
            assert_eq!((again.get(1), again.get(5)), (Some(&1), None), "byte {at}");
            assert!(backing.is_damaged());
        }
        pages.0.lock().unwrap().clear();
        let backing = Backing::new(pages);
        let drawer: Drawer<u32> = Drawer::kept(Name::Blocks, 2, &backing);
        assert!(drawer.look(1, <[u32]>::is_empty) && backing.is_damaged());
    }
}
