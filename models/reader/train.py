"""Trains the reader: one command from corpora and encoder to a checkpoint, resumable at every epoch.

    python train.py --corpora ../../../shared/corpora --encoder DIR --out RUN

The seed fixes the order of the data, the roughening and the start of the heads.
"""

import argparse
import json
import math
import random
import time
from pathlib import Path

import torch
import torch.nn.functional as F

import distil
from augment import MIXES
from encoder import Pieces, load_bert
from model import Reader
from score import entity_f1, tree_scores
from treebank import read_conllu, read_newswire
from windows import FAR, IGNORE, Labels, collate, epoch


def summed(scores, gold) -> torch.Tensor:
    """Cross entropy over the words that have a gold label."""
    known = gold != IGNORE
    return F.cross_entropy(scores[known].float(), gold[known], reduction="sum")


def loss_of(model: Reader, rows, weights, teachers: list[distil.Teacher]) -> tuple[torch.Tensor, dict[str, float]]:
    batch = collate(rows)
    out = model(batch["ids"], batch["cases"], batch["first"], batch["mask"])
    losses = {}
    for name in ("upos", "feats", "lemma", "entity"):
        losses[name] = summed(out[name], batch[name])
    same = batch["sentence"][:, :, None] == batch["sentence"][:, None, :]
    losses["arcs"] = summed(out["arcs"].masked_fill(~same, FAR), batch["heads"])
    heads = batch["heads"].clamp(min=0).unsqueeze(-1).expand(-1, -1, out["head"].shape[-1])
    relations = model.relations(out["dependent"], out["head"].gather(1, heads))
    losses["relation"] = summed(relations, batch["relation"])
    total = sum(weights[name] * loss for name, loss in losses.items())
    if teachers:
        losses["taught"] = distil.loss(model, out, batch, rows, teachers, weights)
        total = GOLD * total + losses["taught"]
    return total / 400.0, {name: loss.item() for name, loss in losses.items()}


WEIGHTS = {"upos": 0.5, "feats": 0.3, "lemma": 0.3, "entity": 1.5, "arcs": 1.0, "relation": 0.7}
GOLD = 0.5  # weight of the annotators where teachers speak too


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True, help="folder with model.safetensors and tokenizer.json")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--tokens", type=int, default=2048, help="pieces in a batch")
    parser.add_argument("--rate", type=float, default=1.2e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--freeze-pieces", action="store_true", help="leave the table of pieces as it came")
    parser.add_argument("--start", type=Path, help="run whose reader the training starts from")
    parser.add_argument("--teacher", nargs=3, action="append", default=[], metavar=("RUN", "ENCODER", "LAYERS"), help="a reader to learn from; several teach together")
    parser.add_argument("--mix", choices=MIXES, default="light", help="how many windows are made rough, and how")
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    args.out.mkdir(parents=True, exist_ok=True)

    corpora = args.corpora
    trees = read_conllu(corpora / "ud-ewt/train.conllu") + read_conllu(corpora / "gum/train.conllu")
    newswire = read_newswire(corpora / "en-worldwide-newswire/train.tsv")
    labels = Labels.of(trees, newswire)
    (args.out / "labels.json").write_text(json.dumps(vars(labels), ensure_ascii=False, indent=1))
    index = labels.indices()
    special = json.loads((args.encoder / "special.json").read_text())
    pieces = Pieces(args.encoder / "tokenizer.json", special["first"], special["last"], special["unknown"])

    model = Reader(load_bert(args.encoder / "model.safetensors", args.layers), {k: len(v) for k, v in vars(labels).items()})
    if args.start:
        model.load_state_dict(torch.load(args.start / "reader.pt", weights_only=True)["average"], strict=False)
    teachers = [distil.Teacher(Path(run), Path(encoder), int(layers), vars(labels)) for run, encoder, layers in args.teacher]
    theirs = [teacher.pieces for teacher in teachers]
    model.encoder.words.weight.requires_grad_(not args.freeze_pieces)
    encoder = [p for n, p in model.named_parameters() if n.startswith("encoder.") and "cases" not in n and p.requires_grad]
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder.") or "cases" in n]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": args.rate}, {"params": heads, "lr": args.head_rate}], weight_decay=0.01, betas=(0.9, 0.98), fused=True
    )
    per_epoch = len(epoch(trees + newswire, pieces, index, random.Random(args.seed), args.tokens, MIXES[args.mix], theirs))
    total, warm = per_epoch * args.epochs, per_epoch // (10 if args.start else 2)
    scale = lambda step: step / warm if step < warm else max(0.02, (total - step) / (total - warm))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, scale)
    average = {n: p.detach().clone() for n, p in model.named_parameters()}

    start, step = 0, 0
    checkpoint = args.out / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        average, start, step = state["average"], state["epoch"], state["step"]

    print(f"{per_epoch} steps an epoch, {sum(p.numel() for p in model.parameters()):,} parameters", flush=True)
    for number in range(start, args.epochs):
        rng = random.Random(args.seed * 1000 + number)
        torch.manual_seed(args.seed * 1000 + number)
        model.train()
        sums, began = {}, time.time()
        for rows in epoch(trees + newswire, pieces, index, rng, args.tokens, MIXES[args.mix], theirs):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss, parts = loss_of(model, rows, WEIGHTS, teachers)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            step += 1
            decay = min(0.998, 1 - 1 / (step / 10 + 1))
            if step % 4 == 0:
                with torch.no_grad():
                    for n, p in model.named_parameters():
                        average[n].lerp_(p, 4 * (1 - decay) if decay > 0.9 else 1.0)
            for name, value in parts.items():
                sums[name] = sums.get(name, 0.0) + value
            if step % 50 == 0:
                print(f"step {step}/{total} {time.time() - began:.0f}s", flush=True)
        raw = {n: p.detach().clone() for n, p in model.named_parameters()}
        model.load_state_dict(average, strict=False)
        model.eval()
        figures = {
            "ewt": tree_scores(model, read_conllu(corpora / "ud-ewt/dev.conllu"), pieces, index),
            "newswire": entity_f1(model, read_newswire(corpora / "en-worldwide-newswire/dev.tsv"), pieces, index, labels.entity),
        }
        print(f"epoch {number} {time.time() - began:.0f}s", {k: round(v) for k, v in sums.items()}, figures, flush=True)
        torch.save({"average": average}, args.out / "reader.pt")
        model.load_state_dict(raw, strict=False)
        torch.save(
            {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "schedule": schedule.state_dict(),
             "average": average, "epoch": number + 1, "step": step},
            checkpoint,
        )


if __name__ == "__main__":
    main()
