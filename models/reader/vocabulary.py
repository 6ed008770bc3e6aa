"""Smaller vocabularies: the pieces that English news needs, and a tokenizer that knows no others.

A word whose piece is gone is cut into smaller pieces by the same tokenizer; single characters of the Latin
script stay, so that few words become unknown.
"""

import re
from collections import Counter
from pathlib import Path

from tokenizers import Tokenizer

LATIN = "\u0250"  # the first character behind the Latin blocks
MARKS = {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "<s>", "<pad>", "</s>", "<unk>"}


def bare(piece: str) -> str:
    return piece.removeprefix("##").removeprefix("▁")


def kept_pieces(tokenizer: Tokenizer, texts: list[Path], keep: int) -> list[int]:
    """Ids of the `keep` pieces that the texts use most, in the three letter cases, marks and single letters first."""
    tokenizer.no_padding()
    tokenizer.no_truncation()
    words: Counter = Counter()
    for path in texts:
        words.update(re.findall(r"\S+", path.read_text(encoding="utf-8", errors="replace")))
    counts: Counter = Counter()
    for word, count in words.items():
        for form, weight in ((word, 4), (word.lower(), 1), (word.upper(), 1), (word.title(), 1)):
            for piece in tokenizer.encode(form, add_special_tokens=False).ids:
                counts[piece] += weight * min(count, 50)
    vocabulary = tokenizer.get_vocab()
    always = {i for p, i in vocabulary.items() if p in MARKS or len(bare(p)) <= 1 and (bare(p) or "a") < LATIN}
    rest = sorted((i for i in counts if i not in always), key=lambda i: (-counts[i], i))
    return sorted(always | set(rest[: max(0, keep - len(always))]))


def pruned(tokenizer: dict, kept: list[int]) -> dict:
    """A tokenizer.json that has the pieces `kept` alone, numbered in their order."""
    model = tokenizer["model"]
    if model["type"] == "Unigram":
        vocabulary = [model["vocab"][i] for i in kept if i < len(model["vocab"])]
        vocabulary = [[piece, round(score, 4)] for piece, score in vocabulary]
        names = [piece for piece, _ in vocabulary]
        model = model | {"vocab": vocabulary, "unk_id": names.index("<unk>")}
    else:
        by_id = {i: piece for piece, i in model["vocab"].items()}
        names = [by_id[i] for i in kept]
        model = model | {"vocab": {piece: i for i, piece in enumerate(names)}}
    added = [t | {"id": names.index(t["content"])} for t in tokenizer["added_tokens"] if t["content"] in names]
    none = dict.fromkeys(("truncation", "padding", "post_processor"))
    return tokenizer | none | {"model": model, "added_tokens": added}
