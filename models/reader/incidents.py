"""From fillers to incidents: which fillers are right, in what kind of incident, and which stand in one together.

Three logistic scores over a few plain figures, fitted on what heads say of reports that they did not learn from: of a filler
that it is right, of a filler and a kind that it stands in one of that kind, and of two fillers that they stand in one
together. crates/lang/src/violence/settle.rs reckons the same figures in the same order; the weights travel in the manifest.
"""

import math
from dataclasses import dataclass

import numpy as np

# Words that tell of a kind of incident, in the order of fillers.KINDS.
CUES = [
    "murder murdered murders murderers kill killed kills killing killings killers assassinate assassinated assassination assassinations assassins "
    "shot shots shooting attack attacks attacked attacking massacre massacred massacres ambush ambushed ambushes gunfire fired slain death deaths",
    "bomb bombs bombing bombings bombed carbomb dynamite dynamited dynamiting explosion explosions explosive explosives explode exploded exploding "
    "blast blasts blasted blew blown detonate detonated grenade grenades",
    "kidnap kidnapped kidnapping kidnappings kidnappers kidnaping kidnaped abduct abducted abduction abductions hostage hostages captors captivity "
    "ransom released freed",
    "burn burned burning burnt burns arson torched torching afire flames incendiary fire fires",
    "rob robs robbed robbing robbery robberies robbers stole stolen steal stealing theft thefts loot looted looting",
    "stoppage stoppages strike strikes paralyze paralyzed",
]
CUES = [words.split() for words in CUES]
FAR = 200  # words; what is farther counts as this far
PERPETRATORS = 2  # the first parts of fillers.ROLES
REACH = 15.0  # words over which a cue's weight falls to a third
DOUBTED = 0.15  # a pair is learnt from where both are at least this likely
SEEN = 0.3  # a filler counts as one more of a report's from here


@dataclass
class Weights:
    fillers: list  # a part each
    kinds: list
    pairs: list


def logit(p: float) -> float:
    p = min(max(p, 0.01), 0.99)
    return math.log(p / (1 - p))


def fitted(x: list, y: list, weight: list | None = None, prior=1.0) -> list[float]:
    """A logistic regression by Newton's method; the first column is 1 and free."""
    x, y = np.array(x, float), np.array(y, float)
    weight = np.ones(len(y)) if weight is None else np.array(weight)
    hold = np.eye(x.shape[1]) * prior
    hold[0, 0] = 1e-3
    beta = np.zeros(x.shape[1])
    for _ in range(25):
        p = 1 / (1 + np.exp(-(x @ beta)))
        slope = x.T @ (weight * (y - p)) - hold @ beta
        bend = (x * (weight * p * (1 - p))[:, None]).T @ x + hold
        beta = beta + np.linalg.solve(bend, slope)
    return [round(float(b), 4) for b in beta]


def share(weights: list[float], figures: list[float]) -> float:
    return 1 / (1 + math.exp(-sum(w * f for w, f in zip(weights, figures))))


def prepare(words: list[str], found: list[dict], told: list[float], kinds):
    """Adds to each filler what the figures are made of: words, places, shares of the kinds."""
    places = [[k for k, word in enumerate(words) if word in cues] for cues in map(set, CUES)]
    any_told = 1 - math.prod(1 - p for p in told)
    for e in found:
        likely = [at[2] for at in e["at"]]
        e["top"], e["either"] = max(likely), 1 - math.prod(1 - p for p in likely)
        own = [kinds[first:end].mean(0).tolist() for first, end, _ in e["at"]]
        e["highest"] = [max(p / e["top"] * k[n] for p, k in zip(likely, own)) for n in range(len(CUES))]
        e["mean"] = [sum(p * k[n] for p, k in zip(likely, own)) / sum(likely) for n in range(len(CUES))]
        e["first"] = min(at[0] for at in e["at"])
        e["far"] = [min((abs(at[0] - c) for at in e["at"] for c in all), default=FAR) for all in places]
        e["near"] = [sum(math.exp(-abs(e["first"] - c) / REACH) for c in all) for all in places]
    for e in found:
        rivals = [o["likely"] for o in found if o["role"] == e["role"] and o is not e]
        twins = [o["likely"] for o in found if o["role"] != e["role"] and o["best"] == e["best"]]
        e["filler"] = [
            1.0, logit(e["either"]), logit(e["top"]), logit(any_told), math.log1p(len(e["at"])), math.log1p(e["first"] / 50),
            logit(max(rivals, default=0.0)), logit(max(twins, default=0.0)), *e["mean"],
        ]
        e["kinds"] = [kind_figures(e, k, told, [len(all) for all in places]) for k in range(len(CUES))]


def kind_figures(e: dict, kind: int, told: list[float], cues: list[int]) -> list[float]:
    far = math.log1p(min(e["far"][kind], FAR) / 5)
    return [
        1.0, logit(e["highest"][kind]), logit(e["mean"][kind]), logit(told[kind]), told[kind] / (sum(told) + 1e-6),
        e["mean"][kind] / (sum(e["mean"]) + 1e-6), far, math.log1p(cues[kind]), min(e["near"][kind], 3.0),
        e["near"][kind] / (sum(e["near"]) + 0.1), *(float(kind == k) for k in range(1, len(CUES))),
        *(far * (kind == k) for k in (3, 4)),
    ]


def judge(found: list[dict], weights: Weights):
    """How likely each filler is right, and how likely it then stands in each kind."""
    for e in found:
        e["right"] = share(weights.fillers[e["role"]], e["filler"])
        e["stands"] = [share(weights.kinds, figures) for figures in e["kinds"]]


def pair_figures(a: dict, b: dict, seen: int, words: int) -> list[float]:
    near = math.log1p(min(abs(p[0] - q[0]) for p in a["at"] for q in b["at"]) / 10)
    first = math.log1p(abs(a["first"] - b["first"]) / 10)
    apart = sum(abs(x - y) for x, y in zip(a["stands"], b["stands"]))
    many, low, high = math.log1p(seen), min(a["role"], b["role"]), max(a["role"], b["role"])
    sort = 0 if high < PERPETRATORS else 1 if low < PERPETRATORS else 2 if low == high else 3
    own = [value * (sort == k) for k in (1, 2, 3) for value in (1.0, near, first, many)]
    return [1.0, near, first, apart, many, math.log(max(words, 1) / 300), *own]


def seen(found: list[dict]) -> int:
    return sum(e["right"] >= SEEN for e in found)


def fit(reports: list, told, stands) -> Weights:
    """Weights from `reports` of (words, fillers); `told(k)` has a list of gold fillers a part of report k, `stands(k, e)` the
    places and kinds of the templates in which a filler stands."""
    weights = Weights([], [], [])
    parts = sorted({e["role"] for _, found in reports for e in found})
    for part in parts:
        x, y = [], []
        for k, (_, found) in enumerate(reports):
            taken = set()
            for e in sorted((e for e in found if e["role"] == part), key=lambda e: -e["likely"]):
                hit = [n for n, names in enumerate(told(k)[part]) if e["best"] in names and n not in taken]
                taken.update(hit[:1])
                x.append(e["filler"])
                y.append(bool(hit))
        weights.fillers.append(fitted(x, y))
    standing = [[(e, stands(k, e)) for e in found] for k, (_, found) in enumerate(reports)]
    some = [(e, kinds) for own in standing for e, (at, kinds) in own if at]
    weights.kinds = fitted(
        [figures for e, _ in some for figures in e["kinds"]], [k in kinds for _, kinds in some for k in range(len(CUES))]
    )
    x, y, counts = [], [], []
    for (words, found), own in zip(reports, standing):
        judge(found, weights)
        own = [(e, at) for e, (at, _) in own if at and e["right"] >= DOUBTED]
        count = len(own) * (len(own) - 1) / 2
        for n, (a, at) in enumerate(own):
            for b, there in own[:n]:
                x.append(pair_figures(a, b, seen(found), words))
                y.append(bool(at & there))
                counts.append(1 / max(1.0, count / 10))  # one long report is no more than some short ones
    weights.pairs = fitted(x, y, counts)
    return weights


@dataclass
class Levels:
    """From which share a filler counts, groups become one, a perpetrator joins a further group, a group has a further kind."""

    filler: float
    together: float
    joins: float
    kind: float


def incidents(words: int, found: list[dict], weights: Weights, levels: Levels) -> list[tuple[int, list[dict]]]:
    """Incidents, each a kind and its fillers, of a judged report: victims, things and weapons that stand together make a
    group, the likeliest together first; perpetrators join each group that they stand together with, or the best one."""
    kept = [e for e in found if e["right"] >= levels.filler]
    if not kept:
        return []
    many = seen(found)
    link = [[share(weights.pairs, pair_figures(a, b, many, words)) if a is not b else 0.0 for b in kept] for a in kept]
    core = [n for n, e in enumerate(kept) if e["role"] >= PERPETRATORS] or list(range(len(kept)))
    groups = [[n] for n in core]
    mean = lambda one, other: sum(link[a][b] for a in one for b in other) / (len(one) * len(other))
    while len(groups) > 1:
        best, first, second = max((mean(groups[a], groups[b]), -b, -a) for a in range(len(groups)) for b in range(a))
        if best < levels.together:
            break
        groups[-first] += groups.pop(-second)
    bare = [list(group) for group in groups]
    for n in (n for n in range(len(kept)) if n not in core):
        fit_in = [mean([n], group) for group in bare]
        for k, value in enumerate(fit_in):
            if value >= levels.joins or value == max(fit_in) and k == fit_in.index(value):
                groups[k].append(n)
    out = []
    for group in groups:
        own = [kept[n] for n in group]
        total = sum(e["right"] for e in own)
        stands = [sum(e["right"] * e["stands"][k] for e in own) / total for k in range(len(CUES))]
        best = stands.index(max(stands))
        out += [(k, own) for k in range(len(CUES)) if k == best or stands[k] >= levels.kind]
    return out
