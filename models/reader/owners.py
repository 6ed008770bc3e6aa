"""Lists names that have no plural, for `data/reader/en/owners.txt`: before a noun their "s" is an owner's that lost its apostrophe.

    python owners.py > ../../data/reader/en/owners.txt

They are those of names.txt that are the last words of the names of countries, large towns, persons and armed groups in the project's own data; not those of peoples, common words,
words that end in s themselves, and not those whose form with an s is a name too.
"""

import re
import tomllib

from names import DATA, LEAST_LETTERS, rows

LARGE_TOWN = 500_000
# A form with an s in so many articles, as a power of two, is a word.
OFTEN = 4
HEADER = """\
# Names without a plural, in lower case. Written by models/reader/owners.py.
# Sources: data/actors (own work) and data/gazetteer (GeoNames, CC BY 4.0). Licence: CC BY 4.0."""
SINGLE = re.compile(r"(?:[Aa]l[ -])?\w+")
PLAIN = re.compile(f"[A-Z][a-z]{{{LEAST_LETTERS - 1},}}")


def actors():
    """All actors of the registry."""
    for path in sorted((DATA / "actors").glob("*.toml")):
        yield from tomllib.loads(path.read_text(encoding="utf-8")).get("actor", [])


def last(name):
    """The last word of a name, if it is written as one."""
    word = re.split(r"[\s\-]+", name.strip())[-1] if name.strip() else ""
    return word if PLAIN.fullmatch(word) else None


def main():
    """Prints the list."""
    countries = list(rows("gazetteer/countries.tsv"))
    names = [name for row in countries for name in [row[2], *row[3].split("|"), row[5]]]
    names += [row[0] for row in rows("gazetteer/places.tsv") if int(row[8]) >= LARGE_TOWN]
    called = [(actor["kind"], name) for actor in actors() for name in [actor["name"], *actor.get("aliases", [])]]
    names += [name for kind, name in called if kind == "person" or kind == "armed_group" and SINGLE.fullmatch(name)]
    peoples = {word.lower() for row in rows("actors/demonyms.tsv") for cell in row[2:] for word in re.findall(r"\w+", cell)}
    peoples |= {word.lower() for row in countries for word in re.findall(r"\w+", row[4])}
    common = {row[0].lower() for row in rows("lexicons/common-words.tsv")}
    plurals = {row[0].lower() for row in rows("lexicons/common-words.tsv") if int(row[1]) >= OFTEN}
    written = {word.lower() for _, name in called for word in re.findall(r"\w+", name)}
    states = {row[2].lower() for row in countries} | {row[5].lower() for row in countries}
    named = set((DATA / "reader/en/names.txt").read_text(encoding="utf-8").split())
    nouns = {word for row in rows("lexicons/nouns.tsv") for word in row[0].split("|")}
    words = {word.lower() for word in map(last, names) if word}

    def owns(word):
        plural = word + "s"
        known = word in named and (word in states or word not in common)
        return known and word not in peoples | nouns and not word.endswith("s") and plural not in plurals | written | words

    print(HEADER)
    for word in sorted(filter(owns, words)):
        print(word)


if __name__ == "__main__":
    main()
