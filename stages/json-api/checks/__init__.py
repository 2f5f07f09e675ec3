"""Judges *json-api*: items that are made, read, changed and removed, each at a path of its own."""

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from grader.author import Failure, Kind, Response, Session, check, expect

ITEMS = "/api/items"
JSON = "application/json"
CREATE = (
    "Parse the body as JSON, keep its name under a new id, and answer 201 with both as JSON.",
    "Print the body that you read, the value that you parsed, and the JSON that you answer with.",
    "Others answered 200, or sent the name without its id.",
)
STATE = (
    "Keep the items outside of the handler, by their ids: the next request looks them up there.",
    "Print all items after each change.",
    "Others kept a copy that did not change, or compared an id as text with one as a number.",
)


def ask(
    session: Session, method: str, path: str, value: object = None, *, sent: bytes | None = None
) -> Response:
    """A request with a JSON value in its body, or with these bytes instead; or without a body."""
    body = sent if sent is not None or value is None else json.dumps(value).encode()
    headers = [] if body is None else [("Content-Type", JSON)]
    return session.exchange(session.build(method, path, headers=headers, body=body), ends=False)


def item_of(found: object, name: str, answer: Response) -> dict[str, Any]:
    """The item that an answer is: its name is this, and its id a number or a text."""
    key = found.get("id") if isinstance(found, dict) else 0
    if isinstance(key, bool) or not isinstance(key, int | str) or key == "":
        raise Failure(
            Kind.MISMATCH,
            "The item has no id that is a number or a string.",
            expected=json.dumps({"id": 1, "name": name}),
            actual=expect.decoded(answer),
        )
    expect.same(found, {"id": key, "name": name}, expect.decoded(answer))
    return {"id": key, "name": name}


def create(session: Session, name: str = "") -> dict[str, Any]:
    """A new item, with its id."""
    name = name or session.random.word()
    answer = ask(session, "POST", ITEMS, {"name": name})
    return item_of(expect.json_value(answer, 201), name, answer)


def path_of(item: dict[str, Any]) -> str:
    return f"{ITEMS}/{quote(str(item['id']), safe='')}"


def is_there(session: Session, item: dict[str, Any]) -> None:
    expect.json_is(ask(session, "GET", path_of(item)), item)


def listed(session: Session) -> tuple[list[Any], bytes]:
    """The list of all items, and the body in which it came."""
    answer = ask(session, "GET", ITEMS)
    found = expect.json_value(answer)
    if not isinstance(found, list):
        raise Failure(
            Kind.MISMATCH,
            "The list of all items is not a JSON array.",
            expected='[{"id": 1, "name": "fig"}, ...]',
            actual=expect.decoded(answer),
        )
    return found, expect.decoded(answer)


def lists(session: Session, wanted: Iterable[dict[str, Any]]) -> None:
    """The list has each of these items once. It may have others, of earlier checks."""
    found, body = listed(session)
    for item in wanted:
        if (times := found.count(item)) != 1:
            said = f"has {json.dumps(item)} {times} times" if times else f"lacks {json.dumps(item)}"
            raise Failure(
                Kind.MISMATCH,
                f"The list of all items {said}.",
                expected=json.dumps(item),
                actual=body,
            )


def lists_no(session: Session, name: str, why: str) -> None:
    """No item of the list has this name; `why` ends the sentence "The list has ..., ..."."""
    found, body = listed(session)
    if any(isinstance(one, dict) and one.get("name") == name for one in found):
        raise Failure(
            Kind.MISMATCH,
            f'The list of all items has "{name}", {why}.',
            expected=f'a list without "{name}"',
            actual=body,
        )


@check(
    "POST /api/items makes an item",
    'A server MUST answer POST /api/items of {"name": ..} with 201 and JSON: the name and a new id',
    cite="RFC 9110 9.3.3",
    hint=CREATE,
)
def creates(session: Session) -> None:
    create(session)


@check(
    "An item can be read by its id",
    "A server MUST answer GET /api/items/{id} with 200 and the item, each with its own",
    cite="course: json-api",
    hint=STATE,
)
def reads_one(session: Session) -> None:
    for item in [create(session) for _ in range(3)]:
        is_there(session, item)


@check(
    "Location leads to the new item",
    "A server MUST send the path of the new item in the Location of its 201",
    cite="RFC 9110 15.3.2",
    hint="Send Location: /api/items/ and the id: there the client finds what it has made.",
    asks=("json-api/reads_one",),
)
def location(session: Session) -> None:
    name = session.random.word()
    answer = ask(session, "POST", ITEMS, {"name": name})
    item = item_of(expect.json_value(answer, 201), name, answer)
    place = urlsplit(urljoin(session.url(ITEMS), expect.header(answer, "Location")))
    expect.leads_to(expect.header(answer, "Location"), path_of(item), asked=ITEMS)
    expect.json_is(ask(session, "GET", place.path), item)


@check(
    "GET /api/items lists all items",
    "A server MUST answer GET /api/items with a JSON array of all items",
    cite="course: json-api",
    hint=STATE,
    asks=("json-api/reads_one",),
)
def lists_all(session: Session) -> None:
    made = [create(session) for _ in range(3)]
    lists(session, made)


@check(
    "A name comes back as it was sent",
    "A server MUST return a name with quotes, line breaks and letters of every script unchanged",
    cite="RFC 8259 7",
    hint="Let a library read and write the JSON: \\\\u00fc and ü are the same letter in it.",
    asks=("json-api/reads_one",),
)
def keeps_names(session: Session) -> None:
    name = f'{session.random.word()} "yes" \\ or\n\tnot, Grüße 世界 🍰 \u2028'
    is_there(session, create(session, name))
    sent = json.dumps({"name": name}, ensure_ascii=False).encode()
    answer = ask(session, "POST", ITEMS, sent=sent)
    is_there(session, item_of(expect.json_value(answer, 201), name, answer))
