"""What a drawn map has to be: map.py svg|html|geojson FILE.

Prints nothing when all is well, else what is wrong, and exits with 1.
"""
import json
import re
import sys
import xml.etree.ElementTree as ET
from html.parser import HTMLParser

SVG = "{http://www.w3.org/2000/svg}"
MOST_BYTES = 400_000
faults = []


def want(good, what):
    if not good:
        faults.append(what)


# --- colours: WCAG 2.2 -------------------------------------------------------

def luminance(color):
    digits = color.lstrip("#")
    if len(digits) == 3:
        digits = "".join(c * 2 for c in digits)
    rgb = [int(digits[i:i + 2], 16) / 255 for i in (0, 2, 4)]
    rgb = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4
           for v in rgb]
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]


def contrast(a, b):
    x, y = sorted((luminance(a), luminance(b)))
    return (y + 0.05) / (x + 0.05)


def rules(css):
    found = {}
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", css):
        for selector in selectors.split(","):
            for name, value in re.findall(r"([\w-]+):([^;]+)", body):
                found.setdefault(selector.strip(), {})[name] = value
    return found


def check_colors(sheet):
    parts = re.split(r"@media\(prefers-color-scheme:dark\)\{", sheet)
    want(len(parts) == 2, "one dark style sheet is wanted")
    light = rules(parts[0])
    dark = {k: dict(v) for k, v in light.items()}
    for selector, body in rules(parts[-1]).items():
        dark.setdefault(selector, {}).update(body)
    for name, style in ("light", light), ("dark", dark):
        ground = style[".g"]["fill"]
        pairs = [("text", style["text"]["fill"], ground),
                 (".m", style[".m"]["fill"], ground)]
        for selector, body in style.items():
            if selector.startswith(".l .i"):
                pairs.append((selector, body["fill"], body["stroke"]))
        for what, ink, on in pairs:
            want(contrast(ink, on) >= 4.5,
                 f"{name}: {what} {ink} on {on} is {contrast(ink, on):.2f}")
    return light


# --- SVG ---------------------------------------------------------------------

def check_tree(root, size):
    want(size < MOST_BYTES, f"{size} bytes")
    want(root.tag == SVG + "svg", "no svg")
    want(root.find(SVG + "title").text, "no title")
    want(root.find(SVG + "desc").text.endswith("."), "no description")
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    want(len(ids) == len(set(ids)), "an id twice")
    for name in root.get("aria-labelledby").split():
        want(name in ids, f"no {name}")
    sheet = root.find(SVG + "style").text
    style = check_colors(sheet)
    known = set(re.findall(r"\.([a-z]+\d*)", " ".join(style)))
    known |= {"q", "tip"}  # the page's
    text = ET.tostring(root, encoding="unicode")
    for target in re.findall(r"url\(#([\w-]+)\)", text):
        want(target in ids, f"no {target}")
    for e in root.iter():
        want(e.tag != SVG + "script", "a script")
        href = e.get("href")
        want(href is None or href[1:] in ids, f"no {href}")
        for name in (e.get("class") or "").split():
            want(name in known, f"class {name} has no style")
        if e.tag == SVG + "text":
            want(e.text, "an empty text")
            for value in e.get("x"), e.get("y"):
                want(-1 < float(value) < 1300, f"text at {value}")


def check_svg(path):
    data = open(path, "rb").read()
    root = ET.fromstring(data)
    want(root.get("role") == "img", "no role")
    check_tree(root, len(data))


# --- HTML --------------------------------------------------------------------

class Page(HTMLParser):
    void = {"meta", "br", "link"}

    def __init__(self):
        super().__init__()
        self.open, self.seen, self.rows, self.text = [], [], [], {}
        self.attrs = {}

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.seen.append((tag, attrs))
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append((tag, attrs.get("scope")))
        if tag not in self.void:
            self.open.append((tag, attrs))

    def handle_startendtag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if not self.open or self.open[-1][0] != tag:
            faults.append(f"</{tag}> closes {self.open[-1:]}")
            return
        self.open.pop()

    def handle_data(self, data):
        names = [t for t, _ in self.open]
        self.text.setdefault(names[-1] if names else "", []).append(data)


def check_html(path):
    data = open(path, encoding="utf-8").read()
    want(data.startswith("<!DOCTYPE html>"), "no doctype")
    page = Page()
    page.feed(data)
    page.close()
    want(not page.open, f"open at the end: {page.open}")
    tags = [t for t, _ in page.seen]
    for once in "html", "head", "body", "main", "h1", "svg":
        want(tags.count(once) == 1, f"{tags.count(once)} of {once}")
    for never in "script", "link", "img", "iframe", "object":
        want(never not in tags, f"a {never}")
    for tag, attrs in page.seen:
        for name, value in attrs.items():
            want(not name.startswith("on"), f"{name} in {tag}")
            if name in ("href", "src"):
                want(value.startswith("#"), f"{tag} goes to {value}")
    want("@import" not in data and "url(http" not in data, "not alone")
    want(dict(page.seen)["html"].get("lang") == "fr", "no language")
    heads = [r for r in page.rows if r[0][1] == "col"]
    want(len(heads) == tags.count("table"), "a table without a head")
    for row in page.rows:
        if row[0][1] == "col":
            width = len(row)
        else:
            want(row[0] == ("th", "row"), f"row without a name: {row}")
        want(len(row) == width, f"{len(row)} cells of {width}")
    svg = ET.fromstring(re.search(r"<svg.*</svg>", data, re.S)[0])
    check_tree(svg, 0)
    groups = [e for e in svg.iter() if e.get("class") == "q"]
    want(groups, "no tooltip")
    want(any(e.get("tabindex") == "0" for e in groups), "no way by keyboard")
    for e in groups:
        tip = e.find(f"{SVG}g/{SVG}text").text
        want(tip == e.get("aria-label"), f"tooltip {tip}")


# --- GeoJSON: RFC 7946 -------------------------------------------------------

def area(ring):
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:]))


def check_position(p, box):
    want(len(p) == 2 and -180 <= p[0] <= 180 and -90 <= p[1] <= 90,
         f"position {p}")
    west, south, east, north = box
    inside = west <= p[0] <= east if west <= east else \
        p[0] >= west or p[0] <= east
    want(inside and south <= p[1] <= north, f"{p} outside of {box}")


def check_polygon(rings, box):
    for i, ring in enumerate(rings):
        want(len(ring) >= 4 and ring[0] == ring[-1], f"open: {ring[:2]}")
        want((area(ring) > 0) == (i == 0), f"turned: {ring[:2]}")
        for p in ring:
            check_position(p, box)


def check_geojson(path):
    doc = json.load(open(path, encoding="utf-8"))
    want(doc["type"] == "FeatureCollection", "no collection")
    want("crs" not in doc, "a crs")
    box = doc.get("bbox")
    for f in doc["features"]:
        want(f["type"] == "Feature" and isinstance(f["properties"], dict),
             "no feature")
        g = f["geometry"]
        if g is None:
            continue
        if g["type"] == "Polygon":
            check_polygon(g["coordinates"], box)
        elif g["type"] == "MultiPolygon":
            for rings in g["coordinates"]:
                check_polygon(rings, box)
        else:
            want(g["type"] == "Point", f"a {g['type']}")
            check_position(g["coordinates"], box)


if __name__ == "__main__":
    globals()["check_" + sys.argv[1]](sys.argv[2])
    print("\n".join(faults), end="\n" if faults else "")
    sys.exit(1 if faults else 0)
