"""Annotated passages as rows of words: what each sentence tells, and who plays a part in it.

Words, sentences and trees are those that the program reads (`averment read --format jsonl`), so that training and runtime
cut alike. Three sources: the project's passages (corpus/coder), each sentence of those again alone, and the codebook's
own sentences with the claims that the rules make of them (`averment code --format jsonl`).
"""

import json
from dataclasses import dataclass, field
from pathlib import Path

LAST_TUNED = 400  # what stands behind this line of a file in SCORED is never trained on
SCORED = ("africa", "mideast", "asia-americas")


@dataclass
class Claim:
    kind: str
    trigger: list[int]
    head: int
    parts: list[tuple[str, int, list[int]]]  # name, head word, all words
    speakers_alone: bool = False  # nothing is known of its other parts


@dataclass
class Row:
    source: str
    words: list[str] = field(default_factory=list)
    starts: list[bool] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    marks: list[bool] = field(default_factory=list)  # punctuation and prepositions head no part
    spans: list[tuple[int, int]] = field(default_factory=list)  # characters of the text
    claims: list[Claim] = field(default_factory=list)
    tested: bool = False
    all_told: bool = True  # whether a word without a claim names none

    def at(self, start: int, end: int) -> list[int]:
        return [k for k, (a, e) in enumerate(self.spans) if a < end and start < e]

    def head(self, words: list[int]) -> int | None:
        outward = [k for k in words if self.heads[k] not in words and not self.marks[k]]
        return next(iter(outward or words), None)


def read_row(source: str, read: dict) -> Row:
    """The words of one report as `averment read` prints it."""
    row, text = Row(source), read["text"].encode()
    chars = lambda at: len(text[:at].decode())
    for number, sentence in enumerate(read["sentences"]):
        base = len(row.words)
        for k, token in enumerate(sentence["tokens"]):
            row.words.append(token["form"])
            row.starts.append(k == 0)
            row.sentences.append(number)
            row.heads.append(base + token["head"] - 1 if token["head"] else -1)
            row.marks.append(token["upos"] == "PUNCT" or token["deprel"] == "case")
            row.spans.append((chars(token["range"]["start"]), chars(token["range"]["end"])))
    return row


def find(text: str, words: str, nth: int = 1) -> tuple[int, int] | None:
    at = -1
    for _ in range(nth):
        at = text.find(words, at + 1)
    return (at, at + len(words)) if at >= 0 else None


def add(row: Row, kind: str, trigger, parts, **known):
    words = row.at(*trigger) if trigger else []
    if not words:
        return
    placed = [(name, row.at(*span)) for name, span in parts if span]
    head = row.head(words)
    parts = [(name, row.head(there), there) for name, there in placed if there]
    row.claims.append(Claim(kind, words, head, [p for p in parts if p[1] != head], **known))


def annotated(files: list[Path], read: dict[str, dict]) -> list[Row]:
    """The passages of `files`, whose readings stand under their text."""
    rows = []
    for file in files:
        for number, line in enumerate(file.read_text().splitlines()):
            passage = json.loads(line)
            text = passage["text"]
            row = read_row(file.stem, read[text.strip()])
            row.tested = passage.get("half") == "test" or (file.stem in SCORED and number >= LAST_TUNED)
            if "claims" in passage:
                for claim in passage["claims"]:
                    roles = [(role, words) for role, all in claim["roles"].items() for words in all]
                    told = [(part, claim[part]) for part in ("time", "place") if claim[part]]
                    said = [("speaker", words) for words in claim["speaker"]]
                    parts = [(name, find(text, words)) for name, words in roles + told + said]
                    add(row, claim["type"], find(text, claim["trigger"]), parts)
            else:
                trigger = find(text, passage["trigger"], passage.get("nth", 1))
                parts = [("speaker", find(text, s["words"])) for s in passage["speakers"]]
                add(row, passage["type"], trigger, parts, speakers_alone=True)
                row.all_told = False
            rows.append(row)
    return rows


def coded(readings: list[dict], reports: list[dict]) -> list[Row]:
    """Sentences with the claims that the coder makes of them."""
    rows = []
    for read, report in zip(readings, reports, strict=True):
        row, text = read_row("codebook", read), report["text"].encode()
        span = lambda r: (len(text[: r["start"]].decode()), len(text[: r["end"]].decode()))
        for claim in report["claims"]:
            add(row, claim["type"], span(claim["trigger"]), [(r["role"], span(r)) for r in claim["roles"]])
        rows.append(row)
    return rows


def alone(row: Row) -> list[Row]:
    """Each sentence of a longer row by itself, so that the model leans on no neighbour."""
    rows = []
    for number in range(row.sentences[-1] + 1 if row.sentences and row.sentences[-1] else 0):
        words = [k for k, s in enumerate(row.sentences) if s == number]
        first, end = words[0], words[-1] + 1
        if end - first < 3:
            continue
        cut = lambda values: values[first:end]
        own = Row(row.source, cut(row.words), cut(row.starts), [0] * (end - first), [h - first if h >= 0 else -1 for h in cut(row.heads)],
                  cut(row.marks), cut(row.spans), all_told=row.all_told)
        for c in (c for c in row.claims if first <= c.head < end):
            inside = lambda there: [k - first for k in there if first <= k < end]
            parts = [(name, head - first, inside(there)) for name, head, there in c.parts if first <= head < end]
            own.claims.append(Claim(c.kind, inside(c.trigger), c.head - first, parts, c.speakers_alone))
        if own.claims or own.all_told:
            rows.append(own)
    return rows
