"""Quick scores during training; the published figures are made by the project's Rust scorer."""

import torch

from windows import FAR, IGNORE, collate, encode


def fixed_windows(documents, pieces, budget=110):
    for document in documents:
        window, length = [], 0
        for sentence in document:
            size = sum(len(pieces.of(w)) for w in sentence.words)
            if window and length + size > budget:
                yield window
                window, length = [], 0
            window.append(sentence)
            length += size
        if window:
            yield window


def outputs(model, documents, pieces, index):
    rows = [encode(w, pieces, index) for w in fixed_windows(documents, pieces)]
    rows = sorted((r for r in rows if r), key=lambda r: len(r["ids"]))
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for start in range(0, len(rows), 24):
            batch = collate(rows[start : start + 24])
            yield batch, model(batch["ids"], batch["cases"], batch["first"], batch["mask"])


def tree_scores(model, documents, pieces, index) -> dict[str, float]:
    """Per cent of words with the right tag, head, head and relation; heads chosen greedily."""
    right = {"upos": 0, "feats": 0, "lemma": 0, "uas": 0, "las": 0}
    words = 0
    for batch, out in outputs(model, documents, pieces, index):
        known = batch["heads"] != IGNORE
        same = batch["sentence"][:, :, None] == batch["sentence"][:, None, :]
        heads = out["arcs"].float().masked_fill(~same, FAR).argmax(-1)
        chosen = heads.unsqueeze(-1).expand(-1, -1, out["head"].shape[-1])
        with torch.no_grad():
            relation = model.relations(out["dependent"].float(), out["head"].float().gather(1, chosen)).argmax(-1)
        root = batch["heads"] == torch.arange(heads.shape[1])[None, :]
        headed = (heads == batch["heads"]) & known
        words += known.sum().item()
        right["uas"] += headed.sum().item()
        right["las"] += (headed & (root | (relation == batch["relation"]))).sum().item()
        for name in ("upos", "feats", "lemma"):
            right[name] += ((out[name].argmax(-1) == batch[name]) & known).sum().item()
    return {name: round(100 * n / words, 2) for name, n in right.items()}


def spans(tags: list[str]) -> set[tuple[int, int, str]]:
    """The entities of a BIO sequence; an I without its B opens an entity."""
    found, start, kind = set(), 0, None
    for i, tag in enumerate(tags + ["O"]):
        if kind is not None and tag != f"I-{kind}":
            found.add((start, i, kind))
            kind = None
        if tag != "O" and kind is None:
            start, kind = i, tag[2:]
    return found


def entity_f1(model, documents, pieces, index, names: list[str]) -> dict[str, float]:
    hits = said = gold = 0
    for batch, out in outputs(model, documents, pieces, index):
        guess = out["entity"].argmax(-1)
        for tags, truth in zip(guess, batch["entity"]):
            length = (truth != IGNORE).sum().item()
            mine = spans([names[t] for t in tags[:length].tolist()])
            theirs = spans([names[t] for t in truth[:length].tolist()])
            hits, said, gold = hits + len(mine & theirs), said + len(mine), gold + len(theirs)
    precision, recall = hits / max(said, 1), hits / max(gold, 1)
    return {"p": round(precision, 4), "r": round(recall, 4), "f1": round(2 * precision * recall / max(precision + recall, 1e-9), 4)}
