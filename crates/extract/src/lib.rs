//! A reading to claims with roles, modality, attribution, casualties and evidence.
