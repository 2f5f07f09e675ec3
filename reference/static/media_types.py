"""Which media type a file has: its suffix says it.

A browser does what the type says. It shows a page as text if it comes as text/plain, and ignores a
style sheet that is not text/css. The types are those that are registered with IANA.
"""

import os
from collections.abc import Mapping
from typing import Final

# The charset of a text is UTF-8 unless it says so itself, as HTML and SVG can: a header would
# contradict them (RFC 9110 8.3.2; HTML, 13.2.3.2).
MEDIA_TYPES: Final[Mapping[str, str]] = {
    ".html": "text/html",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",  # RFC 9239
    ".mjs": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".ico": "image/vnd.microsoft.icon",
    ".woff2": "font/woff2",
}
UNKNOWN: Final = "application/octet-stream"  # just bytes: browsers save it (RFC 2046 4.5.1)


def media_type(name: str) -> str:
    """The type of a file by its name, with its parameters.

    >>> media_type("Photo.JPG")
    'image/jpeg'
    """
    return MEDIA_TYPES.get(os.path.splitext(name)[1].lower(), UNKNOWN)
