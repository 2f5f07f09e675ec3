"""The handlers of the application, but for the API: each answers the requests of one route.

A handler is a function from a request to a response. It reads like a sentence because everything
that can go wrong is raised where it is noticed: see `inputs`.
"""

from datetime import UTC, datetime

from ..http1.messages import Request, Response
from ..web import Application
from .inputs import form, query
from .outputs import as_json


def add_pages(application: Application) -> None:
    """Add their routes. They come before the files of the site."""
    application.route("/time")(current_time)
    application.route("/users/{user_id:int}")(user)
    application.route("/search")(search)
    application.route("/form", "POST")(submitted)


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


def single_or_list(fields: dict[str, list[str]]) -> dict[str, str | list[str]]:
    """Each field that came once without a list around its value."""
    return {name: values if len(values) > 1 else values[0] for name, values in fields.items()}
