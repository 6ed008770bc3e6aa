"""Reads the training corpora: CoNLL-U treebanks and BIO-tagged newswire.

A document is a list of `Sentence`s in the order of the text. A treebank's sentences have trees and no
entities; newswire has entities and no trees. The heads of a `Sentence` count from 0; a root is its own head.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Sentence:
    words: list[str]
    upos: list[str] = field(default_factory=list)
    feats: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    relations: list[str] = field(default_factory=list)
    entities: list[str] = field(default_factory=list)
    starts: list[bool] = field(default_factory=list)


def read_conllu(path: Path) -> list[list[Sentence]]:
    """The documents of a treebank; multi-word ranges and empty nodes are left out."""
    documents: list[list[Sentence]] = []
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        if not documents or "# newdoc" in block:
            documents.append([])
        rows = [line.split("\t") for line in block.split("\n") if not line.startswith("#")]
        rows = [row for row in rows if row[0].isdigit()]
        heads = [int(row[6]) for row in rows]
        documents[-1].append(
            Sentence(
                words=[row[1] for row in rows],
                upos=[row[3] for row in rows],
                feats=[row[5] for row in rows],
                lemmas=[row[2] for row in rows],
                heads=[i if head == 0 else head - 1 for i, head in enumerate(heads)],
                relations=[row[7] for row in rows],
                starts=[i == 0 for i in range(len(rows))],
            )
        )
    return documents


CLOSING = {'"', "''", "”", "’", "'", ")", "]", "»"}


def sentence_starts(words: list[str]) -> list[bool]:
    """Where sentences begin in a tagged block, which is often a whole paragraph."""
    starts = [False] * len(words)
    fresh = True
    for i, word in enumerate(words):
        begins = word[:1].isupper() or word[:1].isdigit() or not word[:1].isalnum()
        if fresh and begins and word not in CLOSING:
            starts[i], fresh = True, False
        elif fresh and word not in CLOSING:
            fresh = False
        if word in {".", "!", "?", "...", "…"}:
            fresh = True
    if starts:
        starts[0] = True
    return starts


def read_newswire(path: Path) -> list[list[Sentence]]:
    """The articles of the Worldwide Newswire corpus, a block a `Sentence`."""
    documents = []
    for article in re.split(r"^# file = .*$", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
        document = []
        for block in article.strip("\n").split("\n\n"):
            rows = [line.split("\t") for line in block.split("\n") if "\t" in line]
            if rows:
                words = [row[0] for row in rows]
                document.append(
                    Sentence(words=words, entities=[r[1] for r in rows], starts=sentence_starts(words))
                )
        documents.append(document)
    return documents
