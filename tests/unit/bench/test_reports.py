"""The table, the JSON report and the page of a bench."""

from __future__ import annotations

import doctest
import json
import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from msgspec.structs import replace

from docs.make_schemas import bench_schema, page
from grader.bench import figures, units
from grader.bench.html_page import charts
from grader.bench.plan import SLOW, BenchPlan, counts_in
from grader.bench.reports import FORMATS, parse_reports
from grader.bench.result import Trouble
from grader.bench.show import opening_lines, result_lines
from grader.errors import UsageError
from grader.text.style import Style
from tests.unit.bench.results import COUNTS, all_at_once, bench, cell, one_at_a_time

if TYPE_CHECKING:
    from types import ModuleType

    from grader.bench.result import BenchResult

DOCS = Path(__file__).parents[3] / "docs"
HOSTILE = "<b>\x1b[31m\u202e&\"'::error::"
TROUBLED = replace(
    bench(
        replace(
            one_at_a_time("yours"),
            left_out={SLOW.name: HOSTILE},
            troubles=(Trouble(8, "/", HOSTILE, HOSTILE.encode() + b"\xff\x00"),),
        )
    ),
    submission=HOSTILE,
)


def test_the_schema_and_its_page_are_those_of_the_types() -> None:
    schema: dict[str, Any] = json.loads((DOCS / "bench.schema.json").read_text(encoding="utf-8"))
    text = (DOCS / "bench.md").read_text(encoding="utf-8")
    assert bench_schema() == schema, "python -m docs.make_schemas"
    assert page("Figures of a bench", schema, text) == text, "python -m docs.make_schemas"


@pytest.mark.parametrize("result", [bench(all_at_once("yours")), TROUBLED])
def test_the_json_report_keeps_to_its_schema(result: BenchResult) -> None:
    report = json.loads(FORMATS["json"](result))
    Draft202012Validator(bench_schema()).validate(report)
    assert [server["name"] for server in report["servers"]][:2] == ["yours", "blocking"]
    assert {cell["compared"] for cell in report["servers"][0]["cells"]} == {1.0}
    assert not re.search(r"[\x00-\x08\x1b\u202e]", json.dumps(report, ensure_ascii=False))


def test_the_table_has_each_server_with_its_ratio_to_yours() -> None:
    yours = all_at_once("yours", 500.0)
    lines = result_lines(bench(yours), Style(width=80))
    assert max(map(len, lines)) <= 80
    text = "\n".join(lines)
    assert re.search(r"^  threaded +1,000  +x2\.0 +1,000 ", text, re.MULTILINE)
    assert re.search(r"^  blocking +0 +7 +63 +255$", text, re.MULTILINE)
    assert "On / with 256 connections, your server gives fewer" in " ".join(text.split())


def test_what_a_server_prints_cannot_steer_the_terminal() -> None:
    style = Style(width=80)
    lines = [*opening_lines(TROUBLED, style), *result_lines(TROUBLED, style)]
    assert "\\x1b[31m\\u202e" in " ".join(lines)
    assert not re.search(r"[\x00-\x1f\x7f\u202e]", "".join(lines))


def test_the_page_escapes_what_a_server_says_and_loads_nothing() -> None:
    text = FORMATS["html"](TROUBLED)
    assert "<b>" not in text
    assert "&lt;b&gt;\\x1b[31m\\u202e&amp;" in text
    assert not re.search(r"[\x00-\x08\x1b\u202e\ufffe]", text)
    assert not re.search(r"https?:|<script|<img|<link|url\(|@import", text)
    assert "default-src 'none'" in text


def test_the_page_has_a_plot_of_each_figure_with_a_line_for_each_server() -> None:
    text = FORMATS["html"](bench(all_at_once("yours")))
    assert text.count("<figure>") == 4
    assert text.count('<text class="name"') == 4 * 5
    assert text.count("<circle") == 4 * 5 * len(COUNTS) + 5


def test_a_point_that_says_nothing_of_some_clients_is_marked() -> None:
    text = FORMATS["html"](bench(one_at_a_time("yours")))
    # of yours and of the blocking form, from 8 connections on, in each plot
    assert text.count('class="partial"') == 2 * 3 * 4
    assert "An empty circle" in text


def _series(name: str, *values: float) -> charts.Series:
    return charts.Series(name, [(n, [it]) for n, it in zip(COUNTS, values, strict=False)])


def test_the_same_ratio_is_the_same_distance() -> None:
    drawn = charts.chart("rate", [_series("yours", 1, 10, 100, 1000)], COUNTS, units.rate)
    assert drawn is not None
    heights = [point.y for point in drawn.lines[0].points]
    steps = [one - other for one, other in pairwise(heights)]
    assert steps == pytest.approx([steps[0]] * 3, abs=0.2)
    assert all(charts.TOP <= y <= charts.HEIGHT - charts.BOTTOM for y in heights)


def test_names_at_the_ends_of_lines_do_not_cover_each_other() -> None:
    names = "abcde"
    series = [_series(name, 1, 1, 1, 1) for name in names]
    drawn = charts.chart("rate", series, COUNTS, units.rate)
    assert drawn is not None
    places = sorted(line.label_y for line in drawn.lines)
    gaps = [other - one for one, other in pairwise(places)]
    assert min(gaps) >= charts.LABEL_STEP - 0.2


def test_there_is_no_plot_of_nothing() -> None:
    assert charts.chart("rate", [_series("yours")], COUNTS, units.rate) is None
    assert charts.chart("rate", [_series("yours", 0, 0)], COUNTS, units.rate) is None


@pytest.mark.parametrize("module", [figures, units, charts])
def test_examples_in_docstrings(module: ModuleType) -> None:
    assert doctest.testmod(module).attempted
    assert doctest.testmod(module).failed == 0


def test_reports_that_cannot_be_written_are_refused_first(tmp_path: Path) -> None:
    place = tmp_path / "bench.html"
    assert [it.format for it in parse_reports([f"html:{place}", "json"])] == ["html", "json"]
    for specs, why in (
        (["xml"], "there is no report format 'xml' of a bench; there are: json, html"),
        (["json:"], "needs a path after the colon"),
        (["json", "html"], "two reports cannot both go to standard output"),
        ([f"json:{tmp_path}/gone/x"], "there is no directory"),
    ):
        with pytest.raises(UsageError, match=re.escape(why)):
            parse_reports(specs)


def test_all_servers_take_turns_in_both_directions() -> None:
    turns = list(BenchPlan((1, 8)).turns())
    assert len(turns) == 2 * 2 * 5
    there, back = turns[:5], turns[5:10]
    assert [turn.server for turn in back] == [turn.server for turn in there][::-1]
    assert [turn.connections for turn in turns] == [1] * 10 + [8] * 10


def test_counts_of_connections() -> None:
    assert counts_in("64,1,8,8") == [1, 8, 64]
    for text in ("", "0", "1,x", "1025", "1,,8"):
        with pytest.raises(ValueError, match=f"invalid literal|^{text}$"):
            counts_in(text)


def test_a_cell_tells_the_rounds_together() -> None:
    both = cell(8, (100.0, 300.0), broken=1)
    assert (both.rate, both.rates(), both.broken) == (200.0, [100.0, 300.0], 2)
