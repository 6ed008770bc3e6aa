"""Teaches a trained reader what sentences tell: encoder and event heads together, trees and entities rehearsed beside.

    python tell.py --corpora ../../../shared/corpora --start RUN --encoder DIR --passages FILE... --standoff FILE... --read READ.jsonl \\
        --standoff-read READ.jsonl --codebook-read READ.jsonl --codebook-coded CODED.jsonl --out RUN

Each step takes a batch of passages and, where its turn has come, one of treebanks and newswire, in which the reader as it was
teaches (distil.py), so that what it knew is not unlearnt. With `--muc4` and `--muc4-read` it learns beside from whole
reports with filled templates, but for the sixth that fillers.py tunes on. Checkpoints at every epoch; the seed fixes everything.
"""

import argparse
import json
import math
import random
import shutil
import time
from pathlib import Path

import torch
from torch import nn

import distil
from augment import MIXES
from encoder import Pieces, load_bert
from events import Events, kinds_of, loss_of, rows_of, sources, window_inputs
from fillers import Fillers, Report, fillers_loss, load_rows, windows
from model import Reader
from passages import Row, stretch
from score import entity_f1, tree_scores
from train import WEIGHTS
from train import loss_of as reading_loss
from treebank import read_conllu, read_newswire
from windows import Labels, epoch


def batches(rows: list[Row], size: int, rng: random.Random) -> list[list[Row]]:
    """Rows of like length together, in random order."""
    ordered = sorted(rows, key=lambda row: len(row.words) + 8 * rng.random())
    cut = [ordered[k : k + size] for k in range(0, len(ordered), size)]
    rng.shuffle(cut)
    return cut


def reports_of(corpus: Path | None, read: Path | None, passes: float, rng: random.Random) -> list[Report]:
    """The reports with filled templates in the order in which they are learnt; of those without an incident half a pass."""
    if corpus is None or read is None:
        return []
    taught = [row for k, row in enumerate(load_rows(corpus, read)) if k % 6 != 5]
    telling, others = [r for r in taught if r.templates], [r for r in taught if not r.templates]
    order = []
    for _ in range(math.ceil(passes)):
        some = telling + rng.sample(others, len(others) // 2)
        rng.shuffle(some)
        order += some
    return order[: int(len(order) * passes / max(1, math.ceil(passes)))]


def report_loss(reader: Reader, fillers: Fillers, report: Report, pieces: Pieces) -> torch.Tensor:
    """Loss of a whole report, read window by window."""
    parts = [stretch(report, first, end) for first, end in windows(report, pieces)]
    with torch.autocast("cpu", dtype=torch.bfloat16):
        states = reader(*window_inputs(parts, pieces))["states"].float()
    return fillers_loss(fillers, [torch.cat([own[: len(part.words)] for part, own in zip(parts, states)])], [report])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--start", type=Path, required=True, help="run of the reader that is taught further; with its event heads where it has some")
    parser.add_argument("--teacher", type=Path, help="run of the reader that teaches trees and entities; without it that of --start")
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--layers", type=int, default=6)
    sources(parser)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=5, help="over the passages")
    parser.add_argument("--rehearsed", type=float, default=1.0, help="epochs over treebanks and newswire in all")
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--head-rate", type=float, default=1.5e-3)
    parser.add_argument("--muc4", type=Path, help="the folder of MUC-4")
    parser.add_argument("--muc4-read", type=Path, help="what `averment read` prints of its training texts")
    parser.add_argument("--reports", type=float, default=1.5, help="passes over its reports in all")
    parser.add_argument("--filled", type=float, default=0.3, help="weight of a report's loss")
    parser.add_argument("--told", type=float, default=1.0, help="weight of the passages' loss")
    parser.add_argument("--seed", type=int, default=31)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    args.out.mkdir(parents=True, exist_ok=True)

    labels = Labels(**json.loads((args.start / "labels.json").read_text()))
    shutil.copy(args.start / "labels.json", args.out / "labels.json")
    index = labels.indices()
    special = json.loads((args.encoder / "special.json").read_text())
    pieces = Pieces(args.encoder / "tokenizer.json", special["first"], special["last"], special["unknown"])
    trees = read_conllu(args.corpora / "ud-ewt/train.conllu") + read_conllu(args.corpora / "gum/train.conllu")
    documents = trees + read_newswire(args.corpora / "en-worldwide-newswire/train.tsv")
    teachers = [distil.Teacher(args.teacher or args.start, args.encoder, args.layers, vars(labels))]
    rows, again = ([row for row in some if len(row.words) <= 130] for some in rows_of(args))
    kinds = kinds_of(rows)
    (args.out / "kinds.json").write_text(json.dumps(kinds))
    numbers = {kind: k + 1 for k, kind in enumerate(kinds)}

    reader = Reader(load_bert(args.encoder / "model.safetensors", args.layers), {k: len(v) for k, v in vars(labels).items()})
    reader.load_state_dict(torch.load(args.start / "reader.pt", weights_only=True)["average"], strict=False)
    both = nn.ModuleDict({"reader": reader, "events": Events(len(kinds)), "fillers": Fillers()})
    taught = [p for n, p in reader.named_parameters() if n.startswith("encoder.") or n.startswith(("grammar", "names"))]
    others = [p for n, p in reader.named_parameters() if not (n.startswith("encoder.") or n.startswith(("grammar", "names")))]
    optimizer = torch.optim.AdamW(
        [{"params": taught, "lr": args.rate, "weight_decay": 0.01}, {"params": others, "lr": 2 * args.rate, "weight_decay": 0.01},
         {"params": [*both["events"].parameters(), *both["fillers"].parameters()], "lr": args.head_rate, "weight_decay": 0.05}],
        betas=(0.9, 0.98), fused=True,
    )
    size = 24
    per_epoch = math.ceil((len(rows) + len(again) // 2) / size)
    went_on = (args.start / "events.pt").exists()
    if went_on:
        both["events"].load_state_dict(torch.load(args.start / "events.pt", weights_only=True))
    total, warm = per_epoch * args.epochs, per_epoch // (10 if went_on else 3)
    scale = lambda step: step / warm if step < warm else max(0.02, (total - step) / (total - warm))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, scale)
    average = {n: p.detach().clone() for n, p in both.named_parameters()}
    lessons = []
    for k in range(math.ceil(args.rehearsed)):
        lessons += epoch(documents, pieces, index, random.Random(args.seed * 100 + k), 2048, MIXES["hard"], [pieces])
    lessons = lessons[: int(len(lessons) * args.rehearsed / math.ceil(args.rehearsed))]
    reports = reports_of(args.muc4, args.muc4_read, args.reports, random.Random(args.seed))
    turn = lambda all, step: all[int(step * len(all) / total) : int((step + 1) * len(all) / total)]

    start, step = 0, 0
    checkpoint = args.out / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        both.load_state_dict(state["both"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        average, start, step = state["average"], state["epoch"], state["step"]
    print(f"{per_epoch} steps an epoch, {len(lessons)} lessons, {len(rows)} rows, {len(reports)} reports", flush=True)
    for number in range(start, args.epochs):
        rng = random.Random(args.seed * 1000 + number)
        torch.manual_seed(args.seed * 1000 + number)
        both.train()
        told, read, filled, began = 0.0, 0.0, 0.0, time.time()
        for batch in batches(rows + rng.sample(again, len(again) // 2), size, rng):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                states = reader(*window_inputs(batch, pieces))["states"].float()
            loss = args.told * loss_of(both["events"], [(row, states[i, : len(row.words)]) for i, row in enumerate(batch)], numbers)
            loss.backward()
            nn.utils.clip_grad_norm_(both.parameters(), 1.0)
            told += loss.item()
            for report in turn(reports, step):
                loss = report_loss(reader, both["fillers"], report, pieces)
                (args.filled * loss).backward()
                filled += loss.item()
            for lesson in turn(lessons, step):
                with torch.autocast("cpu", dtype=torch.bfloat16):
                    loss, _ = reading_loss(reader, lesson, WEIGHTS, teachers)
                loss.backward()
                read += loss.item()
            nn.utils.clip_grad_norm_(reader.parameters(), 2.0)
            nn.utils.clip_grad_norm_(both["fillers"].parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            step += 1
            decay = min(0.99, 1 - 1 / (step / 10 + 1))
            with torch.no_grad():
                for n, p in both.named_parameters():
                    average[n].lerp_(p, 1 - decay)
            if step % 50 == 0:
                print(f"step {step}/{total} {time.time() - began:.0f}s", flush=True)
        raw = {n: p.detach().clone() for n, p in both.named_parameters()}
        both.load_state_dict(average, strict=False)
        both.eval()
        figures = {
            "ewt": tree_scores(reader, read_conllu(args.corpora / "ud-ewt/dev.conllu"), pieces, index),
            "newswire": entity_f1(reader, read_newswire(args.corpora / "en-worldwide-newswire/dev.tsv"), pieces, index, labels.entity),
        }
        print(f"epoch {number} {time.time() - began:.0f}s told {told / per_epoch:.2f} read {read * args.epochs / max(1, len(lessons)):.2f} filled {filled * args.epochs / max(1, len(reports)):.1f}", figures, flush=True)
        part = lambda name: {n.removeprefix(f"{name}."): p for n, p in average.items() if n.startswith(f"{name}.")}
        torch.save({"average": part("reader")}, args.out / "reader.pt")
        torch.save(part("events"), args.out / "events.pt")
        both.load_state_dict(raw, strict=False)
        torch.save(
            {"both": both.state_dict(), "optimizer": optimizer.state_dict(), "schedule": schedule.state_dict(),
             "average": average, "epoch": number + 1, "step": step},
            checkpoint,
        )


if __name__ == "__main__":
    main()
