"""The handler of a site: it answers with the file that a path means, or says that there is none.

Where a folder has an index, its path ends in a slash. Without the slash, the relative links in the
index would lead to the wrong place, so the client is sent to the path with it.
"""

from dataclasses import replace

from ..files import directory
from ..http1.headers import Headers
from ..http1.messages import Request, Response
from ..web import Application, percent_decoded
from .media_types import media_type
from .resolve import resolve

NOT_FOUND_PAGE = "404.html"
NOT_FOUND = b"<!doctype html>\n<title>Not found</title>\n<h1>There is no such page</h1>\n"


def add_site(application: Application, root: str) -> None:
    """Serve the files below `root` at the paths that no route has. Raises NotADirectoryError."""
    root = directory(root)

    @application.fallback
    def site(request: Request) -> Response:
        path = percent_decoded(request.path)
        file = resolve(root, path)
        if file is not None:
            return file_response(file)
        if resolve(root, path + "/") is not None:
            return moved(request)
        return not_found(root)


def file_response(file: str) -> Response:
    """The whole file, byte for byte, with its media type."""
    with open(file, "rb") as opened:
        content = opened.read()
    return Response(200, content, Headers({"Content-Type": media_type(file)}))


def moved(request: Request) -> Response:
    """To the same path with a slash, as it was sent, and with its query (RFC 9110 15.4.2)."""
    query = f"?{request.query}" if request.query else ""
    return Response(301, headers=Headers({"Location": f"{request.path}/{query}"}))


def not_found(root: str) -> Response:
    """404, with the page that the site has for that, if it has one (RFC 9110 15.5.5)."""
    page = resolve(root, NOT_FOUND_PAGE)
    if page is not None:
        return replace(file_response(page), status=404)
    return Response(404, NOT_FOUND, Headers({"Content-Type": "text/html"}))
