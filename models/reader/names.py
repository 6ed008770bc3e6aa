"""Lists words that are names, for `data/reader/en/names.txt`: those that the reader was taught with, and those of the project's own data.

    python names.py --corpora CORPORA > ../../data/reader/en/names.txt

A word is one of Latin letters. The training parts of UD-EWT, GUM and en-worldwide-newswire have it twice or more as a proper noun, as
an adjective with a capital, or inside an entity, and hardly ever otherwise, the first words of sentences aside; or it stands with a capital in the
name of a country, its people, a large town or an actor, and is no common word.
"""

import argparse
import collections
import pathlib
import re
import tomllib

LEAST_LETTERS = 4
LEAST_TIMES = 2
LEAST_SHARE = 0.9
LARGE_TOWN = 100_000
DATA = pathlib.Path(__file__).resolve().parents[2] / "data"
HEADER = """\
# Words that are names, in lower case. Written by models/reader/names.py.
# Sources: counted in the training parts of UD-EWT (CC BY-SA 4.0), GUM (CC BY 4.0) and en-worldwide-newswire (Shan et al. 2023);
# data/actors and data/gazetteer (GeoNames, CC BY 4.0). Licence: CC BY-SA 4.0."""


def of_treebank(path):
    """Words of a treebank behind the first of their sentence, and whether they are written as names."""
    first = True
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            cells = line.split("\t")
            if len(cells) < 10:
                first = True
            elif cells[0].isdigit():
                if not first:
                    yield cells[1], cells[1][:1].isupper() and cells[3] in ("PROPN", "ADJ")
                first = False


def of_newswire(path):
    """Words of the tagged news, and whether they stand in an entity."""
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            if len(cells) > 1:
                yield cells[0], cells[0][:1].isupper() and cells[1] != "O"


def rows(path):
    """The cells of a table's lines."""
    with open(DATA / path, encoding="utf-8") as lines:
        yield from (line.rstrip("\n").split("\t") for line in lines if not line.startswith("#"))


def texts(value):
    """All texts in a parsed file's names."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)


def names_of_actors(value):
    """What the registry calls its actors."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from texts(part) if key in ("name", "aliases", "names") else names_of_actors(part)
    elif isinstance(value, list):
        for part in value:
            yield from names_of_actors(part)


def of_own_data():
    """Words with a capital in names of countries, peoples, large towns and actors, common words aside."""
    phrases = [cell for path in ("gazetteer/countries.tsv", "actors/demonyms.tsv") for row in rows(path) for cell in row]
    phrases += [row[0] for row in rows("gazetteer/places.tsv") if int(row[8]) >= LARGE_TOWN]
    for path in sorted((DATA / "actors").glob("*.toml")):
        phrases += names_of_actors(tomllib.loads(path.read_text(encoding="utf-8")))
    common = {row[0].lower() for row in rows("lexicons/common-words.tsv")}
    words = {word for phrase in phrases for word in re.findall(r"[^\W\d_]+", phrase) if word[0].isupper()}
    return {word.lower() for word in words} - common


def main():
    """Prints the list."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=pathlib.Path, required=True)
    corpora = parser.parse_args().corpora
    words = [
        of_treebank(corpora / "ud-ewt/train.conllu"),
        of_treebank(corpora / "gum/train.conllu"),
        of_newswire(corpora / "en-worldwide-newswire/train.tsv"),
    ]
    names, all_words = collections.Counter(), collections.Counter()
    for word, named in (pair for source in words for pair in source):
        all_words[word.lower()] += 1
        names[word.lower()] += named
    plain = re.compile(f"[a-z]{{{LEAST_LETTERS},}}")
    taught = {
        word
        for word, times in names.items()
        if times >= LEAST_TIMES and times / all_words[word] >= LEAST_SHARE
    }
    print(HEADER)
    for word in sorted(filter(plain.fullmatch, taught | set(of_own_data()))):
        print(word)


if __name__ == "__main__":
    main()
