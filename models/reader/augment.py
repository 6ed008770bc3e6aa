"""Rougher copies of a sentence, so that the reader holds on wire text, headlines and misspelt names."""

import random
import unicodedata
from dataclasses import replace

from treebank import Sentence

VOWELS = "aeiou"


def is_mark(word: str) -> bool:
    return not any(c.isalnum() for c in word)


def strip_accents(word: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return plain or word


def misspell(word: str, rng: random.Random) -> str:
    """One slip of a typist or a transliterator."""
    if len(word) < 4 or not word.isalpha():
        return word
    at = rng.randrange(len(word))
    kind = rng.randrange(5)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + word[at] + word[at:]
    if kind == 2 and at + 1 < len(word):
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == 3 and word[at].lower() in VOWELS:
        return word[:at] + rng.choice(VOWELS) + word[at + 1 :]
    return word[:at] + rng.choice("abcdeghiklmnorstuy") + word[at + 1 :]


def without(sentence: Sentence, drop: list[bool]) -> Sentence:
    """The sentence less the dropped words; none of them may govern a word that stays."""
    keep = [i for i, gone in enumerate(drop) if not gone]
    if not keep or len(keep) == len(drop):
        return sentence
    place = {old: new for new, old in enumerate(keep)}
    take = lambda values: [values[i] for i in keep] if values else []
    heads = [place[sentence.heads[i]] for i in keep] if sentence.heads else []
    starts, pending = [], False
    for i, start in enumerate(sentence.starts):
        pending = pending or start
        if not drop[i]:
            starts.append(pending)
            pending = False
    return Sentence(
        words=take(sentence.words),
        upos=take(sentence.upos),
        feats=take(sentence.feats),
        lemmas=take(sentence.lemmas),
        heads=heads,
        relations=take(sentence.relations),
        entities=take(sentence.entities),
        starts=starts,
    )


def droppable(sentence: Sentence) -> list[bool]:
    """Marks that no tree and no entity needs."""
    governs = set(h for i, h in enumerate(sentence.heads) if h != i)
    roots = {i for i, h in enumerate(sentence.heads) if h == i}
    tagged = sentence.entities or ["O"] * len(sentence.words)
    return [
        is_mark(word) and tagged[i] == "O" and i not in governs and i not in roots
        for i, word in enumerate(sentence.words)
    ]


def is_name(sentence: Sentence, i: int) -> bool:
    if sentence.entities:
        return sentence.entities[i] != "O"
    return sentence.upos[i] == "PROPN"


def noisy_names(sentence: Sentence, rng: random.Random, share: float = 0.5) -> Sentence:
    words = [
        misspell(w, rng) if is_name(sentence, i) and rng.random() < share else w
        for i, w in enumerate(sentence.words)
    ]
    return replace(sentence, words=words)


SMALL = {"a", "an", "the", "of", "in", "on", "at", "by", "for", "to", "and", "or", "as", "with"}


def headline(sentence: Sentence) -> Sentence:
    words = [w if w.lower() in SMALL and i else w[:1].upper() + w[1:] for i, w in enumerate(sentence.words)]
    return replace(sentence, words=words)


LIGHT = {"upper": 0.09, "lower": 0.07, "headline": 0.03, "unmarked": 0.05, "names": 0.14, "accents": 0.03}
HARD = {"upper": 0.11, "lower": 0.14, "headline": 0.03, "unmarked": 0.06, "names": 0.20, "accents": 0.02}
MIXES = {"light": LIGHT, "hard": HARD}


def rougher(kind: str, s: Sentence, rng: random.Random) -> Sentence:
    match kind:
        case "upper":
            return replace(s, words=[w.upper() for w in s.words])
        case "lower":
            return replace(s, words=[w.lower() for w in s.words])
        case "headline":
            return headline(s)
        case "unmarked":
            return without(s, droppable(s))
        case "names":
            return noisy_names(s, rng)
        case "accents":
            return replace(s, words=[strip_accents(w) for w in s.words])
    raise ValueError(kind)


def roughen(sentences: list[Sentence], rng: random.Random, mix: dict[str, float]) -> list[Sentence]:
    """A window's sentences, with the mix's chances with one kind of roughness over all of them."""
    draw = rng.random()
    for kind, chance in mix.items():
        draw -= chance
        if draw < 0:
            return [rougher(kind, s, rng) for s in sentences]
    return sentences
