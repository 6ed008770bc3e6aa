"""Trains and exports who is said to have done violence to whom, with what: a head over a whole report's states.

    python fillers.py --run RUN --encoder DIR --layers 6 --reader BUNDLE --corpus MUC4 --read READ.jsonl --out BUNDLE

One layer of attention over all words of a report, so that a word knows what the report is about. READ is what
`averment read --format jsonl` prints of the corpus's training texts (`--texts FILE` writes them). A sixth of the training
documents chooses the thresholds; the corpus's development half is never read. To train the encoder along, add
`fillers_loss(model, states, rows)` for rows of `load_rows` to another loss: states a row, words by 768.
"""

import argparse
import json
import math
import random
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

import blake3
import torch
import torch.nn.functional as F
from torch import nn

from encoder import CASES, Drop, Pieces, load_bert
from events import window_inputs
from export import export
from model import Reader
from passages import Row, read_row, stretch

ROLES = ["PerpInd", "PerpOrg", "Target", "Victim", "Weapon"]  # the corpus's names, in the order of the outputs
NAMES = ["person", "group", "object", "victim", "weapon"]  # the program's
KINDS = ["attack", "bombing", "kidnapping", "arson", "robbery", "forced work stoppage"]
LEAST = 0.15  # a word is looked at from this probability of a role


@dataclass
class Report(Row):
    text: str = ""
    tags: list[int] = field(default_factory=list)  # 0 none, 1 + 2r opens a filler of role r, 2 + 2r goes on with it
    kinds: list[int] = field(default_factory=list)  # a bit each for the incidents in which a filler stands
    incidents: list[int] = field(default_factory=list)
    templates: list[dict] = field(default_factory=list)


def load_rows(corpus: Path, read: Path) -> list[Report]:
    """The training half as the program reads it: in lower case, as the runtime feeds the head."""
    gold = {d["docid"]: d for d in map(json.loads, (corpus / "templates-train.jsonl").read_text().splitlines())}
    rows = []
    for line in read.read_text().splitlines():
        found = json.loads(line)
        if found["report"] in gold:
            rows.append(tagged(Report(**vars(read_row("muc4", found))), found["text"], gold[found["report"]]["templates"]))
    return rows


def tagged(row: Report, text: str, templates: list[dict]) -> Report:
    """Marks every place of a filler's words: the key says only which words they are."""
    row.text, row.templates = text, templates
    row.words = [word.lower() for word in row.words]
    row.tags, row.kinds, row.incidents = [0] * len(row.words), [0] * len(row.words), [0] * len(KINDS)
    opens, ends = ({span[side]: k for k, span in enumerate(row.spans)} for side in (0, 1))
    fillers: dict[tuple[int, str], int] = {}
    for template in templates:
        kinds = [KINDS.index(kind) for kind in template["incident_type"].split(" / ")]
        for kind in kinds:
            row.incidents[kind] = 1
        for number, role in enumerate(ROLES):
            for words in (mention[0] for entity in template[role] for mention in entity):
                fillers[number, words] = fillers.get((number, words), 0) | sum(1 << kind for kind in kinds)
    for (number, words), kinds in sorted(fillers.items(), key=lambda f: -len(f[0][1])):
        for place in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text.lower()):
            if place.start() not in opens or place.end() not in ends:
                continue
            first, end = opens[place.start()], ends[place.end()] + 1
            if not any(row.tags[first:end]):
                row.tags[first:end] = [1 + 2 * number] + [2 + 2 * number] * (end - first - 1)
                row.kinds[first:end] = [kinds] * (end - first)
    return row


class Fillers(nn.Module):
    """The part that each word of a report plays, in which kinds of incident, and which kinds the report tells of."""

    def __init__(self, states=768, width=128, inner=256, heads=4, drop=0.2):
        super().__init__()
        self.heads = heads
        self.enter, self.norm = nn.Linear(states, width), nn.LayerNorm(width)
        self.near = nn.Conv1d(width, width, 5, padding=2, groups=width)
        self.joint, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.attended, self.normed = nn.LayerNorm(width), nn.LayerNorm(width)
        self.inner, self.outer = nn.Linear(width, inner), nn.Linear(inner, width)
        self.pool, self.gate, self.incident = nn.Linear(width, 1), nn.Linear(width, width), nn.Linear(width, len(KINDS))
        self.hidden = nn.Linear(2 * width, width)
        self.tag, self.kind = nn.Linear(width, 1 + 2 * len(ROLES)), nn.Linear(width, len(KINDS))
        self.drop, self.lighter = Drop(drop), Drop(drop / 2)

    def forward(self, states, padding=None):
        """States [reports, words, 768], and where there is no word."""
        x = self.norm(self.enter(self.drop(states)))
        if padding is not None:
            x = x.masked_fill(padding[..., None], 0.0)
        x = x + F.gelu(self.near(x.transpose(1, 2)).transpose(1, 2))
        width = x.shape[-1]
        split = lambda y: y.reshape(x.shape[0], -1, self.heads, width // self.heads).transpose(1, 2)
        q, k, v = map(split, self.joint(x).split(width, -1))
        scores = (q @ k.transpose(-1, -2)) / math.sqrt(width // self.heads)
        weights = self.pool
        if padding is not None:
            scores = scores.masked_fill(padding[:, None, None, :], -1e4)
        mixed = (scores.softmax(-1) @ v).transpose(1, 2).reshape(x.shape[0], -1, width)
        x = self.attended(x + self.lighter(self.out(mixed)))
        x = self.normed(x + self.lighter(self.outer(self.lighter(F.gelu(self.inner(x))))))
        weights = weights(x)
        if padding is not None:
            weights = weights.masked_fill(padding[..., None], -1e4)
        about = (weights.softmax(1) * x).sum(1, keepdim=True)
        incident = self.incident(F.dropout(about, 0.2, self.training))
        hidden = self.drop(F.gelu(self.hidden(torch.cat([x, self.gate(about).expand_as(x)], -1))))
        return self.tag(hidden), self.kind(hidden), incident


def padded(states: list[torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
    longest = max(map(len, states))
    lengths = torch.tensor([len(s) for s in states])
    return torch.stack([F.pad(s.float(), (0, 0, 0, longest - len(s))) for s in states]), torch.arange(longest)[None] >= lengths[:, None]


def fillers_loss(model: Fillers, states: list[torch.Tensor], rows: list[Report]) -> torch.Tensor:
    """Loss a report, of about 30 at the end of training; the states may carry a gradient."""
    x, padding = padded(states)
    fill = lambda values, by: torch.tensor([v + [by] * (x.shape[1] - len(v)) for v in values])
    tags, bits = fill([row.tags for row in rows], -100), fill([row.kinds for row in rows], 0)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        tag, kind, incident = (y.float() for y in model(x, padding))
    loss = F.cross_entropy(tag.flatten(0, 1), tags.flatten(), ignore_index=-100, reduction="sum")
    if (tags > 0).any():
        kinds = torch.stack([(bits >> k) & 1 for k in range(len(KINDS))], -1).float()
        loss = loss + F.binary_cross_entropy_with_logits(kind[tags > 0], kinds[tags > 0], reduction="sum") / 3
    told = torch.tensor([row.incidents for row in rows]).float()[:, None]
    return (loss + 3 * F.binary_cross_entropy_with_logits(incident, told, reduction="sum")) / len(rows)


def train(model: Fillers, rows: list[tuple[Report, torch.Tensor]], epochs: int, rng: random.Random):
    size = 3
    # Reports without an incident are many and alike.
    telling, others = [r for r in rows if r[0].templates], [r for r in rows if not r[0].templates]
    steps = epochs * math.ceil((len(telling) + len(others) // 2) / size)
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=0.05)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 2e-3, steps, pct_start=0.15)
    for number in range(epochs):
        model.train()
        order = sorted(telling + rng.sample(others, len(others) // 2), key=lambda r: len(r[0].words) + 60 * rng.random())
        batches = [order[k : k + size] for k in range(0, len(order), size)]
        rng.shuffle(batches)
        total = 0.0
        for batch in batches:
            loss = fillers_loss(model, [s for _, s in batch], [r for r, _ in batch])
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.detach().item()
        print(f"epoch {number} loss {total / len(batches):.2f}", flush=True)
    model.eval()


def spans(shares) -> list[tuple[int, int, int, float]]:
    """Runs of words with a share of a role, as the runtime finds them: role, first word, end, likelihood."""
    found = []
    for role in range(len(ROLES)):
        opens, goes_on = shares[:, 1 + 2 * role].tolist(), shares[:, 2 + 2 * role].tolist()
        at = 0
        while at < len(opens):
            run = [opens[at] + goes_on[at]]
            first, at = at, at + 1
            if run[0] <= LEAST:
                continue
            while at < len(opens) and goes_on[at] >= opens[at] and opens[at] + goes_on[at] > LEAST:
                run.append(opens[at] + goes_on[at])
                at += 1
            found.append((role, first, at, (min(run) + sum(run) / len(run)) / 2))
    return found


def normal(words: str) -> str:
    """Words as scorers compare them: in lower case, without marks and articles."""
    return " ".join(w for w in re.sub(r"[^\w\s]", "", words.lower()).split() if w not in ("a", "an", "the"))


SMALL = {"of", "and", "in", "at", "on", "to", "for", "by", "from", "than", "the", "a", "an"}  # open, end and tell apart no filler


def trimmed(words: list[str], first: int, end: int) -> tuple[int, int]:
    """The range without small words and marks at its ends."""
    bare = lambda word: word in SMALL or not any(c.isalnum() for c in word)
    while first < end and bare(words[first]):
        first += 1
    while first < end and bare(words[end - 1]):
        end -= 1
    return first, end


def same(role: int, one: str, other: str) -> bool:
    """Whether two fillers of a role are one: the words of one are among the other's, or are its initials."""
    a, b = ({w for w in words.split() if w not in SMALL} for words in (one, other))
    if not a or not b:
        return one == other
    if a <= b or b <= a:
        return True
    initials = lambda words: "".join(w[0] for w in words.split() if w not in SMALL)
    return role == 1 and (initials(one) == other or initials(other) == one)


def entities(row: Report, found) -> list[dict]:
    """Fillers with all their places, the likeliest words first, as the runtime joins them."""
    out, found = [], [(role, *trimmed(row.words, first, end), likely) for role, first, end, likely in found]
    for role in range(len(ROLES)):
        names: dict[str, list] = {}
        for r, first, end, likely in found:
            if r == role and first < end and (name := normal(row.text[row.spans[first][0] : row.spans[end - 1][1]])):
                names.setdefault(name, []).append((first, end, likely))
        joined: list[dict] = []
        for name, at in sorted(names.items(), key=lambda n: (-max(p[2] for p in n[1]), n[1][0][0])):
            either = 1 - math.prod(1 - p[2] for p in at)
            own = next((e for e in joined if same(role, name, e["lead"])), None)
            if own is None:
                joined.append(dict(role=role, lead=name, best=name, surest=either, at=list(at)))
                continue
            own["at"] += at
            if either > own["surest"]:
                own["best"], own["surest"] = name, either
        for e in joined:
            e["likely"] = (1 - math.prod(1 - p[2] for p in e["at"]) + max(p[2] for p in e["at"])) / 2
        out += joined
    return out


def matched(gold: list[set[str]], found: list[set[str]]) -> int:
    """Fillers that can be matched one to one, all words of the found one being words of the gold one."""
    owner: dict[int, int] = {}

    def place(k: int, seen: set[int]) -> bool:
        for g, words in enumerate(gold):
            if found[k] <= words and g not in seen:
                seen.add(g)
                if g not in owner or place(owner[g], seen):
                    owner[g] = k
                    return True
        return False

    return sum(place(k, set()) for k in range(len(found)))


def told(row: Report) -> list[list[set[str]]]:
    """The gold fillers of a report, a list a role; entities that share words are one."""
    out: list[list[set[str]]] = [[] for _ in ROLES]
    for template in row.templates:
        for role, name in enumerate(ROLES):
            for entity in template[name]:
                words = {normal(mention[0]) for mention in entity}
                if not any(words & known for known in out[role]):
                    out[role].append(words)
    return out


def f1(right: int, found: int, gold: int) -> float:
    return 2 * right / max(1, found + gold)


def fillers_f1(rows: list[Report], found: list[list[dict]], least: list[float]) -> float:
    right = count = gold = 0
    for row, all in zip(rows, found):
        wanted = told(row)
        for role in range(len(ROLES)):
            kept = [{e["best"]} for e in all if e["role"] == role and e["likely"] >= least[role]]
            right, count, gold = right + matched(wanted[role], kept), count + len(kept), gold + len(wanted[role])
    return f1(right, count, gold)


def thresholds(rows: list[Report], found: list[list[dict]]) -> tuple[list[float], float]:
    """From which likelihood a filler counts, a role each, and the F1 that this gives."""
    steps = [k / 20 for k in range(3, 18)]
    best, level = max((fillers_f1(rows, found, [s] * len(ROLES)), s) for s in steps)
    least = [level] * len(ROLES)
    for _ in range(2):
        for role in range(len(ROLES)):
            for step in steps:
                tried = least[:role] + [step] + least[role + 1 :]
                if (score := fillers_f1(rows, found, tried)) > best:
                    best, least = score, tried
    return least, best


def templates(report: list[dict], incident: list[float], kinds, least: list[float], told: float, fits: float):
    """One template a kind of incident: the kinds that the report tells of, and in each the fillers that stand in it."""
    kept = [e for e in report if e["likely"] >= least[e["role"]]]
    use = [k for k, share in enumerate(incident) if share >= told] or [max(range(len(KINDS)), key=lambda k: incident[k])]
    out = {k: [[] for _ in ROLES] for k in use}
    for e in kept:
        surest = max(p[2] for p in e["at"])
        share = [max(p[2] / surest * kinds[p[0] : p[1], k].mean().item() for p in e["at"]) for k in range(len(KINDS))]
        for k in [k for k in use if share[k] >= fits] or [max(use, key=lambda k: share[k])]:
            out[k][e["role"]].append({e["best"]})
    return {k: roles for k, roles in out.items() if any(roles)}


def assigned(scores: list[list[int]]) -> int:
    """The highest sum of scores with one found template a gold one; found ones are few."""
    best = {0: 0}
    for row in scores:
        for taken, sum_ in list(best.items()):
            for k, score in enumerate(row):
                if score and not taken >> k & 1:
                    best[taken | 1 << k] = max(best.get(taken | 1 << k, 0), sum_ + score)
    return max(best.values())


def templates_f1(rows, found) -> float:
    right = count = gold = 0
    for row, own in zip(rows, found):
        wanted = [(t["incident_type"].split(" / "), [[{normal(m[0]) for m in e} for e in t[r]] for r in ROLES]) for t in row.templates]
        gold += sum(len(e) for _, roles in wanted for e in roles)
        count += sum(len(e) for roles in own.values() for e in roles)
        match = lambda a, b: sum(matched(x, y) for x, y in zip(a, b))
        right += assigned([[match(roles, r) if KINDS[k] in kinds else 0 for k, r in own.items()] for kinds, roles in wanted])
    return f1(right, count, gold)


def judged(model: Fillers, rows: list[tuple[Report, torch.Tensor]]):
    """Of each report its fillers, the shares of the incidents, and those of the kinds a word."""
    out = []
    with torch.inference_mode():
        for row, states in rows:
            tag, kind, incident = model(states.float()[None])
            shares, found = incident[0, 0].sigmoid().tolist(), entities(row, spans(tag[0].softmax(-1)))
            for entity in found:  # a report that tells of no incident has no fillers either
                entity["likely"] *= (1 - math.prod(1 - share for share in shares)) ** 0.5
            out.append((found, shares, kind[0].sigmoid()))
    return out


def tuned(model: Fillers, rows: list[tuple[Report, torch.Tensor]]) -> dict:
    """The thresholds that `rows` ask for, and the scores that these give there."""
    reports, found = [row for row, _ in rows], judged(model, rows)
    least, fillers = thresholds(reports, [f for f, *_ in found])
    tries = []
    for incident in (0.2, 0.3, 0.4, 0.5):
        for fits in (0.2, 0.3, 0.5):
            made = [templates(f, i, k, least, incident, fits) for f, i, k in found]
            tries.append((templates_f1(reports, made), incident, fits))
    score, incident, fits = max(tries)
    return {"least": least, "incident": incident, "fits": fits, "fillers": fillers, "templates": score}


def windows(row: Row, pieces: Pieces, most=126):
    """Ranges of words that a window of `most` pieces holds, whole sentences where they fit."""
    sizes = [len(pieces.of(w)) for w in row.words]
    first = 0
    while first < len(sizes):
        end, length, last = first, 0, None
        while end < len(sizes) and length + sizes[end] <= most:
            length, end = length + sizes[end], end + 1
            if end == len(sizes) or row.starts[end]:
                last = end
        yield first, last or max(end, first + 1)
        first = last or max(end, first + 1)


def states_of(reader: Reader, rows: list[Row], pieces: Pieces) -> list[torch.Tensor]:
    """What the encoder has of each word, as the runtime's graph gives it out."""
    out = [torch.zeros(len(row.words), 768) for row in rows]
    parts = [(number, first, end) for number, row in enumerate(rows) for first, end in windows(row, pieces)]
    parts.sort(key=lambda part: part[2] - part[1])
    for start in range(0, len(parts), 32):
        batch = parts[start : start + 32]
        with torch.inference_mode():
            states = reader(*window_inputs([stretch(rows[number], first, end) for number, first, end in batch], pieces))["states"]
        for (number, first, end), found in zip(batch, states):
            out[number][first:end] = found[: end - first]
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True, help="the folder of MUC-4")
    parser.add_argument("--texts", type=Path, help="write the training texts here for `averment read`, and stop")
    parser.add_argument("--read", type=Path, help="what it prints of them")
    parser.add_argument("--run", type=Path, help="run of the reader")
    parser.add_argument("--encoder", type=Path)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--reader", type=Path, help="the reader's bundle, which the manifest names")
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--version", type=int, default=1)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    if args.texts:
        gold = map(json.loads, (args.corpus / "templates-train.jsonl").read_text().splitlines())
        args.texts.write_text("".join(json.dumps({"id": d["docid"], "text": d["doctext"]}) + "\n" for d in gold))
        return
    torch.manual_seed(args.seed)
    rows = load_rows(args.corpus, args.read)
    labels = json.loads((args.run / "labels.json").read_text())
    reader = Reader(load_bert(args.encoder / "model.safetensors", args.layers), {k: len(v) for k, v in labels.items()})
    reader.load_state_dict(torch.load(args.run / "reader.pt", weights_only=True)["average"], strict=False)
    reader.eval()
    special = json.loads((args.encoder / "special.json").read_text())
    pieces = Pieces(args.encoder / "tokenizer.json", special["first"], special["last"], special["unknown"])
    states = []
    for k in range(0, len(rows), 100):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states += [s.bfloat16() for s in states_of(reader, rows[k : k + 100], pieces)]
    pairs = list(zip(rows, states))
    model = Fillers()
    train(model, [pair for k, pair in enumerate(pairs) if k % 6 != 5], args.epochs, random.Random(args.seed))
    found = tuned(model, [pair for k, pair in enumerate(pairs) if k % 6 == 5])
    print("tuning documents:", found, flush=True)
    model = Fillers()
    train(model, pairs, args.epochs, random.Random(args.seed))
    write(model, found, tomllib.loads((args.reader / "manifest.toml").read_text()), args.version, args.out)


def write(model: Fillers, found: dict, base: dict, version: int, out: Path):
    out.mkdir(parents=True, exist_ok=True)
    names = ["tags", "kinds", "incidents"]
    axes = {name: {1: "words"} for name in ["states", "tags", "kinds"]}
    export(model.eval(), (torch.zeros(1, 9, 768),), ["states"], names, axes, out / "fillers.onnx", ())
    digest = blake3.blake3((out / "fillers.onnx").read_bytes())
    text = [
        f"# Who is said to have done violence to whom with what, on the states of {base['name']}; the digest covers the file beside it. Written by models/reader/fillers.py.",
        "# Source: trained for this project on the filled templates of MUC-4, see models/reader/MODEL_CARD.md.",
        "# Licence: CC BY-SA 4.0, as the reader whose states it knows.",
        f'name = "{base["language"]}-fillers"',
        f"version = {version}",
        f'digest = "{digest.hexdigest()}"',
        f'reads = "{base["name"]}-{base["version"]}+{base["digest"][:8]}"',
        "",
        "# In the order of the outputs.",
        f"parts = {json.dumps(NAMES)}",
        f"kinds = {json.dumps(KINDS)}",
        "",
        "# From which likelihood a filler counts, a part each; from which probability a kind of incident does, and from which",
        f"# a filler stands in one. Fitted to a sixth of the training documents, where fillers had F1 {found['fillers']:.3f}, templates {found['templates']:.3f}.",
        f"least = {json.dumps(found['least'])}",
        f"incident = {found['incident']}",
        f"fits = {found['fits']}",
    ]
    (out / "manifest.toml").write_text("\n".join(text) + "\n")


if __name__ == "__main__":
    main()
