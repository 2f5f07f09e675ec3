"""Owns how a page is made from its templates: what may not be in it, and how large it may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from grader.reporters.html_report.view import CheckView, PageView, page_view
from grader.reporters.html_templates import inlined, templates_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Template

    from grader.report.model import Report

ROOM = 6 << 20  # bytes, for what checks have to show


class Page:
    """The templates, read and compiled: from then on nothing outside is needed.

    room: bytes for what the checks have to show; the failed ones get it first.
    """

    def __init__(self, room: int = ROOM) -> None:
        templates = templates_of("grader.reporters.html_report")
        self._room = room
        self._page = templates.get_template("page.html")
        self._check = templates.get_template("check.html")
        self._style = inlined(templates, "style.css")

    def render(self, report: Report) -> str:
        """The report as one HTML document that loads nothing."""
        view = page_view(report)
        shown = _within(self._room, _bodies(view, self._check))
        return self._page.render(page=view, bodies=shown, style=self._style) + "\n"


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
