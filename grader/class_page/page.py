"""How the page of a class is made from its templates: it loads nothing, and all that it shows is
made printable and escaped.

A class of a thousand has 30,000 cells. Their rows are laid out one by one, when they come into view
(`content-visibility` in class.css): as one table they would take seconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.class_page.view import class_view
from grader.reporters.html_templates import inlined, templates_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.class_page.rows import ClassRow


def render(rows: Sequence[ClassRow], course: str, facts: Sequence[tuple[str, str]] = ()) -> str:
    """The class as one HTML document. course, facts: as in `class_view`."""
    templates = templates_of("grader.class_page")
    style, script = inlined(templates, "class.css"), inlined(templates, "class.js")
    page = templates.get_template("class.html")
    return page.render(page=class_view(rows, course, facts), style=style, script=script) + "\n"
