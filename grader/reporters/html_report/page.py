"""Owns how a page is made from its templates: what may not be in it, and how large it may be."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from grader.reporters.html_report.view import CheckView, PageView, page_view
from grader.text.escape import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.report.model import Report

ROOM = 6 << 20  # bytes, for what checks have to show


class Page:
    """The templates, read and compiled: from then on nothing outside is needed.

    Whatever a template writes is made printable and escaped, one after the other, without being
    asked for it. room: bytes for what the checks have to show; the failed ones get it first.
    """

    def __init__(self, room: int = ROOM) -> None:
        templates = Environment(
            loader=PackageLoader("grader.reporters.html_report"),
            autoescape=True,
            undefined=StrictUndefined,
            finalize=_written,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._room = room
        self._page = templates.get_template("page.html")
        self._check = templates.get_template("check.html")
        self._css = Markup(templates.get_template("style.css").render())
        self._hash = base64.b64encode(hashlib.sha256(self._css.encode()).digest()).decode()

    def render(self, report: Report) -> str:
        """The report as one HTML document that loads nothing."""
        view = page_view(report)
        shown = _within(self._room, _bodies(view, self._check))
        return self._page.render(page=view, bodies=shown, css=self._css, css_hash=self._hash) + "\n"


def _bodies(view: PageView, template: Template) -> Iterator[tuple[str, Markup]]:
    """What there is to show of each check, the failed ones first: its place, and its markup."""
    checks = [
        check for stage in view.stages for check in stage.checks if isinstance(check, CheckView)
    ]
    for check in sorted(checks, key=lambda check: not check.blocks):
        yield check.place, Markup(template.render(check=check))


def _within(room: int, bodies: Iterator[tuple[str, Markup]]) -> dict[str, Markup]:
    """Those that fit, in turn."""
    fitting = {}
    for place, body in bodies:
        size = len(body.encode())
        if size <= room:
            fitting[place] = body
            room -= size
    return fitting


def _written(value: object) -> object:
    """What a template may write: no control, no direction override, no half of a character."""
    return (
        printable(value, keep="\n")
        if isinstance(value, str) and not isinstance(value, Markup)
        else value
    )
