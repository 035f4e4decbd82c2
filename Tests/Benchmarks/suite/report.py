# SPDX-License-Identifier: Apache-2.0
"""What a run leaves behind: results/latest.json and docs/benchmark.svg."""

import dataclasses
import json

import chart


def document(figures, verdicts, facts, plan):
    """Everything that was measured, for machines."""
    return {
        "machine": facts,
        "plan": {name: value for name, value in dataclasses.asdict(plan).items() if isinstance(value, int | float)},
        "rows": list(figures.records()),
        "goals": verdicts,
        "notMeasured": [{"row": row, "contender": name, "reason": reason} for (row, name), reason in figures.troubles.items()],
    }


def write(path, figures, verdicts, facts, plan):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document(figures, verdicts, facts, plan), indent=1, ensure_ascii=False) + "\n")


def draw(path, figures, facts):
    versions = facts["versions"]
    note = (
        f"{facts['cpu']}, one core for the server, one for the load; medians. "
        f"nginx {versions['nginx']}, Go {versions['go']}, Node {versions['node']}; {facts['date'][:10]}."
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(chart.svg(figures, note))
