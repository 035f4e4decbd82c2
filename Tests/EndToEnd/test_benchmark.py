# SPDX-License-Identifier: Apache-2.0
"""What the benchmark's table says follows from what was measured, and nothing that went wrong is counted."""

import io
import sys
import xml.etree.ElementTree as xml
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1] / "Benchmarks/suite"))

import chart
import goals
import pgbench
import plan
import report
import rows
import table
import tokens
from figures import Figures
from measuring import Measurement, in_turns
from progress import Progress
from visit import Visit, Wrong


@pytest.fixture
def figures():
    measured = Figures()
    for cartlink, nginx in [(90_000, 140_000), (94_000, 130_000), (10, 150_000)]:
        measured.add("view", "cartlink", cartlink, server_busy=0.99, load_busy=0.7)
        measured.add("view", "nginx", nginx, server_busy=0.8, load_busy=1.0)
    return measured


def test_the_median_counts_and_not_a_disturbed_round(figures):
    assert figures.median("view") == 90_000
    assert figures.ratio("view", "cartlink", "nginx") == pytest.approx(90 / 140)
    (record, _) = figures.records()
    assert record == {
        "row": "view",
        "title": "cached view, one link",
        "contender": "cartlink",
        "unit": "requests/s",
        "median": 90_000,
        "min": 10,
        "max": 94_000,
        "rounds": 3,
        "serverBusy": 0.99,
        "loadBusy": 0.7,
    }


def test_what_failed_is_told_and_counts_for_nothing(figures):
    figures.fail("view", "nginx", "500 in place of 200")
    assert figures.ratio("view", "cartlink", "nginx") is None
    (verdict,) = [goal.verdict(figures) for goal in goals.GOALS if goal.text == "cached view ≥ 0.65 × nginx"]
    assert verdict["reached"] is None
    assert any("NOT MEASURED" in line and "500 in place of 200" in line for line in table.lines(figures, []))
    document = report.document(figures, [verdict], {"cpu": "one"}, plan.QUICK)
    assert document["notMeasured"] == [{"row": "view", "contender": "nginx", "reason": "500 in place of 200"}]
    assert [row["contender"] for row in document["rows"]] == ["cartlink"]


@pytest.mark.parametrize("cartlink, outcome", [(91_000, "reached: 0.65"), (70_000, "missed by 23%: 0.5")])
def test_a_goal_tells_by_how_much_it_was_missed(cartlink, outcome):
    figures = Figures()
    figures.add("view", "cartlink", cartlink)
    figures.add("view", "nginx", 140_000)
    verdicts = [goal.verdict(figures) for goal in goals.GOALS]
    (line,) = [line for line in table.lines(figures, verdicts) if "0.65 × nginx" in line]
    assert line.endswith(outcome)


def test_lower_is_better_where_time_is_measured():
    figures = Figures()
    figures.add("p99-at-70", "cartlink", 2.0)
    figures.add("p99-at-70", "go", 1.0)
    (verdict,) = [goal.verdict(figures) for goal in goals.GOALS if goal.text == "p99 at 70 % ≤ Go's"]
    assert verdict == {"goal": "p99 at 70 % ≤ Go's", "measured": 2.0, "bound": 1, "reached": False}


def test_the_chart_is_well_formed_and_its_bars_are_as_long_as_the_figures(figures):
    drawn = xml.fromstring(chart.svg(figures, "one <core> & more"))
    cartlink, nginx = (float(bar.get("width")) for bar in drawn.iter("{http://www.w3.org/2000/svg}rect"))
    assert cartlink / nginx == pytest.approx(90 / 140, abs=0.01)
    texts = [text.text for text in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert {"Cartlink", "nginx, secure_link", "90 000", "140 000", "one <core> & more"} <= set(texts)


def test_the_chart_is_of_one_core_and_leaves_out_who_has_a_database_on_another(figures):
    figures.add("view", "postgres", 80_000)
    assert len(list(xml.fromstring(chart.svg(figures, "")).iter("{http://www.w3.org/2000/svg}rect"))) == 2


def test_the_table_says_where_postgresql_runs_if_it_took_part(figures):
    about = rows.NOTES["postgres"]
    assert not any(about in line for line in table.lines(figures, []))
    figures.add("view", "postgres", 80_000)
    assert [line for line in table.lines(figures, []) if about in line] == [f"Cartlink, PostgreSQL: {about}"]


@pytest.mark.parametrize("rounds, outcome", [((0, 0, 0), "reached: 0"), ((0, 1, 0), "missed: 1")])
def test_one_late_revocation_in_any_round_misses_the_goal(rounds, outcome):
    figures = Figures()
    for late in rounds:
        figures.add("across-late", "postgres", late)
    (line,) = [line for line in table.lines(figures, [goal.verdict(figures) for goal in goals.GOALS]) if "late on another" in line]
    assert line.endswith(outcome)


def test_added_latency_is_told_in_round_trips():
    figures = Figures()
    for contender, milliseconds in {"cartlink": 0.1, "postgres": 0.4, "round-trip": 0.2}.items():
        figures.add("alone-p50", contender, milliseconds)
    (verdict,) = [goal.verdict(figures) for goal in goals.GOALS if "round trips" in goal.text]
    assert verdict["measured"] == 1.5 and verdict["reached"]


def test_rounds_go_through_all_and_what_goes_wrong_is_left_out():
    figures, taken = Figures(), []

    def take(name):
        taken.append(name)
        if name == "go" and len(taken) > 3:
            raise Wrong("it answers 500")
        figures.add("view", name, 1)

    measurements = [Measurement("view", name, lambda name=name: take(name)) for name in ("cartlink", "go")]
    in_turns(measurements, 3, figures, Progress(io.StringIO()))
    assert taken == ["cartlink", "go", "cartlink", "go", "cartlink"]
    assert figures.median("view", "go") is None and figures.troubles == {("view", "go"): "it answers 500"}


def test_a_visit_refuses_what_its_row_is_not_about(shop):
    link = shop.link()
    view = Visit(shop.public.port, (f"/v1/shared/{link['token']}",))
    _, body = view.check()
    view.revalidating().check()
    for wrong in (view.over([f"/v1/shared/{tokens.forged(link['token'])}"]), Visit(view.port, view.lines, length=len(body) + 1)):
        with pytest.raises(Wrong):
            wrong.check()


def decoded(token):
    groups = [token[start : start + 11] for start in (3, 14, 25, 36)]
    number = lambda text: sum(tokens.DIGITS.index(digit) * 62**place for place, digit in enumerate(reversed(text)))
    return b"".join(number(group).to_bytes(8, "big") for group in groups) + bytes([number(token[47:])])


def test_link_ids_are_the_bytes_in_their_tokens_and_a_forged_token_has_another_tag_alone(shop):
    link = shop.link()
    genuine, forged = decoded(link["token"]), decoded(tokens.forged(link["token"]))
    assert genuine[1:17] == tokens.id_bytes(link["id"])
    assert forged[:17] == genuine[:17] and forged[17:] != genuine[17:]


def test_pgbench_writes_links_and_audit_rows_with_the_lock_and_without(prepare_nodes, postgres):
    database = postgres.database()
    prepare_nodes(1, database=database)[0].start()
    database.sql(pgbench.TABLES)
    assert pgbench.run(database, pgbench.ROUND_TRIP, 1, 1)["p50"] > 0
    pgbench.run(database, pgbench.INSERT, 2, 1)
    plain = int(database.sql("SELECT count(*) FROM bench.audit"))
    assert plain == int(database.sql("SELECT count(*) FROM bench.link")) > 0
    pgbench.run(database, pgbench.LOCKED_INSERT, 2, 1)
    locked = int(database.sql("SELECT count(*) FROM bench.audit")) - plain
    assert locked == int(database.sql("SELECT n FROM bench.revision")) - int(database.sql("SELECT n FROM cartlink.revision")) > 0
    with pytest.raises(Wrong):
        pgbench.run(database, "SELECT nothing;\n", 1, 1)
