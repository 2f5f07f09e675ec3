"""How the page of a bench is made from its templates: it loads nothing, and all that it shows is
made printable and escaped."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from grader.bench.html_page import charts
from grader.bench.html_page.view import bench_view
from grader.text.escape import printable

if TYPE_CHECKING:
    from grader.bench.result import BenchResult


def render(result: BenchResult) -> str:
    """The bench as one HTML document."""
    templates = Environment(
        loader=PackageLoader("grader.bench.html_page"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_written,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    css = Markup(templates.get_template("bench.css").render())
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    page = templates.get_template("bench.html")
    return page.render(page=bench_view(result), css=css, css_hash=digest, plot=charts) + "\n"


def _written(value: object) -> object:
    """What a template may write: no control, no direction override, no half of a character."""
    is_text = isinstance(value, str) and not isinstance(value, Markup)
    return printable(value, keep="\n") if is_text and isinstance(value, str) else value
