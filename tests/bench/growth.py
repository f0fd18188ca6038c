"""growth.py FIGURES: a plot of growth.sh's figures, as SVG.

A column of two panels a chart: time above, memory below; both axes are
logarithmic, so that what grows in proportion is a straight line that rises by a
decade a decade, and what stays is level.
"""

import csv
import math
import sys
from html import escape

WIDTH, HEIGHT = 260, 190  # of a panel, its labels included
LEFT, RIGHT, TOP, BOTTOM = 58, 14, 12, 34
HEAD = 46

CHARTS = [  # chart, its title, what x is
    ("size", "Size of the file", "MB"),
    ("columns", "Columns, in 64 MB", "columns"),
    ("keys", "Different keys, of 10 million", "keys"),
    ("threads", "Threads, for 1 GB", "threads"),
]
PANELS = [("median_ms", "ms"), ("peak_mb", "MB")]
# Tol's bright scheme, told apart by the colour-blind; also by the mark.
COLOURS = ["#4477AA", "#EE6677", "#228833", "#AA3377"]
MARKS = [
    "M-3-3h6v6h-6z",
    "M0-4l4 7h-8z",
    "M0-4l4 4-4 4-4-4z",
    "M-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0z",
]


def read(path):
    """The rows by chart and line: {chart: {line: [row]}}, in their order."""
    charts = {}
    with open(path, encoding="utf-8", newline="") as f:
        for row in csv.DictReader(f, delimiter="\t"):
            lines = charts.setdefault(row["chart"], {})
            lines.setdefault(row["line"], []).append(
                {k: float(row[k]) for k in ("x", "median_ms", "peak_mb")})
    return charts


class Axis:
    """A logarithmic scale from [low, high] to [start, end]."""

    def __init__(self, low, high, start, end):
        self.low, self.high = math.log10(low), math.log10(high)
        self.start, self.end = start, end

    def at(self, value):
        share = (math.log10(value) - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


def decades(values):
    """Powers of ten from below the values to above them."""
    low = math.floor(math.log10(min(values)) + 1e-9)
    high = max(math.ceil(math.log10(max(values)) - 1e-9), low + 1)
    return [10.0 ** e for e in range(low, high + 1)]


def short(value):
    for least, one, unit in ((1e6, 1e6, "M"), (1e4, 1e3, "k")):
        if value >= least:
            return f"{value / one:g}{unit}"
    return f"{value:g}"


def text(x, y, s, anchor="middle", extra=""):
    return (f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{extra}>'
            f"{escape(s)}</text>")


def grid(x_axis, x_ticks, y_axis, y_ticks):
    for tick in x_ticks:
        x = x_axis.at(tick)
        yield f'<path class="grid" d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}"/>'
        yield text(x, HEIGHT - BOTTOM + 14, short(tick))
    for tick in y_ticks:
        y = y_axis.at(tick)
        yield f'<path class="grid" d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}"/>'
        yield text(LEFT - 6, y + 4, short(tick), "end")


def line(points, i):
    d = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    yield f'<path class="line" stroke="{COLOURS[i]}" d="M{d}"/>'
    for x, y in points:
        yield (f'<path fill="{COLOURS[i]}" d="{MARKS[i]}" '
               f'transform="translate({x:.1f} {y:.1f})"/>')


def panel(lines, what, unit, x_unit):
    rows = [row for points in lines.values() for row in points]
    xs = sorted({r["x"] for r in rows})
    ys = decades([r[what] for r in rows])
    x_axis = Axis(xs[0], xs[-1], LEFT, WIDTH - RIGHT)
    y_axis = Axis(ys[0], ys[-1], HEIGHT - BOTTOM, TOP)
    yield from grid(x_axis, xs, y_axis, ys)
    for i, points in enumerate(lines.values()):
        yield from line(
            [(x_axis.at(r["x"]), y_axis.at(r[what])) for r in points], i)
    yield text(WIDTH - RIGHT, HEIGHT - 4, x_unit, "end", ' class="unit"')
    yield text(2, TOP + 2, unit, "start", ' class="unit"')


def legend(lines):
    x = LEFT
    for i, name in enumerate(lines):
        yield (f'<path fill="{COLOURS[i]}" d="{MARKS[i]}" '
               f'transform="translate({x} {HEAD - 12})"/>')
        yield text(x + 7, HEAD - 8, name, "start")
        x += 16 + 6.2 * len(name)


def plot(charts):
    shown = [c for c in CHARTS if c[0] in charts]
    width, height = WIDTH * len(shown), HEAD + HEIGHT * len(PANELS)
    yield (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} '
           f'{height}" width="{width}" height="{height}" role="img" '
           'font-family="system-ui,sans-serif" font-size="11">')
    yield ("<title>How time and memory grow</title>"
           "<style>text{fill:#222}.unit{fill:#555;font-style:italic}"
           ".grid{stroke:#ddd}.line{fill:none;stroke-width:1.6}"
           ".head{font-size:13px;font-weight:600}</style>"
           f'<rect width="{width}" height="{height}" fill="#fff"/>')
    for k, (chart, title, x_unit) in enumerate(shown):
        lines = charts[chart]
        yield f'<g transform="translate({k * WIDTH} 0)">'
        yield text(LEFT, 18, title, "start", ' class="head"')
        yield from legend(lines)
        for p, (what, unit) in enumerate(PANELS):
            yield f'<g transform="translate(0 {HEAD + p * HEIGHT})">'
            yield from panel(lines, what, unit, x_unit)
            yield "</g>"
        yield "</g>"
    yield "</svg>"


if __name__ == "__main__":
    print("\n".join(plot(read(sys.argv[1]))))
