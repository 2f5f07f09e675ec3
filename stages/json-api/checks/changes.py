"""Items that are changed and removed, and those that are not there."""

from grader.author import Failure, Kind, Session, check, expect

from . import ITEMS, STATE, ask, create, is_there, lists_no, path_of

GONE = "Answer 404 when no item has this id: look before you read, change or remove it."


@check(
    "PUT changes the name of an item",
    "A server MUST change the name on PUT /api/items/{id}, and answer 200 with the item, or 204",
    cite="RFC 9110 9.3.4",
    hint=STATE,
    asks=("json-api/reads_one",),
)
def changes(session: Session) -> None:
    item, other = create(session), create(session)
    item["name"] = session.random.word()
    answer = ask(session, "PUT", path_of(item), {"name": item["name"]})
    expect.status(answer, 200, 204)
    if answer.status == 200:
        expect.json_is(answer, item)
    is_there(session, item)
    is_there(session, other)


@check(
    "DELETE removes an item",
    "A server MUST answer DELETE /api/items/{id} with 204, and from then on 404",
    cite="RFC 9110 9.3.5",
    hint="Remove the item, answer 204 without a body, and 404 when the id is asked for again.",
    asks=("json-api/reads_one", "json-api/lists_all"),
)
def removes(session: Session) -> None:
    item, other = create(session), create(session)
    expect.status(ask(session, "DELETE", path_of(item)), 204)
    expect.status(ask(session, "GET", path_of(item)), 404)
    lists_no(session, item["name"], "which was removed")
    is_there(session, other)


@check(
    "What was removed cannot be changed or removed again",
    "A server MUST answer PUT and DELETE of an item that was removed with 404",
    cite="RFC 9110 15.5.5",
    hint=GONE,
    asks=("json-api/lists_all", "json-api/removes"),
)
def stays_removed(session: Session) -> None:
    item = create(session)
    ask(session, "DELETE", path_of(item))
    expect.status(ask(session, "DELETE", path_of(item)), 404)
    expect.status(ask(session, "PUT", path_of(item), {"name": item["name"]}), 404)
    lists_no(session, item["name"], "which was removed")


@check(
    "A new item replaces no other one",
    "A server MUST give a new item an id that no other item has, also after one was removed",
    cite="course: json-api",
    hint="Remember the last id that you gave, and add 1 to that, not to how many items are left.",
    asks=("json-api/reads_one", "json-api/removes"),
)
def replaces_no_other(session: Session) -> None:
    removed, other = create(session), create(session)
    ask(session, "DELETE", path_of(removed))
    new = create(session)
    if str(new["id"]) == str(other["id"]):
        raise Failure(
            Kind.MISMATCH,
            f"The new item got the id {new['id']}, which another item still has: one was removed"
            " before.",
            expected="an id that no item has",
            actual=str(new["id"]),
        )
    is_there(session, other)
    is_there(session, new)


@check(
    "An answer with 204 has no body",
    "A server MUST NOT send a body with 204",
    cite="RFC 9110 15.3.5",
    hint="End the answer after the empty line: the client reads the next answer from there.",
    asks=("json-api/removes",),
)
def no_body(session: Session) -> None:
    item, connection = create(session), session.connect()
    connection.ask(session.build("DELETE", path_of(item)))
    connection.read(ends=False)
    expect.nothing_more(connection)


@check(
    "An id that no item has gets 404",
    "A server MUST answer 404 to GET, PUT and DELETE of an id that no item has",
    cite="RFC 9110 15.5.5",
    hint=GONE,
)
def unknown_ids(session: Session) -> None:
    create(session)
    path = f"{ITEMS}/{session.random.number(10**7, 10**8)}"
    for method, value in (("GET", None), ("PUT", {"name": "x"}), ("DELETE", None)):
        expect.status(ask(session, method, path, value), 404)
    expect.status(ask(session, "GET", f"{ITEMS}/{session.random.word()}"), 404, 400, 422)


@check(
    "The whole life of an item, as requests asks for it",
    "A server MUST serve what Python requests sends, on one connection",
    cite="course: json-api",
    hint="Look at the answer before the one that failed: a body that is not announced comes next.",
    asks=("json-api/reads_one", "json-api/changes", "json-api/removes", "json-api/no_body"),
)
def ordinary_client(session: Session) -> None:
    name, other = session.random.word(), f"{session.random.word()} Grüße"
    with session.requests_client() as client:
        answer = client.post(session.url(ITEMS), json={"name": name})
        expect.status_of(answer, 201)
        key = expect.parsed(answer.content).get("id")
        url = session.url(path_of({"id": key}))
        expect.status_of(client.put(url, json={"name": other}), 200, 204)
        expect.json_of(client.get(url), {"id": key, "name": other})
        expect.status_of(client.delete(url), 204)
        expect.status_of(client.get(url), 404)
