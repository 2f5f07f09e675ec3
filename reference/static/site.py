"""The handler of a site: it answers with the file that a path means, or says that there is none.

Where a folder has an index, its path ends in a slash. Without the slash, the relative links in the
index would lead to the wrong place, so the client is sent to the path with it.
"""

import os
from dataclasses import replace
from functools import partial

from ..files import directory
from ..http1.headers import Headers
from ..http1.messages import Request, Response
from ..routing import percent_decoded
from ..web import Application
from .conditional import conditional, validators
from .media_types import media_type
from .ranges import ranges
from .resolve import resolve

NOT_FOUND_PAGE = "404.html"
NOT_FOUND = b"<!doctype html>\n<title>Not found</title>\n<h1>There is no such page</h1>\n"


def add_site(application: Application, root: str) -> None:
    """Serve the files below `root` at the paths that no route has. Raises NotADirectoryError."""
    site = partial(whole_file, directory(root))
    # Whether the client has the file already comes before which part of it is sent (RFC 9110
    # 13.2.2).
    application.fallback(partial(ranges, partial(conditional, site)))


def whole_file(root: str, request: Request) -> Response:
    """The file that the path means, the way to it, or 404."""
    path = percent_decoded(request.path)
    file = resolve(root, path)
    if file is not None:
        return file_response(file)
    if resolve(root, path + "/") is not None:
        return moved(request)
    return not_found(root)


def file_response(file: str) -> Response:
    """The whole file, byte for byte, with its media type and its validators."""
    with open(file, "rb") as opened:
        content, current = opened.read(), validators(os.fstat(opened.fileno()))
    return Response(200, content, Headers([("Content-Type", media_type(file)), *current]))


def moved(request: Request) -> Response:
    """To the same path with a slash, as it was sent, and with its query (RFC 9110 15.4.2).

    With one slash before it: `//docs/` would be the host docs (RFC 3986 4.2).
    """
    query = f"?{request.query}" if request.query else ""
    path = "/" + request.path.lstrip("/")
    return Response(301, headers=Headers({"Location": f"{path}/{query}"}))


def not_found(root: str) -> Response:
    """404, with the page that the site has for that, if it has one (RFC 9110 15.5.5)."""
    page = resolve(root, NOT_FOUND_PAGE)
    if page is not None:
        return replace(file_response(page), status=404)
    return Response(404, NOT_FOUND, Headers({"Content-Type": "text/html"}))
