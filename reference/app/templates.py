"""Templates: pages with gaps in them, `{{ name }}`, that are filled with text.

What fills a gap comes from a client, and is text, not HTML. Written into a page as it is,
`<script>` would be run by the browser of everybody who sees that page (cross-site scripting). So
`render` replaces the five characters that mean something in HTML, in every gap: a handler cannot
forget it.

>>> Template("<p>Hello, {{ name }}!</p>").render(name="<b>")
'<p>Hello, &lt;b&gt;!</p>'
"""

import re
from pathlib import Path
from typing import Final

GAP: Final = re.compile(r"\{\{\s*(\w+)\s*\}\}")
ESCAPED: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}
)


class Template:
    """A text with gaps."""

    def __init__(self, text: str) -> None:
        self._text = text

    @classmethod
    def read(cls, file: Path) -> "Template":
        """The template in a file, as it is now. Raises OSError."""
        return cls(file.read_text(encoding="utf-8"))

    def render(self, **values: str) -> str:
        """The text with every gap filled. Raises KeyError for one that has no value.

        All gaps are filled in one go: a value that looks like a gap stays what it is.
        """
        return GAP.sub(lambda gap: escape(values[gap[1]]), self._text)


def escape(text: str) -> str:
    """The text as HTML that shows it, between tags and in the quotes of an attribute."""
    return text.translate(ESCAPED)
