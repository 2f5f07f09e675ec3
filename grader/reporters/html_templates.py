"""How pages are made from templates: all that one writes is made printable and escaped, and what is
inline in it has a hash for its policy."""

from __future__ import annotations

import base64
import hashlib

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from grader.text.escape import printable
from grader.value import Value


class Inlined(Value, frozen=True):
    """A style sheet or a script that stands in the page. source: what the page's
    `Content-Security-Policy` allows for it, as in `'sha256-...'` (CSP Level 3, 2.3.1)."""

    text: Markup
    source: Markup


def templates_of(package: str) -> Environment:
    """The templates in `templates` of this package, by its dotted name.

    Whatever one of them writes is made printable and escaped, one after the other, without being
    asked for it; a name that has no value is an error.
    """
    return Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_written,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def inlined(templates: Environment, name: str) -> Inlined:
    """The style sheet or the script of this name, as it stands in a page."""
    text = Markup(templates.get_template(name).render())
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return Inlined(text, Markup(f"'sha256-{digest}'"))


def _written(value: object) -> object:
    """What a template may write: no control, no direction override, no half of a character."""
    return (
        printable(value, keep="\n")
        if isinstance(value, str) and not isinstance(value, Markup)
        else value
    )
