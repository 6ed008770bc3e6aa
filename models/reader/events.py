"""What a sentence tells: heads over the states of a reader, their loss, and their export as a bundle.

    python events.py --run RUN --reader BUNDLE --passages FILE... --standoff FILE... --read READ.jsonl --standoff-read READ.jsonl \\
        --codebook-read READ.jsonl --codebook-coded CODED.jsonl --out BUNDLE

They are trained together with the reader, by tell.py. Passages that are scored are never trained on.
"""

import argparse
import json
import math
import tomllib
from collections import Counter
from pathlib import Path

import blake3
import torch
import torch.nn.functional as F
from torch import nn

from encoder import CASES, Pieces, case_class
from export import export
from passages import Row, alone, annotated, coded, standoff
from windows import FAR

PARTS = ["initiator", "target", "victim", "participant", "instrument", "beneficiary", "subject", "object", "time", "place", "speaker"]
FARTHEST = 10
POLARITIES = ["affirmed", "negated", "denied"]
MODALITIES = ["happened", "failed", "attempted", "planned", "possible", "conditional", "predicted", "threatened", "urged", "wished", "habitual"]


class Events(nn.Module):
    """One layer of attention over a window's words; on it the kind of event a word names, its polarity and modality, and pairs of words."""

    def __init__(self, kinds: int, states=768, width=256, pair=192):
        super().__init__()
        self.enter, self.norm = nn.Linear(states, width), nn.LayerNorm(width)
        self.layer = nn.TransformerEncoderLayer(width, 4, 512, dropout=0.2, batch_first=True, activation="gelu")
        self.kind = nn.Sequential(nn.Linear(width, width), nn.ReLU(), nn.Dropout(0.3), nn.Linear(width, kinds + 1))
        self.stance = nn.Sequential(nn.Linear(width, 128), nn.ReLU(), nn.Dropout(0.3), nn.Linear(128, len(POLARITIES) + len(MODALITIES)))
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
        return self.events.kind(x), self.events.trigger(x), self.events.word(x), self.events.stance(x)


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


def window_inputs(rows: list[Row], pieces: Pieces):
    """What a reader is given to read rows, each of which is one window."""
    windows = []
    for row in rows:
        ids, cases, places = [pieces.first], [CASES - 1], []
        for word, starts in zip(row.words, row.starts):
            own = pieces.of(word)
            case = case_class(word) + (CASES if starts else 0)
            places.append(len(ids))
            ids += own
            cases += [case] + [case % CASES] * (len(own) - 1)
        windows.append((ids + [pieces.last], cases + [CASES - 1], places))
    longest, words = max(len(ids) for ids, _, _ in windows), max(len(places) for _, _, places in windows)
    pad = lambda values, size, fill: values + [fill] * (size - len(values))
    mask = torch.tensor([pad([0.0] * len(ids), longest, FAR) for ids, _, _ in windows])[:, None, None, :]
    return (
        torch.tensor([pad(ids, longest, 0) for ids, _, _ in windows]),
        torch.tensor([pad(cases, longest, CASES - 1) for _, cases, _ in windows]),
        torch.tensor([pad(places, words, 0) for _, _, places in windows]),
        mask,
    )


def loss_of(model: Events, batch: list[tuple[Row, torch.Tensor]], index: dict[str, int]) -> torch.Tensor:
    longest = max(len(row.words) for row, _ in batch)
    states = torch.stack([F.pad(s, (0, 0, 0, longest - len(s))) for _, s in batch])
    padding = torch.tensor([[k >= len(row.words) for k in range(longest)] for row, _ in batch])
    known = lambda row, k: k < len(row.words) and row.all_told and k not in row.doubted
    gold = torch.tensor([[0 if known(row, k) else -100 for k in range(longest)] for row, _ in batch])
    for i, (row, _) in enumerate(batch):
        for claim in row.claims:
            gold[i, claim.trigger] = index[claim.kind]
    x = model(states, padding)
    total = F.cross_entropy(model.kind(x).flatten(0, 1), gold.flatten(), ignore_index=-100, reduction="sum")
    taken = [(i, claim.head, *claim.stance) for i, (row, _) in enumerate(batch) for claim in row.claims if claim.stance]
    if taken:
        where, heads, polarity, modality = zip(*taken)
        scores = model.stance(x[list(where), list(heads)])
        indices = lambda names, all: torch.tensor([all.index(name) for name in names])
        total = total + F.cross_entropy(scores[:, : len(POLARITIES)], indices(polarity, POLARITIES), reduction="sum")
        total = total + F.cross_entropy(scores[:, len(POLARITIES) :], indices(modality, MODALITIES), reduction="sum")
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


def cues(rows: list[Row]) -> list[str]:
    """Words that named an event in at least half of their places."""
    seen = Counter(w.lower() for row in rows for w in row.words)
    named = Counter(row.words[head].lower() for row in rows for head in {c.head for c in row.claims})
    return sorted(w for w, n in named.items() if w.isalpha() and len(w) > 2 and 2 * n >= seen[w])


def sources(parser: argparse.ArgumentParser):
    """The arguments that name what there is to learn from."""
    parser.add_argument("--passages", type=Path, nargs="+", required=True, help="files of corpus/coder with their text")
    parser.add_argument("--standoff", type=Path, nargs="*", default=[], help="files of corpus/coder whose texts lie in a corpus")
    parser.add_argument("--read", type=Path, required=True, help="what `averment read` prints of the passages")
    parser.add_argument("--standoff-read", type=Path, help="what it prints of their texts")
    parser.add_argument("--codebook-read", type=Path, required=True, help="what it prints of the codebook's sentences")
    parser.add_argument("--codebook-coded", type=Path, required=True, help="what `averment code` makes of them")


def rows_of(args) -> tuple[list[Row], list[Row]]:
    """All rows that may be trained on, and sentences of them once more alone: those that are scored are none of them."""
    lines = lambda path: [json.loads(line) for line in path.read_text().splitlines()]
    read = {report["text"].strip(): report for report in lines(args.read)}
    whole = [row for row in annotated(args.passages, read) if not row.tested]
    real = [row for row in standoff(args.standoff, lines(args.standoff_read)) if not row.tested] if args.standoff else []
    rows = whole + real + coded(lines(args.codebook_read), lines(args.codebook_coded))
    return [row for row in rows if row.words], [part for row in whole + real for part in alone(row)]


def kinds_of(rows: list[Row]) -> list[str]:
    return sorted({claim.kind for row in rows for claim in row.claims})


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, required=True, help="run of tell.py")
    parser.add_argument("--reader", type=Path, required=True, help="the reader's bundle, which the manifest names")
    sources(parser)
    parser.add_argument("--version", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    kinds = json.loads((args.run / "kinds.json").read_text())
    model = Events(len(kinds))
    model.load_state_dict(torch.load(args.run / "events.pt", weights_only=True))
    model.eval()

    args.out.mkdir(parents=True, exist_ok=True)
    states, pair, numbers = torch.zeros(1, 9, 768), torch.zeros(9, 192), torch.zeros(9, dtype=torch.int32)
    names = ["kinds", "triggers", "words", "stances"]
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
        f"polarities = {json.dumps(POLARITIES)}",
        f"modalities = {json.dumps(MODALITIES)}",
        "",
        "# Words that named an event in at least half of their places in training.",
        f"cues = {json.dumps(cues(rows_of(args)[0]))}",
    ]
    (args.out / "manifest.toml").write_text("\n".join(text) + "\n")


if __name__ == "__main__":
    main()
