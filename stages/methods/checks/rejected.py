"""Methods that a path does not support: an error, and nothing else happens."""

from grader.author import Failure, Kind, Session, check, expect

from . import ALLOW, answer_to, ask, post, unknown

OTHER = "Route by path and method: reject a method that the path does not support."
OWN = "Start each request with empty variables of its own: do not keep data of another request."
TAKE = (
    "Read the body of every request, also of one that you reject. Or close the connection"
    " after the answer."
)


@check(
    "DELETE is rejected",
    "A server MUST reject a method that the path does not support",
    cite="RFC 9110 15.5.6",
    hint=OTHER,
)
def refuses_delete(session: Session) -> None:
    expect.refused(answer_to(session, "DELETE", f"/echo/{session.random.word()}"), 405)


@check(
    "POST is rejected where only GET is supported",
    "A server MUST reject a method that only another path supports",
    cite="RFC 9110 15.5.6",
    hint=OTHER,
)
def refuses_post(session: Session) -> None:
    expect.refused(post(session, session.random.word()), 405)


@check(
    "A 405 names GET in Allow",
    "A 405 MUST name GET in its Allow",
    cite="RFC 9110 10.2.1",
    hint=ALLOW,
)
def allows_get(session: Session) -> None:
    for method, target in (("POST", "/"), ("DELETE", f"/echo/{session.random.word()}")):
        answer = session.exchange(session.build(method, target, body=b""))
        if answer.status == 405:
            expect.member(expect.header(answer, "Allow"), "GET", "Allow")


@check(
    "An unknown method is rejected",
    "A server MUST reject a method that it does not know",
    cite="RFC 9110 9.1",
    hint=OTHER,
)
def refuses_the_unknown(session: Session) -> None:
    expect.refused(answer_to(session, unknown(session), "/"), 501, 405)


@check(
    "A rejected body is not read as a request",
    "A server MUST NOT read the body of a rejected request as the next request",
    cite="RFC 9112 9.3",
    hint=TAKE,
)
def takes_the_body(session: Session) -> None:
    connection, hidden, word = session.connect(), session.random.word(), session.random.word()
    connection.ask(
        session.build("POST", "/", body=session.build("GET", f"/echo/{hidden}").to_bytes())
    )
    if connection.read().wants_close:
        return
    expect.no_second_answer(connection, "the body of the first request")
    try:
        answer = ask(connection, session, "GET", f"/echo/{word}")
    except Failure as failure:
        if failure.kind is Kind.CLOSED:
            return  # without having said so: that is allowed, too
        raise
    expect.body(answer, word.encode())


@check(
    "A rejected DELETE changes nothing",
    "A rejected DELETE MUST leave the file unchanged",
    cite="RFC 9110 15.5.6",
    hint="Check the method before you change a file.",
)
def deletes_nothing(session: Session) -> None:
    name, content = session.random.name(), session.random.word().encode()
    session.files.put(name, content)
    answer = answer_to(session, "DELETE", f"/files/{name}")
    left = session.files.read(name)
    if answer.status >= 400 and left != content:
        what = "is gone" if left is None else "has changed"
        problem = f"DELETE was answered with {answer.status}, but the file {what}."
        raise Failure(
            Kind.FILES,
            problem,
            expected="the file as before",
            actual=answer.head,
            file=name,
        )


@check(
    "Mixed methods each get their own answer",
    "A server MUST give requests of all methods their own answers, in turn and at once",
    cite="RFC 9112 9.3",
    hint=OWN,
)
def all_methods(session: Session) -> None:
    build, word, name = session.build, session.random.word, session.random.name
    kinds = [
        lambda: build("GET", "/"),
        lambda: build("GET", f"/{word()}"),
        lambda: build("HEAD", f"/echo/{word()}"),
        lambda: build("OPTIONS", "/"),
        lambda: build("OPTIONS", f"/files/{name()}"),
        lambda: build("DELETE", f"/echo/{word()}"),
        lambda: build("DELETE", f"/files/{name()}"),
        lambda: build("POST", f"/files/{name()}", body=word().encode()),
        lambda: build(unknown(session), "/"),
    ]
    with expect.left_to_another_check(Kind.CLOSED, Kind.SILENCE, Kind.INCOMPLETE, Kind.MALFORMED):
        expect.in_turn_and_at_once(session, expect.as_alone(session, kinds))
