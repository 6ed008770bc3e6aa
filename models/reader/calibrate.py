"""Fits one temperature for each classifier, so that a probability of 0.8 is right eight times in ten.

    python calibrate.py --corpora CORPORA --encoder DIR --run RUN [--with RUN ENCODER LAYERS]

Trees: UD-EWT and GUM dev. Entities: every second article of the Worldwide Newswire's dev part; the
committed table of calibration is made on the others. Writes RUN/temperature.json, and for a committee, whose scores
are the mean of its members' scores divided by their temperatures, RUN/committee.json; export.py puts both into the manifest.
"""

import argparse
import json
from pathlib import Path

import torch
import torch.nn.functional as F

from distil import Teacher, named
from score import fixed_windows
from treebank import read_conllu, read_newswire
from windows import FAR, IGNORE, collate, encode

TREE = ("upos", "arcs", "relation")


def fit(scores: list[torch.Tensor], gold: list[torch.Tensor]) -> float:
    """The temperature of least cross entropy, by a grid: the curve is smooth and has one minimum."""
    x, y = torch.cat(scores), torch.cat(gold)
    grid = [0.4 + 0.05 * i for i in range(64)]
    return round(min(grid, key=lambda t: F.cross_entropy(x / t, y).item()), 3)


def heard(members: list[Teacher], documents, index):
    """Batches of the same windows as each member reads them, and its scores."""
    rows = [[encode(window, m.pieces, index) for m in members] for window in fixed_windows(documents, members[0].pieces)]
    rows = sorted((row for row in rows if None not in row), key=lambda row: len(row[0]["ids"]))
    for start in range(0, len(rows), 24):
        part = rows[start : start + 24]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            told = [m.of([row[i] for row in part]) for i, m in enumerate(members)]
        yield collate([row[0] for row in part]), told


def collect(members: list[Teacher], temperatures: list[dict], documents, index, names):
    """Mean scores and gold labels of all words that have one."""
    scores, gold = {n: [] for n in names}, {n: [] for n in names}
    for batch, told in heard(members, documents, index):
        same = batch["sentence"][:, :, None] == batch["sentence"][:, None, :]
        heads = batch["heads"].clamp(min=0).unsqueeze(-1)
        for name in names:
            labels = batch["heads" if name == "arcs" else name]
            mean = 0.0
            for member, one, temperature in zip(members, told, temperatures):
                if name == "relation":
                    with torch.no_grad():
                        rows = named(member.reader, {k: one[k].float() for k in ("dependent", "head")}, heads)
                else:
                    rows = one[name].float()
                mean = mean + rows / temperature.get(name, 1.0) / len(members)
            if name == "arcs":
                mean = F.pad(mean.masked_fill(~same, FAR), (0, 256 - mean.shape[-1]), value=FAR)
            known = labels != IGNORE
            scores[name].append(mean[known])
            gold[name].append(labels[known])
    return {name: fit(scores[name], gold[name]) for name in names}


def temperatures_of(members: list[Teacher], own: list[dict], corpora: Path, index) -> dict[str, float]:
    trees = read_conllu(corpora / "ud-ewt/dev.conllu") + read_conllu(corpora / "gum/dev.conllu")
    articles = read_newswire(corpora / "en-worldwide-newswire/dev.tsv")[::2]
    return collect(members, own, trees, index, TREE) | collect(members, own, articles, index, ("entity",))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--with", dest="other", nargs=3, metavar=("RUN", "ENCODER", "LAYERS"), help="a calibrated run that reads with it")
    args = parser.parse_args()
    labels = json.loads((args.run / "labels.json").read_text())
    index = {name: {l: i for i, l in enumerate(values)} for name, values in labels.items()}
    member = Teacher(args.run, args.encoder, args.layers, labels)
    own = temperatures_of([member], [{}], args.corpora, index)
    (args.run / "temperature.json").write_text(json.dumps(own))
    print(own)
    if args.other:
        run, encoder, layers = Path(args.other[0]), Path(args.other[1]), int(args.other[2])
        theirs = json.loads((run / "temperature.json").read_text())
        both = temperatures_of([member, Teacher(run, encoder, layers, labels)], [own, theirs], args.corpora, index)
        (args.run / "committee.json").write_text(json.dumps(both))
        print(both)


if __name__ == "__main__":
    main()
