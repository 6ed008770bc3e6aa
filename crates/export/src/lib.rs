//! One module a layout: table, csv, json, jsonl, geojson.
