"""Which file of a site a path means.

People read and type paths, so a path need not be the name of a file: `/` and `/docs/` are the index
of a folder, and `/about` is `about.html`.
"""

import os

from ..files import inside

INDEX = "index.html"
SUFFIX = ".html"


def resolve(root: str, path: str) -> str | None:
    """The file below `root` that a percent-decoded path means, or None when there is none.

    A path that leads out of the site, by `..`, by being absolute or through a link, means nothing.
    """
    for name in _names(path.removeprefix("/")):
        file = inside(root, name)
        if file is not None and os.path.isfile(file):  # and no pipe: that would block us
            return file
    return None


def _names(path: str) -> tuple[str, ...]:
    """The names to look for, in this order: a file as it is named comes before a page."""
    if path == "" or path.endswith("/"):
        return (path + INDEX,)
    return path, path + SUFFIX
