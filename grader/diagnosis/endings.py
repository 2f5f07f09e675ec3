"""The sentences on a program that ended or was stopped, and on a connection that ended without an
answer. Pure."""

from __future__ import annotations

import re
import signal
from typing import TYPE_CHECKING, Final

from grader.check.failure import Failure, Kind
from grader.diagnosis.panics import HEAP
from grader.diagnosis.places import raised_at
from grader.diagnosis.source_line import shown
from grader.text.layout import counted
from grader.text.sentence import sentences

if TYPE_CHECKING:
    from grader.check.failure import SourcePlace
    from grader.diagnosis.protocol import ProtocolHints
    from grader.diagnosis.source_line import Raised, SourceLine

_LONGEST_WORDS: Final = 300
_FOLDERS: Final = "Put each submission into its own folder: it sees every file of that folder."
_SAYS_NOTHING: Final = re.compile(
    r"Node\.js v[\d.]+|exit status \d+|\(Use `node --trace-uncaught.*|Aborted.*"
    r"|Segmentation fault.*|RuntimeWarning: Enable tracemalloc.*"
    r"|.*\"[A-Z]+ \S+ HTTP/\d\.\d\" \d{3}\b.*"  # the log of a request
)
_UNCAUGHT: Final = (
    "Read the traceback in the program's output. An uncaught exception ends a program."
)
_C_CODE: Final = "This line calls C code, which crashed: look at what it is given."
_DAMAGED: Final = (
    "Memory was overwritten, or freed twice, before this. Compile with -g -fsanitize=address: it"
    " names the line."
)
_CRASHED: Final = (
    "Look for a bad pointer or a division by 0. Compile with -g -fsanitize=address,undefined: it"
    " names the line."
)
_NAMED: Final = "Read the end of the program's output: it names the file and the line."
_SILENT_EXIT: Final = "Find the exit() or the return from main, and print there what went wrong."
_GO_ON: Final = "After a client, go back to accept: a server waits for the next one in a loop."
_COLOURS: Final = re.compile(r"\x1b\[[0-9;]*m")
_UNAWAITED: Final = b"was never awaited"
_AWAIT: Final = (
    "Write await before the call: without it, the coroutine does not run. At the top level, write"
    " asyncio.run(main())."
)
_PACKAGE: Final = (
    "A file that is started by its path knows no package around it: python3 -m starts it as a part"
    " of one."
)
_FOREGROUND: Final = "Leave out the &, and start the server with exec: exec python3 server.py."
_IN_FRONT: Final = (
    "Run in the foreground: leave this out. When the first process ends, all that it has started"
    " ends too."
)
_NOTHING_LEFT: Final = (
    "Node ends when nothing is left to wait for. Do not call server.close() when a client leaves."
)
_MAIN_RETURNED: Final = "Do not let main return: a server waits for connections in a loop."
_NODE_SOCKET: Final = re.compile(r"'error' event without a listener: (?!listen )")
_NAMES_A_LINE: Final = re.compile(r"[\w-]\.[a-z]\w*[:(]\d+|\bline \d+", re.IGNORECASE)
_SAY_IT_THEMSELVES: Final = frozenset([Kind.START, Kind.EXIT, Kind.RESOURCE])
_CRASHES: Final = frozenset([signal.SIGSEGV, signal.SIGBUS, signal.SIGILL, signal.SIGFPE])


def explain_exit(
    status: int,
    output: bytes,
    when: str,
    raised: Raised | None = None,
    *,
    missed: str = "",
    node: bool = False,
) -> Failure:
    """The failure for a program that ended. `when` ends the sentence "Your program crashed ...";
    `raised` is the last traceback of its output; `missed` a file that it names and does not get to
    see. node: it ran in Node."""
    ended, hint = how_it_ended(status), _exit_hint(status, output, raised, when, node=node)
    words = "" if _UNAWAITED in output else last_words(output)
    return Failure(
        Kind.EXIT,
        sentences(_ended(status, when, raised), "" if raised else words, _hidden(missed)),
        expected="a program that runs until it is stopped",
        actual=(
            raised.place.under(f"{ended}, exception at {raised.place}")
            if raised and raised.place
            else ended
        ),
        hint=_FOLDERS if missed else hint,
        hint_alone=hint in (_GO_ON, _NOTHING_LEFT, _DAMAGED),
        at=raised_at(raised),
    )


def _ended(status: int, when: str, raised: Raised | None) -> str:
    if not raised:
        return f"your program {how_it_ended(status)} {when}"
    how = "crashed" if 0 < status <= 128 else how_it_ended(status)
    return f"your program {how} {when}: {raised}"


def last_words(output: bytes) -> str:
    """A clause with the line that says most of how a program ended: what glibc says of its memory,
    else the last line that it printed; empty when there is none."""
    text = _COLOURS.sub("", output.decode(errors="replace"))
    lines = [line.strip() for line in text.splitlines()]
    spoken = [line for line in lines if line and not _SAYS_NOTHING.fullmatch(line)]
    if damage := _heap_damage(output):
        return f'it printed "{damage[:_LONGEST_WORDS]}"'
    return f'its last output was "{spoken[-1][:_LONGEST_WORDS]}"' if spoken else ""


def _heap_damage(output: bytes) -> str:
    """What glibc says of memory that was written over; empty when that is nothing."""
    lines = [line.strip() for line in output.decode(errors="replace").splitlines()]
    return next((line for line in reversed(lines) if HEAP.fullmatch(line)), "")


def _hidden(missed: str) -> str:
    why = "submissions that are graded together from one folder do not see each other's files"
    return f"it cannot see {missed}: {why}" if missed else ""


def _exit_hint(
    status: int, output: bytes, raised: Raised | None, when: str, *, node: bool
) -> str | None:
    """The first that fits, from what is known best; None where nothing is known."""
    killed = how_it_ended(status).startswith("was killed")
    event = _NODE_SOCKET.match(raised.error) if raised else None
    hints = (
        (event, "Add a listener: socket.on('error', ...). Without one, an error event ends Node."),
        (raised and killed and status - 128 in _CRASHES, _C_CODE),
        (raised and raised.place, _UNCAUGHT),
        (_heap_damage(output), _DAMAGED),
        (killed and status - 128 in _CRASHES, _CRASHED),
        (_NAMES_A_LINE.search(output.decode(errors="replace")), _NAMED),
        (killed or (status and last_words(output)), None),
        (status, _SILENT_EXIT),
        (node, _NOTHING_LEFT),
        ("answer" in when or "client" in when, _GO_ON),
    )
    return next((hint for holds, hint in hints if holds), _MAIN_RETURNED)


def explain_limit(how: str) -> Failure:
    """The failure for a program that used more of the machine than it may. `how` is the rest of the
    sentence."""
    return Failure(
        Kind.RESOURCE,
        f"Your server {how}.",
        expected="a program that stays below the limits",
        actual=f"it {how}",
        hint="After each request, close what you opened, end what you started, and free memory.",
    )


def explain_unawaited(failure: Failure, warned: Raised) -> Failure:
    """The failure, and what Python warned of: a coroutine that was called without await, so that it
    never ran."""
    return _with_cause(failure, f"Python warned: {warned}", _AWAIT, raised_at(warned))


def explain_package(failure: Failure, command: str) -> Failure:
    """The failure of a file of a package that was started by itself; `command` starts it as a
    module."""
    return _with_cause(failure, f"start this package as a module ({command})", _PACKAGE)


def explain_fetching(failure: Failure, tool: str, other: str) -> Failure:
    """The failure of a script that calls a tool which may want the network. other: the command that
    does without the script."""
    hint = f"{tool} cannot download here: programs run without the network. Without it: {other}."
    return _with_cause(failure, "", hint)


def explain_background(failure: Failure, script: str, line: str) -> Failure:
    """The failure of a script that ended after it had started the server in the background."""
    who = f"the script {shown(script)}" if script else "its script"
    cause = f"{who} starts it in the background ({shown(line)}): when it ends, all of it ends"
    return _with_cause(failure, cause, _FOREGROUND)


def explain_daemon(failure: Failure, place: SourceLine) -> Failure:
    """The failure of a program whose first process ended with status 0, and that puts itself into
    the background at this line."""
    cause = f"it puts itself into the background at {place} ({shown(place.text.strip())})"
    told = _with_cause(failure, cause, _IN_FRONT, (place.path, place.line))
    told.hint_alone = True
    return told


def explain_printed(failure: Failure, raised: Raised | None, complaint: str) -> None:
    """Adds what the program printed while it had the request, where the failure does not say it.

    raised: the last traceback of that. complaint: else the last line that says that something went
    wrong; empty when none does.
    """
    told = str(raised) if raised else complaint
    said = told in failure.summary or (raised and " raised " in failure.summary)
    if not told or said or failure.kind in _SAY_IT_THEMSELVES:
        return
    clause = f"your server raised {told}" if raised else f'your program printed "{told}"'
    failure.summary = sentences(failure.summary, clause)
    failure.at = failure.at or raised_at(raised)
    if HEAP.fullmatch(complaint):
        failure.hint = _DAMAGED


def explain_stopped(failure: Failure, how: str) -> Failure:
    """The failure, and that the server is stopped, where it does not say so already. `how` is a
    clause, or empty."""
    if not how or "stopped itself" in failure.summary or "is stopped by" in failure.summary:
        return failure
    return _with_cause(failure, how)


def _with_cause(
    failure: Failure, cause: str, hint: str | None = None, at: SourcePlace | None = None
) -> Failure:
    """The failure with one more sentence; hint, at: in place of its own."""
    return Failure(
        failure.kind, sentences(failure.summary, cause), expected=failure.expected,
        actual=failure.actual, offset=failure.offset, hint=hint or failure.hint,
        cite=failure.cite, by_hand=failure.by_hand, at=at or failure.at, file=failure.file,
    )  # fmt: skip


def how_it_ended(status: int) -> str:
    """How a program ended, by its exit status, as the rest of a sentence."""
    if status <= 128:
        return f"ended with exit status {status}"
    try:
        return f"was killed by {signal.Signals(status - 128).name}"
    except ValueError:
        return f"ended with exit status {status}"


def explain_closed(
    hints: ProtocolHints,
    reset: bool,
    answers: int = 0,
    raised: Raised | None = None,
    killed: int = 0,
) -> Failure:
    """The failure for a connection that ended without a byte while the program lives on.

    answers: how many it has had before. raised: what the program printed while the connection was
    open. killed: the signal that ended one of its processes; 0 when none did.
    """
    after = f" after {counted(answers, 'answer')}," if answers else ""
    next_one = "the next request" if hints.noun == "request" else f"the {hints.noun}"
    which = f"an answer to {next_one}" if answers else "an answer"
    how = "reset" if reset else "closed"
    ending = "connection reset" if reset else "end of connection"
    return Failure(
        Kind.CLOSED,
        sentences(
            f"your server {how} the connection{after} without {which}",
            f"it raised {raised}" if raised else _killed_process(killed),
        ),
        expected="an answer",
        actual=(
            raised.place.under(f"{ending}, exception at {raised.place}")
            if raised and raised.place
            else ending
        ),
        hint=hints.raised_and_closed if raised else _closed_hint(answers, killed),
        hint_alone=answers > 0 and raised is None,
        at=raised_at(raised),
    )


def _killed_process(killed: int) -> str:
    return f"one of its processes {how_it_ended(128 + killed)}" if killed else ""


def _closed_hint(answers: int, killed: int) -> str:
    if killed in _CRASHES:
        return _CRASHED
    if answers:
        return (
            "After an answer, go back to reading on the same connection, until the client"
            " closes it."
        )
    return (
        "Your handler probably raised or returned early: look for a traceback in the program's"
        " output."
    )
