"""Owns the HTML report: one page that needs nothing but a browser. The template engine loads when
it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.reporters.rendered import Rendered

if TYPE_CHECKING:
    from grader.reporters.destination import Destination


def reporter(destination: Destination) -> Rendered:
    """What writes the page. All it needs is loaded here, before a submission runs, and not when
    `grade` starts."""
    from grader.reporters.html_report.page import Page

    return Rendered(Page().render, destination)
