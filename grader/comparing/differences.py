"""The first thing in which what was seen of two servers differs. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from grader.check.failure import Failure, Kind
from grader.comparing.conversation import Ask, Conversation
from grader.comparing.expectation import After, Ends, Expectation
from grader.comparing.observed import EndOfAnswer, Observed
from grader.comparing.odd_rules import HIDDEN
from grader.comparing.routes import SECRET
from grader.http1 import expect
from grader.http1.wire import members


@dataclass(frozen=True, slots=True)
class Difference:
    """The first difference: in which field of the answer to which request (counted from 0), and the
    failure that explains it: `expected` is what the reference does, `actual` what the other server
    does."""

    field: str
    index: int
    failure: Failure

    @property
    def key(self) -> tuple[str, int]:
        """What has to be the same for two differences to be the same one."""
        return (self.field, self.index)


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
            yours.answer, wanted, hint="Refuse what the standard says is wrong, and do not guess."
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
        hint = "Make what belongs to a request anew for each one."
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
            "A line end in the target, percent-encoded, became a line end in the answer: it has a"
            f" header {HIDDEN}.",
            expected=f"no header {HIDDEN}",
            actual=yours.answer.head,
            hint="Encode a path again before you put it into a header.",
            cite="RFC 9110 5.5",
        )
    theirs, own = reference.answer.header("Content-Length"), yours.answer.header("Content-Length")
    if law.length and yours.answer.status == 200 and theirs and own and own.isdecimal():
        hint = "Count the body as for GET, and leave it out when you send."
        expect.equal(
            int(own),
            int(theirs),
            "bytes are announced by HEAD, which is not what GET sends",
            hint=hint,
        )


def _allow(ask: Ask, law: Expectation, reference: Observed, yours: Observed) -> None:
    if not law.allow or not yours.answer or not reference.answer:
        return
    statuses = (200, 204) if ask.method == "OPTIONS" else (405,)
    if yours.answer.status not in statuses or reference.answer.status not in statuses:
        return
    hint = "Allow names the methods that this path has, with commas between."
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
            f"nothing tells where the {yours.answer.status} answer ends, and the connection stays"
            " open",
            expected="an end that is told: by a length, by chunks or by closing",
            actual=yours.answer.head,
            hint=(
                "Say Content-Length: a client that does not know where an answer ends waits for"
                " ever."
            ),
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
            f"the connection was closed after the {yours.answer.status} answer, although nobody"
            " asked for that",
            expected="the connection stays open for the next request",
            actual="end of connection",
            hint="In HTTP/1.1 a connection stays open until one side says Connection: close.",
            cite="RFC 9112 9.3",
        )
    if law.after is After.CLOSED and yours.ended is False:
        raise Failure(
            Kind.CONNECTION,
            "the connection stayed open after an answer that had to be the last one on it",
            expected="the end of the connection after the answer",
            actual="an open connection",
            hint="Close the socket once the answer has been sent.",
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
        summary = f"there is no file {law.stored} after the upload was answered"
    else:
        summary = (
            f"the file {law.stored} holds {len(found)} bytes that are not the {len(wanted)} bytes"
            " of the body"
        )
    raise Failure(
        Kind.FILES,
        summary,
        expected=wanted,
        actual="no such file" if found is None else found,
        offset=None if found is None else expect.first_difference(wanted, found),
        hint=(
            "Store exactly the Content-Length bytes that follow the empty line, under the name in"
            " the path."
        ),
        cite="RFC 9112 6.3",
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
            f"Your server refused the request, and changed the file {law.stored} all the same.",
            expected=reference.stored or "no such file",
            actual=yours.stored or "no such file",
            hint="If you reject a request, do not write or delete the file.",
            cite="RFC 9110 15.5",
        )


def _secret(_ask: Ask, law: Expectation, _reference: Observed, yours: Observed) -> None:
    hint = "Resolve the whole path first, then make sure that it is still inside the directory."
    if law.secret and yours.answer:
        expect.not_in_body(yours.answer, SECRET, hint)
    if law.secret and yours.outside:
        raise Failure(
            Kind.FILES,
            "a file was written outside of the directory",
            expected="no file beside the directory (400, 403 or 404 will do as the answer)",
            actual="a file beside the directory",
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
