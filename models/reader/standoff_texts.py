"""Prints the texts of corpora whose claims corpus/coder holds as ranges, a JSON object a line.

    python standoff_texts.py ../../../shared/corpora ../../corpus/coder/newswire.jsonl ... > TEXTS.jsonl
"""

import json
import sys
from functools import cache
from pathlib import Path


@cache
def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def text_of(corpora: Path, line: dict) -> str:
    if "article" in line:
        return (corpora / "en-worldwide-newswire/articles" / line["article"]).read_bytes().decode("utf8", "replace")
    if "sentence" in line:
        return lines(corpora / "event-location/train.jsonl")[line["sentence"]]["text"]
    folder, document = line["document"].rsplit("/", 1)
    return next(d["text"] for d in lines(corpora / "re3d" / folder / "documents.json") if d["_id"] == document)


corpora = Path(sys.argv[1])
for file in sys.argv[2:]:
    for line in lines(Path(file)):
        print(json.dumps({"text": text_of(corpora, line)}))
