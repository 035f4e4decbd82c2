# SPDX-License-Identifier: Apache-2.0
"""The figures as a table for a terminal."""

from rows import NAMES, NOTES, ROWS

WIDTHS = (61, 24, 10, 20, 13)


def lines(figures, verdicts):
    yield _line("", "", "median", "min to max", "Cartlink is")
    for row in ROWS:
        yield from _row(row, figures)
    for (row, contender), reason in figures.troubles.items():
        yield f"NOT MEASURED: {row}, {NAMES.get(contender, contender)}: {reason}"
    taking_part = {record["contender"] for record in figures.records()}
    for contender, note in NOTES.items():
        if contender in taking_part:
            yield f"{NAMES[contender]}: {note}"
    yield ""
    yield "Goals"
    for verdict in verdicts:
        yield f"  {verdict['goal']:<52} {_outcome(verdict)}"


def _row(row, figures):
    title = f"{row.title}, {row.unit}"
    for record in figures.records():
        if record["row"] != row.key:
            continue
        ratio = "" if record["contender"] == "cartlink" else figures.ratio(row.key, "cartlink", record["contender"])
        note = "" if record.get("serverBusy", 1) > 0.9 else f"  its core was {record['serverBusy']:.0%} busy"
        yield (
            _line(
                title,
                NAMES.get(record["contender"], record["contender"]),
                number(record["median"]),
                f"{number(record['min'])} to {number(record['max'])}",
                f"{ratio:.2f} x" if ratio else "",
            )
            + note
        )
        title = ""


def _line(title, name, median, spread, ratio):
    a, b, c, d, e = WIDTHS
    return f"{title:<{a}} {name:<{b}} {median:>{c}} {spread:>{d}} {ratio:>{e}}"


def number(value):
    if value >= 1000:
        return f"{value:,.0f}".replace(",", " ")
    return f"{value:.3g}"


def _outcome(verdict):
    if verdict["reached"] is None:
        return "not measured"
    measured, bound = verdict["measured"], verdict["bound"]
    if verdict["reached"]:
        return f"reached: {number(measured)}"
    if not bound:
        return f"missed: {number(measured)}"
    return f"missed by {abs(measured - bound) / bound:.0%}: {number(measured)}"
