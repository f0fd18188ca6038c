#!/usr/bin/env python3
"""Holds a page of `dfv-stats -t html` to what it promises.

  page.py check FILE     its form, and what makes it accessible; says what is
                         wrong, and fails
  page.py values FILE    its tables as TSV again, from the values that programs
                         read, not from the text that is shown
"""
import html.parser
import re
import sys

VOID = {"meta"}
MISSING = "non renseigné"


class Node:
    def __init__(self, tag, attrs, parent):
        self.tag, self.attrs, self.parent = tag, dict(attrs), parent
        self.children, self.text = [], []

    def all(self, tag=None):
        for child in self.children:
            if tag is None or child.tag == tag:
                yield child
            yield from child.all(tag)

    def words(self):
        """All the text inside, in order."""
        return "".join(t if isinstance(t, str) else t.words()
                       for t in self.text)

    def has_class(self, name):
        return name in (self.attrs.get("class") or "").split()


class Reader(html.parser.HTMLParser):
    """The tree of a page whose every element is closed where it should be."""

    def __init__(self):
        super().__init__()
        self.root = self.at = Node("", [], None)
        self.wrong = []

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        if len(set(names)) < len(names):
            self.wrong.append("an attribute of %s twice" % tag)
        node = Node(tag, attrs, self.at)
        self.at.children.append(node)
        self.at.text.append(node)
        if tag not in VOID:
            self.at = node

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.at = self.at.parent

    def handle_endtag(self, tag):
        if tag != self.at.tag:
            self.wrong.append("</%s> in %s" % (tag, self.at.tag))
        elif self.at.parent is not None:
            self.at = self.at.parent

    def handle_data(self, data):
        self.at.text.append(data)


def read(path):
    reader = Reader()
    with open(path, encoding="utf-8") as f:
        reader.feed(f.read())
    reader.close()
    if reader.at is not reader.root:
        reader.wrong.append("%s is not closed" % reader.at.tag)
    return reader


# --- colours ------------------------------------------------------------------

def luminance(color):
    """Relative luminance, as WCAG 2.2 defines it."""
    if len(color) == 4:
        color = "#" + "".join(2 * c for c in color[1:])
    parts = [int(color[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
             for c in parts]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(a, b):
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


TEXT = ("ink", "soft", "mark", "good", "fair", "poor")
MARKS = ("mark", "goal", "edge")


def check_colors(style):
    schemes = [dict(re.findall(r"--(\w+):(#[0-9a-f]{3,6})", block))
               for block in re.findall(r":root\{([^}]*--back:#[^}]*)\}", style)]
    if len(schemes) != 2:
        yield "not a light and a dark scheme"
        return
    for scheme in schemes:
        for names, least in ((TEXT, 4.5), (MARKS, 3)):
            for name in names:
                for back in ("back", "band"):
                    ratio = contrast(scheme[name], scheme[back])
                    if ratio < least:
                        yield "%s on %s: %.2f" % (name, back, ratio)
    rest = re.sub(r":root\{[^}]*\}", "", style)
    for color in re.findall(r"(?:color|fill|stroke|background):([^;}]*)", rest):
        if not re.match(r"var\(--\w+\)$|none$", color):
            yield "a colour of no scheme: %s" % color


# --- the page -----------------------------------------------------------------

def check_tree(root):
    for node in root.all():
        for name, value in node.attrs.items():
            if name.startswith("on") or name in ("src", "srcset", "data"):
                yield "%s has %s" % (node.tag, name)
            if name == "href" and not value.startswith("#"):
                yield "a link out of the page: %s" % value
        if node.tag in ("script", "link", "iframe", "object", "img"):
            yield "%s is not of the page itself" % node.tag
    ids = [n.attrs["id"] for n in root.all() if "id" in n.attrs]
    if len(set(ids)) < len(ids):
        yield "an id twice"
    for node in root.all():
        for ref in (node.attrs.get("aria-labelledby") or "").split():
            if ref not in ids:
                yield "no element %s" % ref
        if node.tag == "a" and node.attrs["href"][1:] not in ids:
            yield "no element %s" % node.attrs["href"]


def check_head(root):
    for tag in ("html", "head", "title", "body", "main", "h1", "style"):
        n = len([x for x in root.all(tag) if tag != "title" or
                 x.parent.tag == "head"])
        if n != 1:
            yield "%d times %s" % (n, tag)
    for page in root.all("html"):
        if page.attrs.get("lang") != "fr":
            yield "its language is not said"
    for node in root.all():
        if node.tag in ("title", "h1", "h2", "h3") and not node.words().strip():
            yield "%s is empty" % node.tag
    metas = [m.attrs.get("name") for m in root.all("meta")]
    if "viewport" not in metas:
        yield "no viewport"
    level = 0
    for node in root.all():
        if re.match(r"h[1-6]$", node.tag):
            if int(node.tag[1]) > level + 1:
                yield "%s follows h%d" % (node.tag, level)
            level = int(node.tag[1])


def check_table(table):
    if [c.tag for c in table.children] != ["caption", "thead", "tbody"]:
        yield "a table is not caption, thead, tbody"
        return
    if not table.children[0].words().strip():
        yield "a caption is empty"
    head = list(table.children[1].all("th"))
    for th in table.all("th"):
        wanted = "col" if th in head else "row"
        if th.attrs.get("scope") != wanted:
            yield "th without its scope"
    for tr in table.children[2].all("tr"):
        n = sum(int(c.attrs.get("colspan", 1)) for c in tr.children)
        if n != len(head):
            yield "a row of %d cells under %d" % (n, len(head))
    if table.parent.attrs.get("tabindex") != "0":
        yield "a table that the keyboard does not scroll"


def check_chart(svg):
    if svg.attrs.get("role") != "img":
        yield "svg without its role"
    tags = [c.tag for c in svg.children[:2]]
    if tags != ["title", "desc"]:
        yield "svg without title and desc"
        return
    ids = " ".join(c.attrs.get("id", "") for c in svg.children[:2])
    if svg.attrs.get("aria-labelledby") != ids:
        yield "svg is not labelled by its title and desc"
    if not svg.children[1].words().strip():
        yield "a description is empty"


def check(path):
    reader = read(path)
    root = reader.root
    wrong = reader.wrong + list(check_tree(root)) + list(check_head(root))
    for table in root.all("table"):
        wrong += check_table(table)
    for svg in root.all("svg"):
        if all(p.tag != "svg" for p in parents(svg)):
            wrong += check_chart(svg)
    for style in root.all("style"):
        wrong += check_colors(style.words())
        if "@media print" not in style.words():
            wrong.append("nothing for print")
    return wrong


def parents(node):
    while node.parent is not None:
        node = node.parent
        yield node


def value(cell):
    for child in cell.children:
        for name in ("value", "datetime"):
            if name in child.attrs:
                return child.attrs[name]
    text = cell.words()
    return "" if cell.has_class("none") or text == MISSING else text


def main():
    if len(sys.argv) != 3 or sys.argv[1] not in ("check", "values"):
        sys.exit(__doc__)
    if sys.argv[1] == "check":
        wrong = check(sys.argv[2])
        print("\n".join(wrong), end="\n" if wrong else "")
        sys.exit(1 if wrong else 0)
    for table in read(sys.argv[2]).root.all("table"):
        for tr in table.all("tr"):
            print("\t".join(value(c) for c in tr.children))


if __name__ == "__main__":
    main()
