"""Annotated passages as rows of words: what each sentence tells, and who plays a part in it.

Words, sentences and trees are those that the program reads (`averment read --format jsonl`), so that training and runtime
cut alike. Four sources: the project's passages (corpus/coder), each sentence of those again alone, the codebook's
own sentences with the claims that the rules make of them (`averment code --format jsonl`), and articles whose claims
corpus/coder holds as ranges without their text.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path

LAST_TAUGHT = 300  # what stands behind this line of a file in SCORED is never trained on: the next hundred are for tuning
SCORED = ("africa", "mideast", "asia-americas")
SCORED_TEXT = 4  # of real texts every fourth is scored only
TUNED_TEXT = 8  # and of eight the second is for tuning


@dataclass
class Claim:
    kind: str
    trigger: list[int]
    head: int
    parts: list[tuple[str, int, list[int]]]  # name, head word, all words
    stance: tuple[str, str] | None = None  # polarity and modality
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
    tested: bool = False  # not to be trained on
    all_told: bool = True  # whether a word without a claim names none
    doubted: set[int] = field(default_factory=set)  # words of which nobody knows whether they name one

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
            row.tested = passage.get("half") == "test" or (file.stem in SCORED and number >= LAST_TAUGHT)
            if "claims" in passage:
                for claim in passage["claims"]:
                    roles = [(role, words) for role, all in claim["roles"].items() for words in all]
                    told = [(part, claim[part]) for part in ("time", "place") if claim[part]]
                    said = [("speaker", words) for words in claim["speaker"]]
                    parts = [(name, find(text, words)) for name, words in roles + told + said]
                    add(row, claim["type"], find(text, claim["trigger"]), parts, stance=(claim["polarity"], claim["modality"]))
            else:
                trigger = find(text, passage["trigger"], passage.get("nth", 1))
                parts = [("speaker", find(text, s["words"])) for s in passage["speakers"]]
                add(row, passage["type"], trigger, parts, stance=(passage["polarity"], passage["modality"]), speakers_alone=True)
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
            stance = (claim["polarity"], claim["modality"])
            add(row, claim["type"], span(claim["trigger"]), [(r["role"], span(r)) for r in claim["roles"]], stance=stance)
        rows.append(row)
    return rows


def standoff(files: list[Path], readings: list[dict], most=100) -> list[Row]:
    """What the lines of `files` tell of texts that lie elsewhere, read in their order, in stretches of whole sentences with
    `most` words or few more."""
    rows = []
    lines = [(file, number, json.loads(line)) for file in files for number, line in enumerate(file.read_text().splitlines())]
    for (file, number, article), given in zip(lines, readings, strict=True):
        whole, text = read_row(file.stem, given), given["text"].encode()
        span = lambda r: (len(text[: r[0]].decode()), len(text[: r[1]].decode()))
        for claim in article["claims"]:
            roles = [(role, words) for role, all in claim["roles"].items() for words in all]
            told = [(part, claim[part]) for part in ("time", "place") if claim.get(part)]
            said = [("speaker", words) for words in claim["speaker"]]
            parts = [(name, span(words)) for name, words in roles + told + said]
            add(whole, claim["type"], span(claim["trigger"]), parts, stance=(claim["polarity"], claim["modality"]))
        whole.doubted = {k for words in article["doubt"] for k in whole.at(*span(words))}
        first = 0
        for end in [k for k in range(1, len(whole.words)) if whole.starts[k]] + [len(whole.words)]:
            if end - first >= most or end == len(whole.words):
                rows.append(stretch(whole, first, end))
                rows[-1].tested = number % SCORED_TEXT == SCORED_TEXT - 1 or number % TUNED_TEXT == 1
                first = end
    return rows


def stretch(row: Row, first: int, end: int) -> Row:
    """The words of a row from `first` to before `end`."""
    cut = lambda values: values[first:end]
    inside = lambda there: [k - first for k in there if first <= k < end]
    heads = [h - first if first <= h < end else -1 for h in cut(row.heads)]
    sentences = [s - row.sentences[first] for s in cut(row.sentences)]
    own = Row(row.source, cut(row.words), cut(row.starts), sentences, heads, cut(row.marks), cut(row.spans), all_told=row.all_told)
    own.doubted = set(inside(sorted(row.doubted)))
    for c in (c for c in row.claims if first <= c.head < end):
        parts = [(name, head - first, inside(there)) for name, head, there in c.parts if first <= head < end]
        own.claims.append(Claim(c.kind, inside(c.trigger), c.head - first, parts, c.stance, c.speakers_alone))
    return own


def alone(row: Row) -> list[Row]:
    """Each sentence of a longer row by itself, so that the model leans on no neighbour."""
    rows = []
    for number in range(row.sentences[-1] + 1 if row.sentences and row.sentences[-1] else 0):
        words = [k for k, s in enumerate(row.sentences) if s == number]
        if len(words) >= 3:
            own = stretch(row, words[0], words[-1] + 1)
            if own.claims or own.all_told:
                rows.append(own)
    return rows
