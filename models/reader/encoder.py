"""A BERT encoder with letter case as a further input, and the tokenizer that goes with it."""

import json
import math
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import nn

CASES = 7  # lower, Title, UPPER, single upper, mixed, holds a figure, none


def case_class(word: str) -> int:
    """The letter case of a whole word, as the runtime tells it too."""
    if any(c.isdigit() for c in word):
        return 5
    letters = [c for c in word if c.isalpha()]
    if not letters or not any(c.isupper() or c.islower() for c in letters):
        return 6
    if not any(c.isupper() for c in letters):
        return 0
    if not any(c.islower() for c in letters):
        return 3 if len(letters) == 1 else 2
    if letters[0].isupper() and not any(c.isupper() for c in letters[1:]):
        return 1
    return 4


class Pieces:
    """Words to ids of word pieces, cached; a word that the tokenizer drops is one unknown piece."""

    def __init__(self, path: Path, first: int, last: int, unknown: int):
        self.tokenizer = Tokenizer.from_file(str(path))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.first, self.last, self.unknown = first, last, unknown
        self.known: dict[str, list[int]] = {}

    def of(self, word: str) -> list[int]:
        ids = self.known.get(word)
        if ids is None:
            ids = self.tokenizer.encode(word, add_special_tokens=False).ids[:16] or [self.unknown]
            self.known[word] = ids
        return ids


class Drop(nn.Module):
    """Dropout with one mask for all words of a window: as good here, and its random numbers are few."""

    def __init__(self, share: float):
        super().__init__()
        self.share = share

    def forward(self, x):
        if not self.training or self.share == 0.0:
            return x
        shape = (x.shape[0], *[1] * (x.dim() - 2), x.shape[-1]) if x.dim() > 2 else x.shape
        kept = torch.empty(shape, dtype=x.dtype).bernoulli_(1.0 - self.share)
        return x * (kept / (1.0 - self.share))


class Layer(nn.Module):
    def __init__(self, width: int, heads: int, inner: int, eps: float, dropout: float):
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(width, width)
        self.key = nn.Linear(width, width)
        self.value = nn.Linear(width, width)
        self.out = nn.Linear(width, width)
        self.attended = nn.LayerNorm(width, eps=eps)
        self.inner = nn.Linear(width, inner)
        self.outer = nn.Linear(inner, width)
        self.normed = nn.LayerNorm(width, eps=eps)
        self.dropout = Drop(dropout)

    def forward(self, x, mask):
        b, t, d = x.shape
        split = lambda y: y.view(b, t, self.heads, d // self.heads).transpose(1, 2)
        q, k, v = split(self.query(x)), split(self.key(x)), split(self.value(x))
        scores = (q / math.sqrt(d // self.heads)) @ k.transpose(-1, -2)
        if mask is not None:  # a window is never padded at run time
            scores = scores + mask
        mixed = scores.softmax(-1, dtype=v.dtype) @ v
        mixed = mixed.transpose(1, 2).reshape(b, t, d)
        x = self.attended(x + self.dropout(self.out(mixed)))
        return self.normed(x + self.dropout(self.outer(F.gelu(self.inner(x)))))


class Encoder(nn.Module):
    """Gives the output of every layer, the embeddings first."""

    def __init__(self, vocabulary: int, positions: int, width=384, layers=6, heads=12, inner=1536, eps=1e-12, dropout=0.1):
        super().__init__()
        self.words = nn.Embedding(vocabulary, width)
        self.positions = nn.Embedding(positions, width)
        self.cases = nn.Embedding(2 * CASES, width)  # the second half: first word of a sentence
        nn.init.zeros_(self.cases.weight)
        self.normed = nn.LayerNorm(width, eps=eps)
        self.layers = nn.ModuleList(Layer(width, heads, inner, eps, dropout) for _ in range(layers))
        self.dropout = Drop(dropout)

    def forward(self, ids, cases, mask):
        x = self.words(ids) + self.cases(cases) + self.positions.weight[: ids.shape[1]]
        x = self.dropout(self.normed(x))
        outputs = [x]
        for layer in self.layers:
            x = layer(x, mask)
            outputs.append(x)
        return outputs


BERT_NAMES = {
    "attention.self.query": "query",
    "attention.self.key": "key",
    "attention.self.value": "value",
    "attention.output.dense": "out",
    "attention.output.LayerNorm": "attended",
    "intermediate.dense": "inner",
    "output.dense": "outer",
    "output.LayerNorm": "normed",
}


def load_bert(weights: Path, layers: int) -> Encoder:
    """An encoder that starts from BERT weights under their usual names."""
    old = {k.removeprefix("bert."): v.float() for k, v in load_file(str(weights)).items()}
    encoder = Encoder(old["embeddings.word_embeddings.weight"].shape[0], old["embeddings.position_embeddings.weight"].shape[0], layers=layers)
    new = {
        "words.weight": old["embeddings.word_embeddings.weight"],
        "positions.weight": old["embeddings.position_embeddings.weight"] + old["embeddings.token_type_embeddings.weight"][0],
        "cases.weight": encoder.cases.weight.data,
        "normed.weight": old["embeddings.LayerNorm.weight"],
        "normed.bias": old["embeddings.LayerNorm.bias"],
    }
    for i in range(layers):
        for theirs, ours in BERT_NAMES.items():
            for part in ("weight", "bias"):
                new[f"layers.{i}.{ours}.{part}"] = old[f"encoder.layer.{i}.{theirs}.{part}"]
    encoder.load_state_dict(new)
    return encoder
