"""What a student learns from teachers: their scores for every word, also where no annotator was.

Newswire has no trees and treebanks no entities; the teachers give both of them to both. Several teachers speak
with the mean of their probabilities.
"""

import json
from pathlib import Path

import torch
import torch.nn.functional as F

from encoder import Pieces, load_bert
from model import Reader
from windows import FAR, collate

PER_WORD = ("upos", "feats", "lemma", "entity", "arcs")


class Teacher:
    """A trained reader that is not trained on."""

    def __init__(self, run: Path, encoder: Path, layers: int, labels: dict):
        theirs = json.loads((run / "labels.json").read_text())
        assert theirs == labels, "teacher and student have other labels"
        special = json.loads((encoder / "special.json").read_text())
        self.pieces = Pieces(encoder / "tokenizer.json", special["first"], special["last"], special["unknown"])
        self.reader = Reader(load_bert(encoder / "model.safetensors", layers), {k: len(v) for k, v in labels.items()})
        self.reader.load_state_dict(torch.load(run / "reader.pt", weights_only=True)["average"], strict=False)
        self.reader.eval()

    def of(self, rows: list[dict]):
        batch = collate(rows)
        with torch.no_grad():
            return self.reader(batch["ids"], batch["cases"], batch["first"], batch["mask"])


def named(reader: Reader, scores, heads) -> torch.Tensor:
    """Scores of the relations of all words towards the given heads."""
    return reader.relations(scores["dependent"], scores["head"].gather(1, heads.expand(-1, -1, scores["head"].shape[-1])))


def mean_log(scores: list[torch.Tensor]) -> torch.Tensor:
    """The logarithm of the mean of what the teachers think probable."""
    logs = torch.stack([one.float().log_softmax(-1) for one in scores])
    return logs.logsumexp(0) - torch.log(torch.tensor(float(len(scores))))


def loss(student: Reader, out, batch, rows, teachers: list[Teacher], weights) -> torch.Tensor:
    """Divergence of the student's scores from the teachers', summed over the words of a batch."""
    words = batch["sentence"] >= 0
    same = batch["sentence"][:, :, None] == batch["sentence"][:, None, :]
    told = [teacher.of([row["taught"][i] for row in rows]) for i, teacher in enumerate(teachers)]
    with torch.no_grad():
        for one in told:
            one["arcs"] = one["arcs"].float().masked_fill(~same, FAR)
        truth = {name: mean_log([one[name] for one in told]) for name in PER_WORD}
        heads = torch.where(batch["heads"] >= 0, batch["heads"], truth["arcs"].argmax(-1)).unsqueeze(-1)
        truth["relation"] = mean_log([named(t.reader, one, heads) for t, one in zip(teachers, told)])
    mine = {name: out[name] for name in PER_WORD} | {"relation": named(student, out, heads)}
    mine["arcs"] = mine["arcs"].float().masked_fill(~same, FAR)
    longest = words.shape[1]
    respelt = torch.tensor([row["respelt"] + [False] * (longest - len(row["respelt"])) for row in rows])
    counted = {name: words for name in mine} | {"lemma": words & ~respelt}  # a lemma's rule goes by the letters
    return sum(weights[name] * divergence(mine[name][counted[name]], truth[name][counted[name]]) for name in mine)


def divergence(mine, truth) -> torch.Tensor:
    return F.kl_div(mine.float().log_softmax(-1), truth, reduction="sum", log_target=True)
