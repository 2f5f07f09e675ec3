"""A JSON API: a collection at one path, and each of its items at a path of its own.

The path says what is meant, and the method what is done to it: POST adds to the collection, GET
reads, PUT and DELETE replace and remove one item (RFC 9110 9.3).
"""

import itertools
from threading import Lock
from typing import Final

from ..http1.messages import HTTPError, Request, Response
from ..routing import METHODS
from ..web import Application
from .inputs import text_member
from .outputs import as_json

API: Final = "/api/"


class Items:
    """What is kept, by number. Threads take turns, so that each sees all of a change or none."""

    def __init__(self) -> None:
        self._names: dict[int, str] = {}
        self._numbers = itertools.count(1)
        self._turn = Lock()

    def all(self) -> list[tuple[int, str]]:
        """Every item, in the order of the numbers."""
        with self._turn:
            return list(self._names.items())

    def add(self, name: str) -> int:
        """Keep a new one; its number, which no other ever had."""
        with self._turn:
            number = next(self._numbers)
            self._names[number] = name
            return number

    def name(self, number: int) -> str:
        """Raises HTTPError 404, as the others do."""
        with self._turn:
            self._check(number)
            return self._names[number]

    def rename(self, number: int, name: str) -> None:
        with self._turn:
            self._check(number)
            self._names[number] = name

    def remove(self, number: int) -> None:
        with self._turn:
            self._check(number)
            del self._names[number]

    def _check(self, number: int) -> None:
        if number not in self._names:
            raise HTTPError(404, f"there is no item {number}")


def add_api(application: Application) -> None:
    """Add the routes of a collection, which is empty at first."""
    items = Items()

    @application.route("/api/items")
    def every(_request: Request) -> Response:
        return as_json([_item(number, name) for number, name in items.all()])

    @application.route("/api/items", "POST")
    def add(request: Request) -> Response:
        name = text_member(request, "name")
        number = items.add(name)
        # Where the new item is to be found (RFC 9110 9.3.3).
        return as_json(_item(number, name), 201).with_header("Location", f"/api/items/{number}")

    @application.route("/api/items/{number:int}")
    def read(_request: Request, number: int) -> Response:
        return as_json(_item(number, items.name(number)))

    @application.route("/api/items/{number:int}", "PUT")
    def replace(request: Request, number: int) -> Response:
        name = text_member(request, "name")
        items.rename(number, name)
        return as_json(_item(number, name))

    @application.route("/api/items/{number:int}", "DELETE")
    def remove(_request: Request, number: int) -> Response:
        items.remove(number)
        return Response(204)

    @application.route(API + "{path:path}", *METHODS)
    def nothing(_request: Request, path: str) -> Response:
        raise HTTPError(404, f"the API has no {path}")


def _item(number: int, name: str) -> dict[str, int | str]:
    return {"id": number, "name": name}
