//! What the learnt head says, as templates: one an incident.

use averment_lang::{Reader, ReaderError, ViolencePart};
use averment_types::Report;

use super::score::{Role, Template, normal};

/// The templates that the head gives for `report`.
pub(super) fn templates(reader: &Reader, report: &Report) -> Result<Vec<Template>, ReaderError> {
    let violence = reader.violence(report)?;
    let template = |number: usize, kind: &str| {
        let mut template =
            Template { kinds: [kind.to_owned()].into(), fillers: super::Fillers::new() };
        let own = violence.fillers.iter();
        for filler in own.filter(|filler| filler.incidents.contains(&number)) {
            let role = match filler.part {
                ViolencePart::Person => Role::Person,
                ViolencePart::Group => Role::Group,
                ViolencePart::Object => Role::Object,
                ViolencePart::Victim => Role::Victim,
                ViolencePart::Weapon => Role::Weapon,
            };
            let words = filler.range.slice(&report.text).unwrap_or_default();
            template.fillers.entry(role).or_default().push([normal(words)].into());
        }
        template
    };
    let all = violence.incidents.iter().enumerate();
    let all = all.map(|(number, (kind, _))| template(number, kind));
    Ok(all.filter(|template| !template.fillers.is_empty()).collect())
}
