"""Writes the bundle that the program ships: int8 graphs, tokenizer, manifest.

    python export.py --run RUN --encoder DIR --name en-fast --version 1 --out ../../data/reader/en-fast

`reader.onnx` reads one window: ids, cases [1, pieces], first [words] -> scores a word.
`relations.onnx` names arcs: rows of dependent and head vectors -> scores of the relations.
Matrices are int8 per output channel, the table of pieces int8 per row; activations are quantised as they come.
"""

import argparse
import json
import tempfile
from pathlib import Path

import blake3
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from encoder import load_bert
from model import Reader

OUTPUTS = ["upos", "feats", "lemma", "entity", "arcs", "dependent", "head"]


class Table(nn.Module):
    """An embedding table in int8, a scale a row."""

    def __init__(self, weight: torch.Tensor):
        super().__init__()
        scale = weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("rows", (weight / scale).round().clamp(-127, 127).to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids):
        return self.rows[ids].float() * self.scale[ids]


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
    del model.metadata_props[:]
    for node in model.graph.node:
        node.doc_string = ""
    onnx.save(model, str(path))


def temperatures(run: Path) -> dict[str, float]:
    file = run / "temperature.json"
    return json.loads(file.read_text()) if file.exists() else dict.fromkeys(("upos", "arcs", "relation", "entity"), 1.0)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--language", default="en")
    parser.add_argument("--name", required=True)
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
    reader.encoder.words = Table(reader.encoder.words.weight.data)

    ids, cases, first = torch.tensor([[101, 2054, 2003, 102]]), torch.tensor([[6, 8, 0, 6]]), torch.tensor([1, 2])
    words = {name: {1: "words"} for name in OUTPUTS} | {"arcs": {1: "words", 2: "heads"}}
    axes = {"ids": {1: "pieces"}, "cases": {1: "pieces"}, "first": {0: "words"}} | words
    export(Window(reader), (ids, cases, first), ["ids", "cases", "first"], OUTPUTS, axes, args.out / "reader.onnx", ("/entity/", "/upos/"))
    rows = torch.zeros(3, reader.label_head.out_features)
    axes = {name: {0: "rows"} for name in ("dependent", "head", "relation")}
    export(Relations(reader), (rows, rows), ["dependent", "head"], ["relation"], axes, args.out / "relations.onnx", ("label",))

    tokenizer = json.loads((args.encoder / "tokenizer.json").read_text())
    tokenizer["truncation"] = tokenizer["padding"] = None
    (args.out / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":")))
    digest = blake3.blake3()
    for file in ("reader.onnx", "relations.onnx", "tokenizer.json"):
        digest.update((args.out / file).read_bytes())
    special = json.loads((args.encoder / "special.json").read_text())
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
        f"first = {special['first']}",
        f"last = {special['last']}",
        f"unknown = {special['unknown']}",
        "word = 16",
        "window = 128",
        "",
        "[temperature] # scores are divided by it before they become probabilities; models/reader/calibrate.py",
        *(f"{name} = {value}" for name, value in temperatures(args.run).items()),
        "",
        "[labels] # in the order of the outputs",
        *(f"{name} = {json.dumps(values, ensure_ascii=False)}" for name, values in labels.items()),
    ]
    (args.out / "manifest.toml").write_text("\n".join(text) + "\n")


if __name__ == "__main__":
    main()
