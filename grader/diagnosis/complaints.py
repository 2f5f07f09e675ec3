"""Finds the line in which a program says that something went wrong, as most learners' servers do
that catch an exception and print it. Pure.

How it works. What repeats the exchange, such as an access log, is cut out of each line first. What
is left must have a shape in which errors are printed: a name such as `KeyError:`, a word such as
"failed" at its beginning with what failed behind it, or the words of an operating system or of a
language for one error. A counter ("errors: 0"), a setting ("error handling: on") and a line of a
low level ("[INFO] ...") are none.

Why so. The line goes into the sentence that explains a failure, so one that is wrongly taken for an
error would mislead; one that is missed is still in the output below.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from grader.diagnosis.panics import HEAP
from grader.diagnosis.source_line import shown_ends

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST_LINES: Final = 500
_MOST_CHARACTERS: Final = 2000
_LEAST_REPEATED: Final = 6
_LONGEST_SHOWN: Final = 160

_NOTHING: Final = (
    r"""['"\[({<]*(?i:0|no|none|null|nil|false|true|on|off|ok|enabled|disabled)?['"\])}>.]*"""
)
_NAMED: Final = re.compile(
    r"(?<![\w/.-])(?:(?:[\w$]+\.)*(?:[A-Z]\w*)?(?:Error|Exception|Failure|Panic)(?: \[\w+\])?[:(]"
    rf"|(?:\w+ )?(?:error|ERROR|err)[:=])(?!\s*{_NOTHING}\s*(?:$|[,;]))\s*\S"
)
"""`KeyError: 'path'`, `java.io.IOException: ...`, `OSError(2, ...)`, `read error: ...`."""
_TAGS: Final = r"(?:[\s\W\d]|\b(?:error|err|warn|warning|critical|fatal|severe)\b[\]:|]+)*"
_BEGINS: Final = re.compile(
    rf"{_TAGS}(?:an? |the |unexpected |uncaught |unhandled |caught )*"
    r"(?:(?:error|exception|failure)s?"
    r" (?:\w+ing|while|when|in|on|at|with|from|during|occurr?ed|of)\b"
    r"|exception\b|panic:|failed\b|fail to\b|failure to\b|could ?n[o']t\b|could not\b|can ?not\b"
    r"|can't\b|unable to\b|something went wrong\b|oops\b)"
    rf"(?!\W*{_NOTHING}\s*$)(?!.*[:=]\s*{_NOTHING}\s*$)",
    re.IGNORECASE,
)
_LEVEL: Final = re.compile(
    r"\W*(?:[\d:.,/\sTZ+-]*)\W*(?:\b(?:ERROR|CRITICAL|FATAL|SEVERE)\b)(?!s?\W+\d+\s*$)\W*\w"
)
"""A line of a logger, with its date before the level."""
_SYSTEM: Final = re.compile(
    r"\b(?:no such file or directory|permission denied|(?:is|not) a directory|broken pipe"
    r"|connection reset by peer|bad file descriptor|file name too long|too many open files"
    r"|invalid argument|address already in use|use of closed network connection"
    r"|socket is not connected|transport endpoint is not connected|file exists"
    r"|resource temporarily unavailable|cannot allocate memory|segmentation fault)\b"
    r"|\[Errno -?\d+\]|\b(?:ENOENT|EACCES|EPERM|EISDIR|ENOTDIR|EPIPE|ECONNRESET|EBADF|EINVAL"
    r"|ENAMETOOLONG|EADDRINUSE|EEXIST|EMFILE|ERR_[A-Z_]{3,})\b",
    re.IGNORECASE,
)
_LANGUAGE: Final = re.compile(
    r"\bindex (?:is )?out of (?:range|bounds)\b|\bout of bounds\b|\bslice bounds out of range\b"
    r"|\bnot enough values to unpack\b|\btoo many values to unpack\b|\binvalid literal for int\b"
    r"|\bcodec can't (?:de|en)code\b|\bhas no attribute\b|\bis not subscriptable\b"
    r"|\bis not iterable\b|\bobject is not callable\b|\ba bytes-like object is required\b"
    r"|\bcan only concatenate\b|\bunsupported operand type\b|\bembedded null (?:byte|character)\b"
    r"|\bnil pointer dereference\b|\binvalid memory address\b|\bnil map\b|\bis not a function\b"
    r"|\bcannot read propert|\bunexpected token\b|\bunexpected end of JSON\b|\binvalid syntax\b"
    r"|\bnumber format\b.*\bfor input string\b|\binvalid utf-?8\b|\bstream did not contain valid\b"
    r"|\bpanicked at\b|\bexpected str, bytes\b|\bmust be str, not\b|\bexpected string or bytes\b"
    r"|\blevel=(?:error|fatal)\b|\"level\": ?\"(?:error|fatal)\""
    r"|\bname '\w+' is not defined\b|\bunexpected EOF\b|\bdivision by zero\b",
    re.IGNORECASE,
)
_TIME: Final = re.compile(r"\s*\[?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?Z?\]?[\s-]*")
"""Of a log: it says nothing, and differs from run to run."""
_LOW: Final = re.compile(r"\W*[\d:.,/\sTZ+-]*\W*\b(?:INFO|DEBUG|TRACE|NOTICE)\b")
_ANYWHERE: Final = (_NAMED, _SYSTEM, _LANGUAGE)
_AT_THE_BEGINNING: Final = (_BEGINS, _LEVEL)


def complaint(printed: str, exchanged: Iterable[str] = ()) -> str:
    """The last line of the print that says that something went wrong, without its time, bounded and
    printable; empty when none does. exchanged: lines that were sent or received, which are not the
    program's own words.

    >>> complaint("GET /x\\nError: [Errno 2] No such file or directory: '/tmp/x'\\n404\\n")
    "Error: [Errno 2] No such file or directory: '/tmp/x'"
    >>> complaint("errors: 0\\n")
    ''
    """
    repeated = sorted({it for it in exchanged if len(it) >= _LEAST_REPEATED}, key=len, reverse=True)
    for line in reversed(printed.splitlines()[-_MOST_LINES:]):
        if _is_one(line[:_MOST_CHARACTERS], repeated):
            return shown_ends(_without_time(line), _LONGEST_SHOWN)
    return ""


def _is_one(line: str, repeated: Iterable[str]) -> bool:
    if HEAP.fullmatch(line.strip()):
        return True
    for text in repeated:
        line = line.replace(text, "")
    if _LOW.match(line):
        return False
    return any(it.search(line) for it in _ANYWHERE) or any(
        it.match(line) for it in _AT_THE_BEGINNING
    )


def _without_time(line: str) -> str:
    found = _TIME.match(line)
    return line[found.end() :] if found else line
