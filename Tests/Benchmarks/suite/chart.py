# SPDX-License-Identifier: Apache-2.0
"""The bar chart for the README: requests per second of each server, in a few rows."""

from xml.sax.saxutils import escape

from rows import BY_KEY, NAMES
from table import number

ROWS = ["view", "view-browser", "page-browser", "not-modified"]
WIDTH, LABELS, BAR, GAP, HEAD = 760, 190, 18, 5, 34
STYLE = """
text { font: 13px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; fill: #1f2328 }
.head { font-weight: 600 } .small { fill: #59636e; font-size: 12px }
.bar { fill: #8c959f } .cartlink { fill: #0969da } .router { fill: #54aeff }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3 } .small { fill: #9198a1 } .bar { fill: #656c76 } .cartlink { fill: #4493f8 } .router { fill: #1f6feb }
}"""


def svg(figures, note):
    """The chart as text; `note` says what it was measured on. It adapts to light and dark."""
    rows = [key for key in ROWS if figures.median(key) is not None]
    most = max((figures.median(key, name) for key in rows for name in _drawn(figures, key)), default=1)
    parts, y = [], 24
    parts.append(f'<text class="head" x="0" y="16">{escape("Requests per second on one core: longer is better")}</text>')
    for key in rows:
        y += HEAD
        parts.append(f'<text class="head" x="0" y="{y - 8}">{escape(BY_KEY[key].title)}</text>')
        for name in _drawn(figures, key):
            parts.append(_bar(name, figures.median(key, name), most, y))
            y += BAR + GAP
    y += 22
    parts.append(f'<text class="small" x="0" y="{y - 4}">{escape(note)}</text>')
    title = "<title>Requests per second of Cartlink and of other servers that do the same job</title>"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{y + 4}" viewBox="0 0 {WIDTH} {y + 4}" role="img">'
    licence = "<!-- SPDX-License-Identifier: Apache-2.0; written by make bench -->"
    return "\n".join([head, licence, title, f"<style>{STYLE}\n</style>", *parts, "</svg>"]) + "\n"


def _drawn(figures, key):
    """Cartlink on PostgreSQL takes more than the one core that the chart is about."""
    return [name for name in figures.contenders(key) if name != "postgres"]


def _bar(name, value, most, y):
    length = value / most * (WIDTH - LABELS - 80)
    kind = f"bar {name}" if name in ("cartlink", "router") else "bar"
    middle = y + BAR - 5
    return (
        f'<text x="{LABELS - 10}" y="{middle}" text-anchor="end">{escape(NAMES[name])}</text>'
        f'<rect class="{kind}" x="{LABELS}" y="{y}" width="{length:.1f}" height="{BAR}" rx="2"/>'
        f'<text x="{LABELS + length + 8:.1f}" y="{middle}">{number(value)}</text>'
    )
