//! Blocks: who is compared with whom. Only members of a common block are.
//!
//! A block that grows large is not compared all with all: a coarse one is given up, for finer ones hold its members
//! too; in a fine one all are compared with a few hubs, the members of the least keys. Both depend on the members
//! alone and not on the order in which they came.

use serde::{Deserialize, Serialize};

use crate::shelf::{Backing, Drawer, Name};

/// A block of more members is large.
const LARGE: usize = 32;
/// Members of a large fine block with which all are compared.
const HUBS: usize = 12;

/// A block's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct BlockKey {
    pub(crate) hash: u64,
    /// Whether its members have so much in common that it must not be given up.
    pub(crate) fine: bool,
}

/// A member: its place in the list that it is of, under a key that is its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Member {
    /// A hash of its id, so that the order does not depend on when it came.
    pub(crate) rank: u64,
    pub(crate) at: u32,
}

/// All blocks of one sort of members.
#[derive(Debug)]
pub(crate) struct Blocks(Drawer<Member>);

impl Blocks {
    pub(crate) fn new(name: Name) -> Self {
        Self(Drawer::new(name))
    }

    pub(crate) fn kept(name: Name, bits: u32, backing: &Backing) -> Self {
        Self(Drawer::kept(name, bits, backing))
    }

    pub(crate) fn drawer(&self) -> &Drawer<Member> {
        &self.0
    }

    /// Puts `member` into the block; the members whose comparisons that changes beyond those with the new one.
    pub(crate) fn insert(&mut self, key: BlockKey, member: Member) -> Vec<Member> {
        self.0.change(key.hash, |block| {
            let Err(at) = block.binary_search(&member) else {
                return Vec::new();
            };
            let before = block.len();
            block.insert(at, member);
            let crossed = before == LARGE;
            let displaced = before > LARGE && key.fine && at < HUBS;
            if crossed || displaced { block.clone() } else { Vec::new() }
        })
    }

    /// Takes `member` out; the members whose comparisons that changes beyond those with it.
    pub(crate) fn remove(&mut self, key: BlockKey, member: Member) -> Vec<Member> {
        self.0.change(key.hash, |block| {
            let Ok(at) = block.binary_search(&member) else {
                return Vec::new();
            };
            block.remove(at);
            let crossed = block.len() == LARGE;
            let displaced = block.len() > LARGE && key.fine && at < HUBS;
            if crossed || displaced { block.clone() } else { Vec::new() }
        })
    }

    /// With whom `member` is compared in the block, perhaps with itself among them.
    pub(crate) fn peers(&self, key: BlockKey, member: Member) -> Vec<Member> {
        self.0.look(key.hash, |block| {
            if block.len() <= LARGE {
                return block.to_vec();
            }
            let hubs = block.get(..HUBS).unwrap_or(block);
            match (key.fine, hubs.contains(&member)) {
                (false, _) => Vec::new(),
                (true, true) => block.to_vec(),
                (true, false) => hubs.to_vec(),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(n: u64) -> Member {
        Member { rank: n, at: u32::try_from(n).unwrap() }
    }

    #[test]
    fn small_blocks_compare_all_and_large_ones_with_hubs() {
        let (fine, coarse) = (BlockKey { hash: 1, fine: true }, BlockKey { hash: 2, fine: false });
        let mut blocks = Blocks::new(Name::Blocks);
        for n in 0..32 {
            assert!(blocks.insert(fine, member(n + 100)).is_empty());
            blocks.insert(coarse, member(n + 100));
        }
        assert_eq!(blocks.peers(fine, member(101)).len(), 32);
        assert_eq!(blocks.insert(fine, member(200)).len(), 33);
        assert_eq!(blocks.peers(fine, member(200)).len(), 12);
        assert_eq!(blocks.peers(fine, member(100)).len(), 33);
        assert_eq!(blocks.insert(fine, member(1)).len(), 34);
        assert!(blocks.insert(fine, member(300)).is_empty());
        blocks.insert(coarse, member(200));
        assert!(blocks.peers(coarse, member(101)).is_empty());
        assert_eq!(blocks.remove(coarse, member(200)).len(), 32);
    }
}
