//! `averment schema`: the published form of the JSON.

use std::io::{self, Write};

use averment_lang::ReadingJson;
use averment_types::{Change, Claim, CodedReport, Decision, Dispute, Incident};
use schemars::schema_for;

use crate::args::SchemaOf;
use crate::exit::Exit;

pub(super) fn run(of: SchemaOf) -> anyhow::Result<Exit> {
    let schema = match of {
        SchemaOf::Report => schema_for!(CodedReport),
        SchemaOf::Claim => schema_for!(Claim),
        SchemaOf::Incident => schema_for!(Incident),
        SchemaOf::Dispute => schema_for!(Dispute),
        SchemaOf::Decision => schema_for!(Decision),
        SchemaOf::Change => schema_for!(Change),
        SchemaOf::Reading => schema_for!(ReadingJson<'_>),
    };
    let mut out = serde_json::to_vec_pretty(&schema)?;
    out.push(b'\n');
    io::stdout().write_all(&out)?;
    Ok(Exit::Done)
}
