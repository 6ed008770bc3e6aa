"""Documents to windows of consecutive sentences, and windows to padded batches."""

import random
from collections import Counter
from dataclasses import dataclass

import torch

from augment import roughen
from encoder import CASES, Pieces, case_class
from lemma import rule
from treebank import Sentence

IGNORE = -100
FAR = -1e4
LONGEST = 240  # pieces of a training window


@dataclass
class Labels:
    """The label sets, in the order of the classifiers' outputs."""

    upos: list[str]
    feats: list[str]
    lemma: list[str]
    relation: list[str]
    entity: list[str]

    @classmethod
    def of(cls, trees: list[list[Sentence]], newswire: list[list[Sentence]]) -> "Labels":
        counts = {name: Counter() for name in ("upos", "feats", "lemma", "relation", "entity")}
        for document in trees:
            for s in document:
                counts["upos"].update(s.upos)
                counts["feats"].update(s.feats)
                counts["relation"].update(s.relations)
                for word, lemma in zip(s.words, s.lemmas):
                    counts["lemma"].update((rule(word, lemma), rule(word.upper(), lemma)))
        for document in newswire:
            for s in document:
                counts["entity"].update(s.entities)
        kept = lambda name, least: sorted(l for l, n in counts[name].items() if n >= least)
        kinds = sorted({l[2:] for l in kept("entity", 1) if l != "O"})
        entity = ["O"] + [f"{position}-{kind}" for kind in kinds for position in "BI"]
        return cls(kept("upos", 1), kept("feats", 2), kept("lemma", 3), kept("relation", 2), entity)

    def indices(self) -> dict[str, dict[str, int]]:
        return {name: {l: i for i, l in enumerate(values)} for name, values in vars(self).items()}


def cut(documents, pieces: Pieces, rng: random.Random):
    """Windows of random lengths, so that the reader knows sentences with company and alone."""
    windows = []
    for document in documents:
        window, length, budget = [], 0, 0
        for sentence in document:
            size = sum(len(pieces.of(w)) for w in sentence.words)
            if window and length + size > budget:
                windows.append(window)
                window, length = [], 0
            if not window:
                budget = rng.randint(1, 40) if rng.random() < 0.25 else rng.randint(40, 150)
            window.append(sentence)
            length += size
        if window:
            windows.append(window)
    return windows


def encode(window: list[Sentence], pieces: Pieces, index) -> dict | None:
    """One window as lists of numbers; `None` when it is longer than a window may be."""
    out = {k: [] for k in ("ids", "cases", "first", "sentence", "upos", "feats", "lemma", "heads", "relation", "entity")}
    out["ids"].append(pieces.first)
    out["cases"].append(CASES - 1)
    for number, s in enumerate(window):
        base = len(out["first"])
        for i, word in enumerate(s.words):
            ids = pieces.of(word)
            case = case_class(word) + (CASES if s.starts[i] else 0)
            out["first"].append(len(out["ids"]))
            out["ids"] += ids
            out["cases"] += [case] + [case % CASES] * (len(ids) - 1)
            out["sentence"].append(number)
            if s.heads:
                out["upos"].append(index["upos"].get(s.upos[i], IGNORE))
                out["feats"].append(index["feats"].get(s.feats[i], IGNORE))
                out["lemma"].append(index["lemma"].get(rule(word, s.lemmas[i]), IGNORE))
                out["heads"].append(base + s.heads[i])
                root = s.heads[i] == i
                out["relation"].append(IGNORE if root else index["relation"].get(s.relations[i], IGNORE))
            else:
                for name in ("upos", "feats", "lemma", "heads", "relation"):
                    out[name].append(IGNORE)
            out["entity"].append(index["entity"][s.entities[i]] if s.entities else IGNORE)
    out["ids"].append(pieces.last)
    out["cases"].append(CASES - 1)
    return out if len(out["ids"]) <= LONGEST + 2 else None


def collate(rows: list[dict]) -> dict[str, torch.Tensor]:
    length, words = max(len(r["ids"]) for r in rows), max(len(r["first"]) for r in rows)
    def pad(name, size, fill):
        return torch.tensor([r[name] + [fill] * (size - len(r[name])) for r in rows])
    batch = {"ids": pad("ids", length, 0), "cases": pad("cases", length, CASES - 1)}
    mask = torch.tensor([[0.0] * len(r["ids"]) + [FAR] * (length - len(r["ids"])) for r in rows])
    batch["mask"] = mask[:, None, None, :].bfloat16()
    batch["first"] = pad("first", words, 0)
    batch["sentence"] = pad("sentence", words, -1)
    for name in ("upos", "feats", "lemma", "heads", "relation", "entity"):
        batch[name] = pad(name, words, IGNORE)
    return batch


def words_of(window: list[Sentence]) -> list[str]:
    return [word for sentence in window for word in sentence.words]


def epoch(documents, pieces, index, rng: random.Random, tokens: int, mix: dict[str, float], teachers: list[Pieces] = ()):
    """Shuffled batches of about `tokens` pieces, windows of like length together.

    Each row has the same window as each teacher reads it, under "taught": as it was before it was roughened, where the
    words are still one to one, so that a student that sees a slip learns what a teacher says who does not; "respelt" marks those words."""
    rows = []
    for window in cut(documents, pieces, rng):
        rough = roughen(window, rng, mix)
        row = encode(rough, pieces, index)
        if row is None or not row["first"]:
            continue
        before, after = words_of(window), words_of(rough)
        plain = window if len(before) == len(after) else rough
        row["respelt"] = [one != other for one, other in zip(words_of(plain), after)]
        row["taught"] = [encode(plain, theirs, index) for theirs in teachers]
        if None not in row["taught"]:
            rows.append(row)
    rng.shuffle(rows)
    batches, size = [], 64 * 24
    for start in range(0, len(rows), size):
        chunk = sorted(rows[start : start + size], key=lambda r: len(r["ids"]))
        batch, longest = [], 0
        for row in chunk:
            longest = max(longest, len(row["ids"]))
            if batch and longest * (len(batch) + 1) > tokens:
                batches.append(batch)
                batch, longest = [], len(row["ids"])
            batch.append(row)
        if batch:
            batches.append(batch)
    rng.shuffle(batches)
    return batches
