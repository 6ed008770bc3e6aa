"""Writes the bundle that the program ships: int8 graphs, tokenizer, manifest.

    python export.py --run RUN --encoder DIR --name en-fast --version 1 --out ../../data/reader/en-fast

`reader.onnx` reads one window: ids, cases [1, pieces], first [words] -> scores a word.
`relations.onnx` names arcs: rows of dependent and head vectors -> scores of the relations.
Matrices are int8 per output channel, bounded so that no processor cuts a product (pairs.py), the table of pieces int8 per row; activations are quantised as they come.
"""

import argparse
import json
import math
import tempfile
from pathlib import Path

import blake3
import onnx
import torch
import torch.nn.functional as F
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import nn

from encoder import Layer, load_bert
from lemma import cut_of, rule
from model import Reader
from pairs import bound
from treebank import read_conllu
from vocabulary import kept_pieces, pruned

LONGEST = 386  # pieces of the longest window with its marks, as the runtime cuts them
OUTPUTS = ["upos", "feats", "lemma", "entity", "arcs", "dependent", "head", "states"]


class Table(nn.Module):
    """An embedding table in int8, a scale a row."""

    def __init__(self, weight: torch.Tensor):
        super().__init__()
        scale = weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("rows", (weight / scale).round().clamp(-127, 127).to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids):
        return self.rows[ids].float() * self.scale[ids]


class Joint(nn.Module):
    """A layer for one window without padding: one product gives queries, keys and values."""

    def __init__(self, layer: Layer):
        super().__init__()
        self.layer, self.width = layer, layer.query.out_features
        parts = [layer.query, layer.key, layer.value]
        scale = [math.sqrt(self.width // layer.heads), 1.0, 1.0]
        self.joint = nn.Linear(self.width, 3 * self.width)
        self.joint.weight.data = torch.cat([p.weight.data / s for p, s in zip(parts, scale)])
        self.joint.bias.data = torch.cat([p.bias.data / s for p, s in zip(parts, scale)])

    def forward(self, x, mask):
        layer, width = self.layer, self.width
        split = lambda y: y.reshape(1, -1, layer.heads, width // layer.heads).transpose(1, 2)
        q, k, v = map(split, self.joint(x).split(width, -1))
        mixed = ((q @ k.transpose(-1, -2)).softmax(-1) @ v).transpose(1, 2).reshape(1, -1, width)
        x = layer.attended(x + layer.out(mixed))
        return layer.normed(x + layer.outer(F.gelu(layer.inner(x))))


class Window(nn.Module):
    def __init__(self, reader: Reader):
        super().__init__()
        self.reader = reader

    def forward(self, ids, cases, first):
        out = self.reader(ids, cases, first)
        return tuple(out[name] for name in OUTPUTS)


class Relations(nn.Module):
    def __init__(self, reader: Reader):
        super().__init__()
        self.reader = reader

    def forward(self, dependent, head):
        return self.reader.relations(dependent, head)


def export(module, inputs, names, outputs, axes, path: Path, exclude: tuple[str, ...]):
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            module, inputs, str(plain), dynamo=False, opset_version=17, input_names=names, output_names=outputs, dynamic_axes=axes
        )
        graph = onnx.load(str(plain)).graph
        kept = [n.name for n in graph.node if n.op_type in ("MatMul", "Gemm") and any(e in n.name for e in exclude)]
        quantize_dynamic(
            str(plain), str(path), op_types_to_quantize=["MatMul"], per_channel=True, weight_type=QuantType.QInt8, nodes_to_exclude=kept
        )
    model = onnx.load(str(path))
    bound(model)
    del model.metadata_props[:]
    for node in model.graph.node:
        node.doc_string = ""
    onnx.save(model, str(path))


def temperatures(run: Path) -> dict[str, float]:
    file = run / "temperature.json"
    return json.loads(file.read_text()) if file.exists() else dict.fromkeys(("upos", "arcs", "relation", "entity"), 1.0)


def committee(run: Path, name: str | None) -> list[str]:
    """The manifest's lines on the bundle that reads with this one."""
    if name is None:
        return []
    fitted = json.loads((run / "committee.json").read_text())
    return [
        "",
        "[committee] # the bundle that reads with this one; what the mean of their scores is divided by",
        f'with = "{name}"',
        "temperature = { " + ", ".join(f"{k} = {v}" for k, v in fitted.items()) + " }",
    ]


def cuts(corpora: Path, rules: list[str]) -> list[list[str]]:
    """What each lemma rule took off the forms of the treebanks, as windows.py offers them to the training."""
    seen: dict[str, set[str]] = {name: set() for name in rules}
    for treebank in ("ud-ewt", "gum"):
        for sentence in sum(read_conllu(corpora / treebank / "train.conllu"), []):
            for word, lemma in zip(sentence.words, sentence.lemmas):
                for form in (word, word.upper()):
                    seen.get(rule(form, lemma), set()).add(cut_of(form, rule(form, lemma)))
    return [sorted(seen[name]) for name in rules]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--corpora", type=Path, required=True, help="for the endings that lemma rules cut")
    parser.add_argument("--texts", type=Path, nargs="+", required=True, help="words that decide which pieces stay")
    parser.add_argument("--pieces", type=int, default=20000, help="how many pieces stay")
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--language", default="en")
    parser.add_argument("--name", required=True)
    parser.add_argument("--committee", help="name of the bundle that reads with this one; calibrate.py has fitted their temperatures")
    parser.add_argument("--version", type=int, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    labels = json.loads((args.run / "labels.json").read_text())
    reader = Reader(load_bert(args.encoder / "model.safetensors", args.layers), {k: len(v) for k, v in labels.items()})
    if (args.run / "reader.pt").exists():
        state = torch.load(args.run / "reader.pt", weights_only=True)["average"]
        missing, unexpected = reader.load_state_dict(state, strict=False)
        assert not missing and not unexpected, (missing, unexpected)
    reader.eval()
    file = args.encoder / "tokenizer.json"
    kept = kept_pieces(Tokenizer.from_file(str(file)), args.texts, args.pieces)
    tokenizer = pruned(json.loads(file.read_text()), kept)
    special = json.loads((args.encoder / "special.json").read_text())
    encoder = reader.encoder
    encoder.words = Table(encoder.words.weight.data[kept])
    encoder.positions.weight.data = encoder.positions.weight.data[:LONGEST]  # in int8 they cost 0.2 points of LAS
    encoder.layers = nn.ModuleList(map(Joint, encoder.layers))

    ids, cases, first = torch.tensor([[1, 2, 3, 4]]), torch.tensor([[6, 8, 0, 6]]), torch.tensor([1, 2])
    words = {name: {1: "words"} for name in OUTPUTS} | {"arcs": {1: "words", 2: "heads"}}
    axes = {"ids": {1: "pieces"}, "cases": {1: "pieces"}, "first": {0: "words"}} | words
    export(Window(reader), (ids, cases, first), ["ids", "cases", "first"], OUTPUTS, axes, args.out / "reader.onnx", ("/entity/", "/upos/"))
    rows = torch.zeros(3, reader.label_head.out_features)
    axes = {name: {0: "rows"} for name in ("dependent", "head", "relation")}
    export(Relations(reader), (rows, rows), ["dependent", "head"], ["relation"], axes, args.out / "relations.onnx", ("label",))

    (args.out / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":")))
    digest = blake3.blake3()
    for file in ("reader.onnx", "relations.onnx", "tokenizer.json"):
        digest.update((args.out / file).read_bytes())
    text = [
        "# What the reader of one language is made of; the digest covers the three files beside it. Written by models/reader/export.py.",
        "# Source: trained for this project, see models/reader/MODEL_CARD.md for data and their licences.",
        "# Licence: CC BY-SA 4.0 (the weights, as the treebank that they learnt from).",
        f'name = "{args.name}"',
        f'language = "{args.language}"',
        f"version = {args.version}",
        f'digest = "{digest.hexdigest()}"',
        "",
        "[pieces] # ids of the marks around a window and of an unknown word; pieces of a word and of a window, at most",
        *(f"{name} = {kept.index(special[name])}" for name in ("first", "last", "unknown")),
        "word = 16",
        "window = 128",
        "",
        "[temperature] # scores are divided by it before they become probabilities; models/reader/calibrate.py",
        *(f"{name} = {value}" for name, value in temperatures(args.run).items()),
        *committee(args.run, args.committee),
        "",
        "[labels] # in the order of the outputs",
        *(f"{name} = {json.dumps(values, ensure_ascii=False)}" for name, values in labels.items()),
        "",
        "# What each lemma rule was seen to cut; of another ending it is no rule.",
        f"cuts = {json.dumps(cuts(args.corpora, labels['lemma']), ensure_ascii=False)}",
    ]
    (args.out / "manifest.toml").write_text("\n".join(text) + "\n")


if __name__ == "__main__":
    main()
