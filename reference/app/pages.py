"""The handlers of the application, but for the API: each answers the requests of one route.

A handler is a function from a request to a response, and a decorator says which requests it gets.
It reads like a sentence because everything that can go wrong is raised where it is noticed: see
`inputs`.
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
    """Add what answers to a URL alone."""

    @application.route("/time")
    def current_time(_request: Request) -> Response:
        # As RFC 3339 writes it: 1994-11-06T08:49:37.000000+00:00
        return Response.text(datetime.now(UTC).isoformat(timespec="microseconds"))

    @application.route("/users/{user_id:int}")
    def user(_request: Request, user_id: int) -> Response:
        return as_json({"user_id": user_id})

    @application.route("/search")
    def search(request: Request) -> Response:
        fields = query(request)
        return as_json({"q": fields.get("q", [""])[0], "tags": fields.get("tag", [])})


def add_forms(application: Application) -> None:
    """Add what answers to a body."""

    @application.route("/form", "POST")
    def submitted(request: Request) -> Response:
        return as_json(single_or_list(form(request)))

    @application.route("/upload", "POST")
    def uploaded(request: Request) -> Response:
        fields: Fields = defaultdict(list)
        files = []
        for part in parts(request):
            if part.filename is None:
                fields[part.name].append(part.content.decode("utf-8", "replace"))
            else:
                files.append(described(part))
        return as_json({"fields": single_or_list(fields), "files": files})

    @application.route("/post-something", "POST")
    def posted(request: Request) -> Response:
        return as_html(MESSAGE.render(message=text_member(request, "message")))


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


def single_or_list(fields: Fields) -> dict[str, str | list[str]]:
    """The value of each field, or the list of its values if it came repeatedly."""
    return {name: values if len(values) > 1 else values[0] for name, values in fields.items()}


def described(file: Part) -> dict[str, str | int | None]:
    """A file, without its content. Its name and its type are only what the client says."""
    return {
        "name": file.name,
        "filename": file.filename,
        "type": file.media_type,
        "size": len(file.content),
        "sha256": hashlib.sha256(file.content).hexdigest(),
    }
