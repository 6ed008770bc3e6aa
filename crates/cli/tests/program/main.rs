//! The whole program, run as people run it.

#[cfg(test)]
mod code;
#[cfg(test)]
mod codebook;
#[cfg(test)]
mod explain;
#[cfg(test)]
mod folder;
#[cfg(test)]
mod help;
#[cfg(test)]
mod history;
#[cfg(test)]
mod import;
#[cfg(test)]
mod kept;
#[cfg(test)]
mod kill;
#[cfg(test)]
mod ledger;
#[cfg(test)]
mod lists;
#[cfg(test)]
mod read;
#[cfg(test)]
mod registry;
#[cfg(test)]
mod review;
#[cfg(test)]
mod views;
