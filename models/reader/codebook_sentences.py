"""The sentences inside the codebook's rules, as JSON Lines that the program reads."""

import json
import sys
import tomllib
from pathlib import Path

seen = set()
for file in sorted(Path(sys.argv[1]).glob("*.toml")):
    for rule in tomllib.loads(file.read_text()).get("rules", []):
        for sentence in rule.get("codes", []) + rule.get("ignores", []):
            if sentence not in seen:
                print(json.dumps({"id": f"rule-{len(seen)}", "text": sentence}, ensure_ascii=False))
                seen.add(sentence)
