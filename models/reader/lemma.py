"""Lemmas as edit rules on the form, so that a classifier can choose one.

A rule is a casing (`k` keep, `l` lower, `t` title), then either `-N+SUFFIX`: cut N characters from the end
and append SUFFIX, or `=LEMMA`: the whole lemma, for irregular words.
"""

CASINGS = {"k": lambda w: w, "l": str.lower, "t": lambda w: w[:1].upper() + w[1:].lower()}


def rule(form: str, lemma: str) -> str:
    """The shortest rule that makes `lemma` of `form`."""
    best = f"k={lemma}"
    cost = 3 + len(lemma)
    for casing, cased in CASINGS.items():
        base = cased(form)
        same = 0
        while same < min(len(base), len(lemma)) and base[same] == lemma[same]:
            same += 1
        changed = len(base) - same + len(lemma) - same
        if (same > 0 or changed == 0) and changed < cost:
            best, cost = f"{casing}-{len(base) - same}+{lemma[same:]}", changed
    return best


def apply(form: str, rule: str) -> str:
    """The lemma that `rule` makes of `form`; the form itself where the rule cuts more than there is."""
    casing, kind, rest = rule[0], rule[1], rule[2:]
    if kind == "=":
        return rest
    count, _, suffix = rest.partition("+")
    base = CASINGS[casing](form)
    cut = int(count)
    return base[: len(base) - cut] + suffix if cut <= len(base) else base


def cut_of(form: str, rule: str) -> str:
    """What `rule` takes off `form`, in lower case: an ending, or for a whole lemma the whole form.

    One or two letters tell too little ("taken" loses its "n", "gunmen" does not, "passed" its "ed", "tried" does not), so
    they go with the two before them."""
    kind, rest = rule[1], rule[2:]
    count = len(form) if kind == "=" else int(rest.partition("+")[0])
    told = count + 2 if count in (1, 2) else count
    return form.lower()[max(0, len(form) - told) :]
