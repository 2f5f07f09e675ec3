"""What the course asks for: the routes `/`, `/echo/`, `/user-agent` and `/files/`, compression, and
a site of static files with a web application in front of them.

A handler is a function from a request to a response. It knows nothing of sockets and of bytes on
their way; what it raises becomes an answer, too.
"""

import errno
from collections.abc import Mapping
from typing import Final

from .compression import compression
from .files import Directory
from .http1.headers import Headers
from .http1.messages import HTTPError, Request, Response
from .web import Application, internal_server_error

# What the file system says about a name or a place is for the client to know: 404 there is no such
# file, 403 you may not, 507 there is no room (RFC 9110 15.5.4, 15.5.5; RFC 4918 11.5). The rest is
# an error of ours, and a 500.
STATUS_OF_ERRNO: Final[Mapping[int | None, int]] = {
    errno.ENOENT: 404,
    errno.ENOTDIR: 404,
    errno.EISDIR: 404,
    errno.ELOOP: 404,
    errno.ENAMETOOLONG: 404,
    errno.EACCES: 403,
    errno.EPERM: 403,
    errno.EROFS: 403,
    errno.ENOSPC: 507,
    errno.EDQUOT: 507,
}


def course_application(directory: str | None = None, static: str | None = None) -> Application:
    """An application with the routes of the course; without a directory there are no files, and
    without a directory of static files there is neither a site nor a web application."""
    application = Application()
    if static is not None:
        add_pages_and_files(application, static)
    else:
        application.route("/")(home)
    application.middleware(compression)
    application.exception_handler(OSError)(refused_by_the_file_system)
    application.route("/echo/{text:path}")(echo)
    application.route("/user-agent")(user_agent)
    if directory is not None:
        add_files(application, Directory(directory))
    return application


def add_pages_and_files(application: Application, static: str) -> None:
    """Serve a web application, and the files of a directory at the paths that it leaves.

    What is needed for this is only imported here: the other servers start without it.
    """
    from .app import add_web_application
    from .static.site import add_site

    add_web_application(application, static)
    add_site(application, static)


def home(_request: Request) -> Response:
    """Nothing, successfully."""
    return Response()


def echo(_request: Request, text: str) -> Response:
    """The rest of the path, slashes included and percent-decoded, byte for byte."""
    return Response.text(text.encode("latin-1"))


def user_agent(request: Request) -> Response:
    """What the client calls itself, byte for byte; nothing if it does not say."""
    return Response.text(request.headers.get("User-Agent").encode("latin-1"))


def add_files(application: Application, directory: Directory) -> None:
    """Serve the files of a directory, and take uploads into it."""

    @application.route("/files/{name:path}")
    def read(_request: Request, name: str) -> Response:
        return Response(
            200, directory.read(name), Headers({"Content-Type": "application/octet-stream"})
        )

    @application.route("/files/{name:path}", "POST")
    def write(request: Request, name: str) -> Response:
        directory.write(name, request.body)
        # 201 says where what was made can be found (RFC 9110 15.3.2, 10.2.2).
        return Response(201, headers=Headers({"Location": request.path}))


def refused_by_the_file_system(request: Request, error: OSError) -> Response:
    """What the client may know of an error of the file system."""
    if error.errno not in STATUS_OF_ERRNO:
        return internal_server_error(request, error)
    return HTTPError(STATUS_OF_ERRNO[error.errno]).response
