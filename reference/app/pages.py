"""The handlers of the application, but for the API: each answers the requests of one route.

A handler is a function from a request to a response. It reads like a sentence because everything
that can go wrong is raised where it is noticed: see `inputs`.
"""

import hashlib
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from ..http1.messages import Request, Response
from ..web import Application
from .inputs import Fields, form, query, text_member
from .multipart import Part, parts
from .outputs import as_html, as_json
from .sessions import Sessions
from .templates import Template

MESSAGE: Final = Template("<!doctype html>\n<title>Message</title>\n<p>{{ message }}</p>\n")


def add_pages(application: Application) -> None:
    """Add the routes that need nothing but the request."""
    application.route("/time")(current_time)
    application.route("/users/{user_id:int}")(user)
    application.route("/search")(search)
    application.route("/form", "POST")(submitted)
    application.route("/upload", "POST")(uploaded)
    application.route("/post-something", "POST")(posted)
    application.route("/boom")(boom)


def add_greeting(application: Application, templates: Path) -> None:
    """Add the page that is written as a template, in a directory of templates."""

    @application.route("/hello")
    def hello(request: Request) -> Response:
        name = query(request).get("name", [""])[0]
        return as_html(Template.read(templates / "hello.html").render(name=name))


def add_counter(application: Application) -> None:
    """Add what depends on which client asks."""
    sessions = Sessions()

    @application.route("/counter")
    def count(request: Request) -> Response:
        session = sessions.of(request)
        session.values["count"] = session.values.get("count", 0) + 1
        return sessions.keep(session, Response.text(str(session.values["count"])))

    @application.route("/logout", "POST")
    def logout(request: Request) -> Response:
        return sessions.end(request, Response(204))


def current_time(_request: Request) -> Response:
    """The time as RFC 3339 writes it: `1994-11-06T08:49:37.000000+00:00`."""
    return Response.text(datetime.now(UTC).isoformat(timespec="microseconds"))


def user(_request: Request, user_id: int) -> Response:
    """A number from the path, as a number."""
    return as_json({"user_id": user_id})


def search(request: Request) -> Response:
    """What was asked for: one text, and as many tags as there are."""
    fields = query(request)
    return as_json({"q": fields.get("q", [""])[0], "tags": fields.get("tag", [])})


def submitted(request: Request) -> Response:
    """The fields of a form: the value of each, or the list of its values if it came repeatedly."""
    return as_json(single_or_list(form(request)))


def uploaded(request: Request) -> Response:
    """What has come: the fields as of any form, and of each file what it is known by."""
    fields: Fields = defaultdict(list)
    files = []
    for part in parts(request):
        if part.filename is None:
            fields[part.name].append(part.content.decode("utf-8", "replace"))
        else:
            files.append(described(part))
    return as_json({"fields": single_or_list(fields), "files": files})


def described(part: Part) -> dict[str, str | int | None]:
    """A file, without its content. Its name and its type are only what the client says."""
    return {
        "name": part.name,
        "filename": part.filename,
        "type": part.media_type,
        "size": len(part.content),
        "sha256": hashlib.sha256(part.content).hexdigest(),
    }


def posted(request: Request) -> Response:
    """A message, shown on a page."""
    return as_html(MESSAGE.render(message=text_member(request, "message")))


def boom(request: Request) -> Response:
    """A handler with a mistake. The client gets a 500, and the traceback goes to our own output:
    `repr` lets no text of a client begin a line there."""
    word = query(request).get("word", [""])[0]
    raise RuntimeError(f"this handler is broken: {word!r}")


def single_or_list(fields: Fields) -> dict[str, str | list[str]]:
    """Each field that came once without a list around its value."""
    return {name: values if len(values) > 1 else values[0] for name, values in fields.items()}
