"""The first thing in which what was seen of two servers differs. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from grader.check.failure import Failure, Kind
from grader.comparing.difference import Difference
from grader.http1 import expect
from grader.http1.wire import members
from grader.http1.wire.rules.end import NO_END

from .conversation import Ask, Conversation
from .expectation import After, Ends, Expectation
from .observed import EndOfAnswer, Observed
from .odd_rules import HIDDEN
from .routes import SECRET


def difference(
    conversation: Conversation,
    laws: Sequence[Expectation],
    reference: Sequence[Observed],
    yours: Sequence[Observed],
) -> Difference | None:
    """The first field, of the first request, in which `yours` breaks the law, or None."""
    for index, (ask, law, theirs, ours) in enumerate(
        zip(conversation.asks, laws, reference, yours, strict=True)
    ):
        if not ours.judged:
            continue
        for field, judge in _JUDGES:
            try:
                judge(ask, law, theirs, ours)
            except Failure as failure:
                return Difference(field, index, failure)
    return None


FieldJudge = Callable[[Ask, Expectation, Observed, Observed], None]


def _answer(ask: Ask, law: Expectation, reference: Observed, yours: Observed) -> None:
    if yours.failure is None:
        return
    kind = yours.failure.kind
    refused = law.closable and kind in (Kind.CLOSED, Kind.CONNECTION)
    owed = law.answer and not refused and (reference.answer is not None or not ask.odd)
    if owed or (ask.odd and kind is Kind.EXIT):
        raise yours.failure


def _status(_ask: Ask, law: Expectation, reference: Observed, yours: Observed) -> None:
    if not yours.answer or not reference.answer:
        return
    if law.status:
        expect.status(yours.answer, *dict.fromkeys((reference.answer.status, *law.statuses)))
    if not law.agrees:
        return
    refused, wanted = yours.answer.status >= 400, reference.answer.status
    if wanted >= 400 and not refused and not law.lenient:
        expect.refused(
            yours.answer, wanted, hint="Reject what the standard forbids, and do not guess."
        )
    if wanted < 400 and not (refused and law.refusable):
        expect.status(yours.answer, *dict.fromkeys((wanted, *law.statuses)))


def _coding(_ask: Ask, law: Expectation, _reference: Observed, yours: Observed) -> None:
    if law.content and law.codings is not None and yours.answer and yours.answer.status == 200:
        hint = "Split the list at commas, strip each item, and compare whole words."
        expect.codings(yours.answer, law.codings, hint)


def _body(_ask: Ask, law: Expectation, reference: Observed, yours: Observed) -> None:
    if not yours.answer or not reference.answer:
        return
    refused = law.agrees and yours.answer.status >= 400  # it may quote what it refuses
    for secret in () if refused else law.unheard:
        hint = "Create the variables of a request anew for each request: do not share them."
        expect.not_in_body(yours.answer, secret, hint)
    if yours.answer.status in law.statuses:
        return
    if law.decodes:
        expect.decoded(yours.answer)
    if (
        law.content
        and reference.answer.status == 200
        and expect.decoded(yours.answer) not in law.bodies
    ):
        expect.body(yours.answer, expect.decoded(reference.answer))


def _media_type(_ask: Ask, law: Expectation, reference: Observed, yours: Observed) -> None:
    if (
        law.content
        and yours.answer
        and reference.answer
        and reference.answer.status == 200 == yours.answer.status
    ):
        expect.media_type(yours.answer, reference.answer.media_type or "")


def _head(_ask: Ask, law: Expectation, reference: Observed, yours: Observed) -> None:
    """What the header lines may not say."""
    if not yours.answer or not reference.answer:
        return
    if law.whole and yours.answer.header(HIDDEN) is not None:
        raise Failure(
            Kind.MISMATCH,
            "A percent-encoded line end in the target became a line end in the answer: it now has"
            f" the header {HIDDEN}.",
            expected=f"no header {HIDDEN}",
            actual=yours.answer.head,
            hint="Percent-encode a path again before you put it into a header.",
            cite="RFC 9110 5.5",
        )
    theirs, own = reference.answer.header("Content-Length"), yours.answer.header("Content-Length")
    if law.length and yours.answer.status == 200 and theirs and own and own.isdecimal():
        hint = "For HEAD, compute the same Content-Length as for GET, but send no body."
        if int(own) != int(theirs):
            raise Failure(
                Kind.MISMATCH,
                f"HEAD says Content-Length: {int(own)}, but GET sends {int(theirs)} bytes.",
                expected=f"Content-Length: {int(theirs)}",
                actual=yours.answer.head,
                hint=hint,
            )


def _allow(ask: Ask, law: Expectation, reference: Observed, yours: Observed) -> None:
    if not law.allow or not yours.answer or not reference.answer:
        return
    statuses = (200, 204) if ask.method == "OPTIONS" else (405,)
    if yours.answer.status not in statuses or reference.answer.status not in statuses:
        return
    hint = "List the methods of this path in Allow, separated by commas."
    own = expect.header(yours.answer, "Allow", hint)
    theirs = reference.answer.header("Allow") or ""
    for method in sorted(law.allow):
        if method in members(theirs):
            expect.member(own, method, "Allow", hint)


def _end(_ask: Ask, law: Expectation, _reference: Observed, yours: Observed) -> None:
    if not yours.answer:
        return
    if law.ends is Ends.BY_HEAD and yours.told is not EndOfAnswer.BY_HEAD:
        expect.told_apart(yours.answer)
    if law.ends is Ends.TOLD and yours.told is EndOfAnswer.NOT:
        raise Failure(
            Kind.INCOMPLETE,
            f"{NO_END.summary} The connection stays open.",
            expected="Content-Length, chunks, or the end of the connection",
            actual=yours.answer.head,
            hint="Send Content-Length: without it, the client waits for more.",
            cite="RFC 9112 6.3",
        )


def _surplus(_ask: Ask, law: Expectation, _reference: Observed, yours: Observed) -> None:
    status = yours.answer.status if yours.answer else 0
    # its body may be read as another request
    refused = law.agrees and law.after is After.FREE and status >= 400
    # after which another protocol is spoken
    if yours.surplus is not None and not refused and status != 101:
        raise yours.surplus


def _connection(_ask: Ask, law: Expectation, _reference: Observed, yours: Observed) -> None:
    if not yours.answer:
        return
    if law.after is After.OPEN and (law.strict or yours.answer.status == 200):
        expect.announces_no_close(yours.answer)
    if law.after is After.OPEN and yours.ended:
        raise Failure(
            Kind.CONNECTION,
            f"Your server closed the connection after the {yours.answer.status} answer, but the"
            " client did not ask for that.",
            expected="the connection stays open for the next request",
            actual="end of connection",
            hint="Keep an HTTP/1.1 connection open until one side sends Connection: close.",
            cite="RFC 9112 9.3",
        )
    if law.after is After.CLOSED and yours.ended is False:
        raise Failure(
            Kind.CONNECTION,
            "The connection stayed open after its last answer.",
            expected="the end of the connection after the answer",
            actual="an open connection",
            hint="Close the socket after you have sent the answer.",
            cite="RFC 9112 9.6",
        )


def _file(_ask: Ask, law: Expectation, reference: Observed, yours: Observed) -> None:
    if law.agrees and (yours.answer is None or yours.answer.status >= 400):
        _untouched(law, reference, yours)
        return
    wanted = law.body if law.lenient else reference.stored
    if law.stored is None or wanted is None or wanted == yours.stored:
        return
    found = yours.stored
    if found is None:
        summary = f"Your server answered the upload, but there is no file {law.stored}."
    else:
        summary = (
            f"The file {law.stored} is not the body that was sent:"
            f" {expect.difference(wanted, found)}."
        )
    raise Failure(
        Kind.FILES,
        summary,
        expected=wanted,
        actual="no such file" if found is None else found,
        offset=None if found is None else expect.first_difference(wanted, found),
        hint=(
            "Store exactly the Content-Length bytes after the empty line, under the name in the"
            " path."
        ),
        cite="RFC 9112 6.3",
        file=law.stored,
    )


def _untouched(law: Expectation, reference: Observed, yours: Observed) -> None:
    """A request that both refuse leaves the file as it was."""
    if (
        yours.answer
        and reference.answer
        and reference.answer.status >= 400
        and yours.stored != reference.stored
    ):
        raise Failure(
            Kind.FILES,
            f"Your server rejected the request, but changed the file {law.stored}.",
            expected=reference.stored or "no such file",
            actual=yours.stored or "no such file",
            hint="If you reject a request, do not write or delete the file.",
            cite="RFC 9110 15.5",
            file=law.stored,
        )


def _secret(_ask: Ask, law: Expectation, _reference: Observed, yours: Observed) -> None:
    hint = "Resolve the whole path first, then check that it is still inside the directory."
    if law.secret and yours.answer:
        expect.not_in_body(yours.answer, SECRET, hint)
    if law.secret and yours.outside:
        raise Failure(
            Kind.FILES,
            "Your server wrote a file outside the served directory.",
            expected="no file outside the directory (answer 400, 403 or 404)",
            actual="a file outside the directory",
            hint=hint,
            cite="RFC 9110 17.3",
        )


_JUDGES: tuple[tuple[str, FieldJudge], ...] = (
    ("answer", _answer),
    ("status", _status),
    ("bounds of the directory", _secret),
    ("coding", _coding),
    ("body", _body),
    ("media type", _media_type),
    ("header", _head),
    ("end of the answer", _end),
    ("bytes after the answer", _surplus),
    ("connection", _connection),
    ("file", _file),
    ("header", _allow),
)
