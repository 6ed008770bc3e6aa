//! Toponyms, regions and border zones to geometries with precision and reasons.
