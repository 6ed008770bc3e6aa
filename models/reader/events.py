"""Trains and exports what a sentence tells: heads over the states of a reader that is not trained on.

    python events.py --run RUN --encoder DIR --layers 6 --reader BUNDLE --passages FILE... --read READ.jsonl \\
        --codebook-read READ.jsonl --codebook-coded CODED.jsonl --out BUNDLE

States are computed once, so that an epoch takes seconds. Passages that are scored are never trained on.
"""

import argparse
import json
import math
import random
import tomllib
from collections import Counter
from pathlib import Path

import blake3
import torch
import torch.nn.functional as F
from torch import nn

from encoder import CASES, Pieces, case_class, load_bert
from export import export
from model import Reader
from passages import Row, alone, annotated, coded

PARTS = ["initiator", "target", "victim", "participant", "instrument", "beneficiary", "subject", "object", "time", "place", "speaker"]
WINDOW = 126  # pieces
FARTHEST = 10


class Events(nn.Module):
    """One layer of attention over a window's words; on it the kind of event a word names, and pairs of words."""

    def __init__(self, kinds: int, states=768, width=256, pair=192):
        super().__init__()
        self.enter, self.norm = nn.Linear(states, width), nn.LayerNorm(width)
        self.layer = nn.TransformerEncoderLayer(width, 4, 512, dropout=0.2, batch_first=True, activation="gelu")
        self.kind = nn.Sequential(nn.Linear(width, width), nn.ReLU(), nn.Dropout(0.3), nn.Linear(width, kinds + 1))
        self.trigger, self.word = nn.Linear(width, pair), nn.Linear(width, pair)
        self.kinds, self.distances = nn.Embedding(kinds + 1, pair), nn.Embedding(2 * FARTHEST + 2, pair)
        self.sum, self.product = nn.Linear(pair, len(PARTS) + 1), nn.Linear(pair, len(PARTS) + 1, bias=False)
        self.drop = nn.Dropout(0.3)

    def forward(self, states, padding=None):
        return self.layer(self.norm(self.enter(self.drop(states))), src_key_padding_mask=padding)

    def parts(self, trigger, word, kind, distance):
        """Scores of the parts that `word` plays in the event at `trigger`, both after their projection."""
        trigger, word = trigger + self.kinds(kind), word + self.distances(distance)
        return self.sum(self.drop(torch.relu(trigger + word))) + self.product(trigger * word)


class Told(nn.Module):
    """The graph of a window: attention written out, as the runtime needs it."""

    def __init__(self, events: Events):
        super().__init__()
        self.events = events

    def forward(self, states):
        layer = self.events.layer
        x = self.events.norm(self.events.enter(states))
        width, heads = x.shape[-1], layer.self_attn.num_heads
        split = lambda y: y.reshape(1, -1, heads, width // heads).transpose(1, 2)
        q, k, v = map(split, F.linear(x, layer.self_attn.in_proj_weight, layer.self_attn.in_proj_bias).split(width, -1))
        mixed = ((q @ k.transpose(-1, -2)) / math.sqrt(width // heads)).softmax(-1) @ v
        x = layer.norm1(x + layer.self_attn.out_proj(mixed.transpose(1, 2).reshape(1, -1, width)))
        x = layer.norm2(x + layer.linear2(F.gelu(layer.linear1(x))))
        return self.events.kind(x), self.events.trigger(x), self.events.word(x)


class Played(nn.Module):
    def __init__(self, events: Events):
        super().__init__()
        self.events = events

    def forward(self, trigger, word, kind, distance):
        return self.events.parts(trigger, word, kind, distance)


def distances(trigger: int, words: int) -> torch.Tensor:
    """Buckets of the distance to each word: half steps of its logarithm to base two, with its sign."""
    steps = torch.arange(words) - trigger
    bucket = ((steps.abs().double() + 1) ** 2).log2().floor().clamp(max=FARTHEST).long()
    return FARTHEST + 1 + steps.sign() * bucket


def windows(row: Row, pieces: Pieces):
    """Ranges of words that a window holds, whole sentences where they fit."""
    sizes = [len(pieces.of(w)) for w in row.words]
    first = 0
    while first < len(sizes):
        end, length, last = first, 0, None
        while end < len(sizes) and length + sizes[end] <= WINDOW:
            length, end = length + sizes[end], end + 1
            if end == len(sizes) or row.starts[end]:
                last = end
        yield first, last or max(end, first + 1)
        first = last or max(end, first + 1)


def states_of(reader: Reader, rows: list[Row], pieces: Pieces) -> list[torch.Tensor]:
    """What the encoder has of each word, as the runtime's graph gives it out."""
    out = [torch.zeros(len(row.words), 768) for row in rows]
    inputs = []
    for number, row in enumerate(rows):
        for first, end in windows(row, pieces):
            ids, cases, places = [pieces.first], [CASES - 1], []
            for k in range(first, end):
                word = pieces.of(row.words[k])
                case = case_class(row.words[k]) + (CASES if row.starts[k] else 0)
                places.append(len(ids))
                ids += word
                cases += [case] + [case % CASES] * (len(word) - 1)
            inputs.append((number, first, end, ids + [pieces.last], cases + [CASES - 1], places))
    inputs.sort(key=lambda i: len(i[3]))
    for start in range(0, len(inputs), 32):
        batch = inputs[start : start + 32]
        longest, words = max(len(i[3]) for i in batch), max(len(i[5]) for i in batch)
        pad = lambda values, size, fill: values + [fill] * (size - len(values))
        mask = torch.tensor([pad([0.0] * len(i[3]), longest, -1e4) for i in batch])[:, None, None, :]
        with torch.inference_mode():
            given = [torch.tensor([pad(i[3], longest, 0) for i in batch]), torch.tensor([pad(i[4], longest, CASES - 1) for i in batch])]
            states = reader(*given, torch.tensor([pad(i[5], words, 0) for i in batch]), mask)["states"]
        for (number, first, end, *_), found in zip(batch, states):
            out[number][first:end] = found[: end - first]
    return out


def loss_of(model: Events, batch: list[tuple[Row, torch.Tensor]], index: dict[str, int]) -> torch.Tensor:
    longest = max(len(row.words) for row, _ in batch)
    states = torch.stack([F.pad(s, (0, 0, 0, longest - len(s))) for _, s in batch])
    padding = torch.tensor([[k >= len(row.words) for k in range(longest)] for row, _ in batch])
    gold = torch.tensor([[(0 if row.all_told else -100) if k < len(row.words) else -100 for k in range(longest)] for row, _ in batch])
    for i, (row, _) in enumerate(batch):
        for claim in row.claims:
            gold[i, claim.trigger] = index[claim.kind]
    x = model(states, padding)
    total = F.cross_entropy(model.kind(x).flatten(0, 1), gold.flatten(), ignore_index=-100, reduction="sum")
    claims = [(i, claim) for i, (row, _) in enumerate(batch) for claim in row.claims if not claim.speakers_alone]
    if claims:
        where, heads = torch.tensor([i for i, _ in claims]), torch.tensor([c.head for _, c in claims])
        kinds = torch.tensor([index[c.kind] for _, c in claims])
        kinds = kinds.masked_fill(torch.rand(len(kinds)) < 0.15, 0)  # a part should also be known without the kind
        far = torch.stack([distances(c.head, longest) for _, c in claims])
        scores = model.parts(model.trigger(x[where, heads])[:, None], model.word(x[where]), kinds[:, None], far)
        gold = torch.zeros(len(claims), longest, dtype=torch.long).masked_fill(padding[where], -100)
        for k, (_, claim) in enumerate(claims):
            for name, head, _ in claim.parts:
                gold[k, head] = PARTS.index(name) + 1
        total = total + F.cross_entropy(scores.flatten(0, 1), gold.flatten(), ignore_index=-100, reduction="sum")
    return total / len(batch)


def train(model: Events, rows: list[tuple[Row, torch.Tensor]], index: dict[str, int], epochs: int, rng: random.Random):
    size = 32
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=0.05)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 2e-3, epochs * math.ceil(len(rows) / size), pct_start=0.15)
    for number in range(epochs):
        model.train()
        order = sorted(rows, key=lambda r: len(r[0].words) + 8 * rng.random())
        batches = [order[k : k + size] for k in range(0, len(order), size)]
        rng.shuffle(batches)
        total = 0.0
        for batch in batches:
            loss = loss_of(model, batch, index)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.detach().item()
        print(f"epoch {number} loss {total / len(batches):.2f}", flush=True)
    model.eval()


def cues(rows: list[Row]) -> list[str]:
    """Words that named an event in at least half of their places."""
    seen = Counter(w.lower() for row in rows for w in row.words)
    named = Counter(row.words[head].lower() for row in rows for head in {c.head for c in row.claims})
    return sorted(w for w, n in named.items() if w.isalpha() and len(w) > 2 and 2 * n >= seen[w])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, required=True, help="run of the reader")
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--reader", type=Path, required=True, help="the reader's bundle, which the manifest names")
    parser.add_argument("--passages", type=Path, nargs="+", required=True, help="files of corpus/coder")
    parser.add_argument("--read", type=Path, required=True, help="what `averment read` prints of the passages")
    parser.add_argument("--codebook-read", type=Path, required=True, help="what it prints of the codebook's sentences")
    parser.add_argument("--codebook-coded", type=Path, required=True, help="what `averment code` makes of them")
    parser.add_argument("--epochs", type=int, default=16)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--version", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    lines = lambda path: [json.loads(line) for line in path.read_text().splitlines()]
    read = {report["text"].strip(): report for report in lines(args.read)}
    whole = [row for row in annotated(args.passages, read) if not row.tested]
    rows = whole + [part for row in whole for part in alone(row)]
    rows += coded(lines(args.codebook_read), lines(args.codebook_coded))
    rows = [row for row in rows if row.words]
    kinds = sorted({claim.kind for row in rows for claim in row.claims})
    index = {kind: k + 1 for k, kind in enumerate(kinds)}

    labels = json.loads((args.run / "labels.json").read_text())
    reader = Reader(load_bert(args.encoder / "model.safetensors", args.layers), {k: len(v) for k, v in labels.items()})
    reader.load_state_dict(torch.load(args.run / "reader.pt", weights_only=True)["average"], strict=False)
    reader.eval()
    special = json.loads((args.encoder / "special.json").read_text())
    pieces = Pieces(args.encoder / "tokenizer.json", special["first"], special["last"], special["unknown"])
    model = Events(len(kinds))
    train(model, list(zip(rows, states_of(reader, rows, pieces))), index, args.epochs, random.Random(args.seed))

    args.out.mkdir(parents=True, exist_ok=True)
    states, pair, numbers = torch.zeros(1, 9, 768), torch.zeros(9, 192), torch.zeros(9, dtype=torch.int32)
    names = ["kinds", "triggers", "words"]
    axes = {name: {1: "count"} for name in ["states", *names]}
    export(Told(model), (states,), ["states"], names, axes, args.out / "events.onnx", ())
    names = ["trigger", "word", "kind", "distance"]
    axes = {name: {0: "rows"} for name in [*names, "part"]}
    export(Played(model), (pair, pair, numbers, numbers), names, ["part"], axes, args.out / "parts.onnx", ())
    digest = blake3.blake3()
    for file in ("events.onnx", "parts.onnx"):
        digest.update((args.out / file).read_bytes())
    base = tomllib.loads((args.reader / "manifest.toml").read_text())
    text = [
        f"# A learnt opinion on what sentences tell, on the states of {base['name']}; the digest covers the two files beside it. Written by models/reader/events.py.",
        "# Source: trained for this project on passages of its own (corpus/coder), see models/reader/MODEL_CARD.md.",
        "# Licence: CC BY-SA 4.0, as the reader whose states it knows.",
        f'name = "{base["language"]}-events"',
        f"version = {args.version}",
        f'digest = "{digest.hexdigest()}"',
        f'reads = "{base["name"]}-{base["version"]}+{base["digest"][:8]}"',
        "",
        "# In the order of the outputs, behind one for none.",
        f"kinds = {json.dumps(kinds)}",
        f"parts = {json.dumps(PARTS)}",
        "",
        "# Words that named an event in at least half of their places in training.",
        f"cues = {json.dumps(cues(rows))}",
    ]
    (args.out / "manifest.toml").write_text("\n".join(text) + "\n")


if __name__ == "__main__":
    main()
