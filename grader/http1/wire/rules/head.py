"""Owns the rules for the head of an answer: its lines, the status line and the headers."""

from grader.http1.wire.malformed import Rule

_STATUS_LINE = r"HTTP/1.1 200 OK\r\n"
_HEADER_LINE = r"Name: value\r\n"

# Lines.
BARE_LF = Rule(
    "bare-lf",
    "RFC 9112 2.2",
    r"The {part} ends in \n alone; HTTP ends every line with \r\n.",
    r"\r\n at the end of the line",
    r"End every line with \r\n, not with \n alone.",
)
LITERAL_ESCAPES = Rule(
    "literal-escapes",
    "RFC 9112 2.2",
    r"The {part} contains a backslash and a letter instead of the byte \r or \n.",
    r"the two bytes 0d 0a at the end of the line",
    r"Write \r\n with single backslashes, and not in a raw string.",
)
DOUBLE_CR = Rule(
    "double-cr",
    "RFC 9112 2.2",
    r"The {part} contains \r twice in a row; a line ends with exactly one \r\n.",
    r"\r\n at the end of the line",
    r"Send bytes: a stream in text mode turns the \n of your \r\n into another \r\n.",
)
BARE_CR = Rule(
    "bare-cr",
    "RFC 9112 2.2",
    r"The {part} contains a \r without \n after it.",
    r"\r\n at the end of the line, and no \r before",
    r"End the line with \r\n, and send no \r before that.",
)
CONTROL_BYTE = Rule(
    "control-byte",
    "RFC 9110 5.5",
    "The {part} contains the control byte {byte}, which is not allowed.",
    "visible characters, spaces and tabs",
    "Send only visible characters, spaces and tabs in the head of the answer.",
)

# What is there in place of a status line.
NOT_HTTP = Rule(
    "not-http",
    "RFC 9112 4",
    "The answer begins with {opening}, not with a status line.",
    _STATUS_LINE,
    r"Send HTTP/1.1 200 OK\r\n before anything else.",
)
PYTHON_REPR = Rule(
    "python-repr",
    "RFC 9112 4",
    "The answer begins with {opening}: this is how Python prints bytes, not the bytes themselves.",
    _STATUS_LINE,
    "Send the bytes themselves: use text.encode(), not str() or an f-string.",
)
BYTE_ORDER_MARK = Rule(
    "byte-order-mark",
    "RFC 9112 4",
    "The answer begins with a UTF-8 byte order mark, not with HTTP/1.1.",
    _STATUS_LINE,
    "Encode as utf-8, not as utf-8-sig.",
)
LEADING_BLANK_LINE = Rule(
    "leading-blank-line",
    "RFC 9112 4",
    "The answer begins with an empty line, not with the status line.",
    _STATUS_LINE,
    "Remove the line break before HTTP/1.1 (text in triple quotes often begins with one).",
)
LEADING_BLANK = Rule(
    "leading-blank",
    "RFC 9112 4",
    "The answer begins with a space or tab, not with HTTP/1.1.",
    _STATUS_LINE,
    "Remove the spaces before HTTP/1.1 (text in triple quotes keeps its indentation).",
)
BARE_BODY = Rule(
    "bare-body",
    "RFC 9112 4",
    "The answer begins with {opening}, which looks like a body: the status line and headers"
    " are missing.",
    _STATUS_LINE,
    r"Send HTTP/1.1 200 OK\r\n, the headers and an empty line before the body.",
)
HEADER_FIRST = Rule(
    "header-first",
    "RFC 9112 4",
    "The answer begins with the header {opening}; the status line must come first.",
    _STATUS_LINE,
    r"Send HTTP/1.1 200 OK\r\n before the headers.",
)
LOWER_CASE_HTTP = Rule(
    "lower-case-http",
    "RFC 9112 4",
    "The answer begins with {opening}; HTTP must be in capitals.",
    _STATUS_LINE,
    "Write HTTP/1.1 in capitals.",
)
REQUEST_ECHOED = Rule(
    "request-echoed",
    "RFC 9112 4",
    "The answer begins with the request line {opening}, not with a status line.",
    _STATUS_LINE,
    "Send a status line, not the request line that came in.",
)

# The status line.
VERSION = Rule(
    "version",
    "RFC 9112 2.3",
    "The status line begins with {opening}; the version must be HTTP/1.1 or HTTP/1.0.",
    "HTTP/1.1",
    "Begin the status line with HTTP/1.1.",
)
SPACE_AFTER_VERSION = Rule(
    "space-after-version",
    "RFC 9112 4",
    "In the status line, {byte} follows the version instead of one space.",
    _STATUS_LINE,
    "Put one space between HTTP/1.1 and the status code.",
)
STATUS_CODE = Rule(
    "status-code",
    "RFC 9112 4",
    "The status line has {code} instead of a status code: three digits from 100 to 599.",
    "three digits, from 100 to 599",
    "Write the status code as three digits: HTTP/1.1 200 OK.",
)
STATUS_CODE_LENGTH = Rule(
    "status-code-length",
    "RFC 9112 4",
    "In the status line, {byte} follows three digits: a status code has exactly three.",
    "three digits, from 100 to 599",
    "Write the status code as three digits: HTTP/1.1 200 OK.",
)
SPACE_AFTER_STATUS = Rule(
    "space-after-status",
    "RFC 9112 4",
    "In the status line, {byte} follows the status code instead of a space.",
    _STATUS_LINE,
    "Put one space between the status code and the reason phrase: HTTP/1.1 200 OK.",
)

# Header lines.
NO_COLON = Rule(
    "no-colon",
    "RFC 9112 5",
    "The header line {line} has no colon. If it is the body, the empty line before it is missing.",
    _HEADER_LINE,
    r"End the headers with an empty line: send \r\n once more after the last header, then the"
    " body.",
)
SECOND_STATUS_LINE = Rule(
    "second-status-line",
    "RFC 9112 5",
    "A second status line stands among the headers: {line}.",
    _HEADER_LINE,
    "Send one status line for each answer, and an empty line after its headers.",
)
EMPTY_NAME = Rule(
    "empty-name",
    "RFC 9112 5",
    "The header line {line} has no name before its colon.",
    _HEADER_LINE,
    "Write the name of the header before the colon, or leave the line out.",
)
SPACE_BEFORE_COLON = Rule(
    "space-before-colon",
    "RFC 9112 5.1",
    "The header line {line} has a space before the colon, which is not allowed.",
    _HEADER_LINE,
    "Put the colon right after the name of the header.",
)
NAME_BYTE = Rule(
    "name-byte",
    "RFC 9110 5.1",
    "The header line {line} has {byte} in its name. If it is the body, the empty line before"
    " it is missing.",
    _HEADER_LINE,
    "Use letters, digits and hyphens in names, and send an empty line before the body.",
)
FOLDED = Rule(
    "folded",
    "RFC 9112 5.2",
    "The header line {line} begins with a space: it would continue the line before it, which"
    " is forbidden.",
    _HEADER_LINE,
    "Begin every header line with its name (text in triple quotes keeps its indentation).",
)
