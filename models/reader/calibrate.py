"""Fits one temperature for each classifier, so that a probability of 0.8 is right eight times in ten.

    python calibrate.py --corpora CORPORA --encoder DIR --run RUN

Trees: UD-EWT and GUM dev. Entities: every second article of the Worldwide Newswire's dev part; the committed
table of calibration is made on the others too. Writes RUN/temperature.json, which export.py puts into the manifest.
"""

import argparse
import json
from pathlib import Path

import torch
import torch.nn.functional as F

from encoder import Pieces, load_bert
from model import Reader
from score import outputs
from treebank import read_conllu, read_newswire
from windows import FAR, IGNORE


def fit(scores: list[torch.Tensor], gold: list[torch.Tensor]) -> float:
    """The temperature of least cross entropy, by a grid: the curve is smooth and has one minimum."""
    x, y = torch.cat(scores), torch.cat(gold)
    grid = [0.6 + 0.05 * i for i in range(60)]
    return min(grid, key=lambda t: F.cross_entropy(x / t, y).item())


def collect(model, documents, pieces, index, names):
    scores, gold = {n: [] for n in names}, {n: [] for n in names}
    for batch, out in outputs(model, documents, pieces, index):
        for name in names:
            labels = batch["heads" if name == "arcs" else name]
            known = labels != IGNORE
            if name == "arcs":
                same = batch["sentence"][:, :, None] == batch["sentence"][:, None, :]
                rows = out["arcs"].float().masked_fill(~same, FAR)
                rows = F.pad(rows, (0, 256 - rows.shape[-1]), value=FAR)
            elif name == "relation":
                heads = batch["heads"].clamp(min=0).unsqueeze(-1).expand(-1, -1, out["head"].shape[-1])
                rows = model.relations(out["dependent"].float(), out["head"].float().gather(1, heads)).detach()
            else:
                rows = out[name].float()
            scores[name].append(rows[known])
            gold[name].append(labels[known])
    return {name: fit(scores[name], gold[name]) for name in names}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--run", type=Path, required=True)
    args = parser.parse_args()
    labels = json.loads((args.run / "labels.json").read_text())
    index = {name: {l: i for i, l in enumerate(values)} for name, values in labels.items()}
    special = json.loads((args.encoder / "special.json").read_text())
    pieces = Pieces(args.encoder / "tokenizer.json", special["first"], special["last"], special["unknown"])
    reader = Reader(load_bert(args.encoder / "model.safetensors", args.layers), {k: len(v) for k, v in labels.items()})
    reader.load_state_dict(torch.load(args.run / "reader.pt", weights_only=True)["average"], strict=False)
    reader.eval()
    trees = read_conllu(args.corpora / "ud-ewt/dev.conllu") + read_conllu(args.corpora / "gum/dev.conllu")
    found = collect(reader, trees, pieces, index, ["upos", "arcs", "relation"])
    articles = read_newswire(args.corpora / "en-worldwide-newswire/dev.tsv")[::2]
    found |= collect(reader, articles, pieces, index, ["entity"])
    found = {name: round(value, 3) for name, value in found.items()}
    (args.run / "temperature.json").write_text(json.dumps(found))
    print(found)


if __name__ == "__main__":
    main()
