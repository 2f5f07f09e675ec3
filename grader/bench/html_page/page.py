"""How the page of a bench is made from its templates: it loads nothing, and all that it shows is
made printable and escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.bench.html_page import charts
from grader.bench.html_page.view import bench_view
from grader.reporters.html_templates import inlined, templates_of

if TYPE_CHECKING:
    from grader.bench.result import BenchResult


def render(result: BenchResult) -> str:
    """The bench as one HTML document."""
    templates = templates_of("grader.bench.html_page")
    style = inlined(templates, "bench.css")
    page = templates.get_template("bench.html")
    return page.render(page=bench_view(result), style=style, plot=charts) + "\n"
