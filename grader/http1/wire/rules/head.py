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
    r"The {part} holds a backslash and a letter in place of the byte they stand for.",
    r"the two bytes 0d 0a at the end of the line",
    r"Write \r\n where your language makes two bytes of it: in no raw string, and with single"
    r" backslashes.",
)
DOUBLE_CR = Rule(
    "double-cr",
    "RFC 9112 2.2",
    r"The {part} holds two \r in a row; a line ends with exactly one \r\n.",
    r"\r\n at the end of the line",
    r"Send bytes: a stream in text mode turns the \n of your \r\n into another \r\n.",
)
BARE_CR = Rule(
    "bare-cr",
    "RFC 9112 2.2",
    r"The {part} holds a \r that no \n follows; the two come only together, at the end of a line.",
    r"\r\n at the end of the line, and no \r before",
    r"End the line with \r\n, and leave \r out of what the line says.",
)
CONTROL_BYTE = Rule(
    "control-byte",
    "RFC 9110 5.5",
    "The {part} holds the control byte {byte}; only visible characters, blanks and tabs may stand"
    " there.",
    "visible characters, blanks and tabs",
    "Leave control bytes out of the head of the answer.",
)

# What is there in place of a status line.
NOT_HTTP = Rule(
    "not-http",
    "RFC 9112 4",
    "The answer begins with {opening}; it must begin with a status line.",
    _STATUS_LINE,
    r"Send HTTP/1.1 200 OK\r\n before anything else.",
)
PYTHON_REPR = Rule(
    "python-repr",
    "RFC 9112 4",
    "The answer begins with {opening}: this is how Python prints bytes, not the bytes themselves.",
    _STATUS_LINE,
    "Send the bytes as they are; to make bytes of a text use text.encode(), not str() or an"
    " f-string.",
)
BYTE_ORDER_MARK = Rule(
    "byte-order-mark",
    "RFC 9112 4",
    "The answer begins with a UTF-8 byte order mark; it must begin with H of HTTP/1.1.",
    _STATUS_LINE,
    "Encode as utf-8, not as utf-8-sig, and leave the mark out.",
)
LEADING_BLANK_LINE = Rule(
    "leading-blank-line",
    "RFC 9112 4",
    "The answer begins with an empty line; it must begin with the status line.",
    _STATUS_LINE,
    "Take the line break before HTTP/1.1 away (text in triple quotes often begins with one).",
)
LEADING_BLANK = Rule(
    "leading-blank",
    "RFC 9112 4",
    "The answer begins with a blank; it must begin with H of HTTP/1.1.",
    _STATUS_LINE,
    "Take the blanks before HTTP/1.1 away (text in triple quotes keeps its indentation).",
)
BARE_BODY = Rule(
    "bare-body",
    "RFC 9112 4",
    "The answer begins with {opening}, which looks like a body; the status line and the headers"
    " come first.",
    _STATUS_LINE,
    r"Send HTTP/1.1 200 OK\r\n, the headers and an empty line before the body.",
)
HEADER_FIRST = Rule(
    "header-first",
    "RFC 9112 4",
    "The answer begins with the header {opening}; the status line comes first.",
    _STATUS_LINE,
    r"Send HTTP/1.1 200 OK\r\n before the headers.",
)
LOWER_CASE_HTTP = Rule(
    "lower-case-http",
    "RFC 9112 4",
    "The answer begins with {opening}; HTTP in the status line is written in capitals.",
    _STATUS_LINE,
    "Write HTTP/1.1 in capitals.",
)
REQUEST_ECHOED = Rule(
    "request-echoed",
    "RFC 9112 4",
    "The answer begins with the request line {opening}; an answer begins with a status line.",
    _STATUS_LINE,
    "Send an answer of your own, not the request that came in.",
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
    "In the status line {byte} follows the version; exactly one space must.",
    _STATUS_LINE,
    "Put one space between HTTP/1.1 and the status code.",
)
STATUS_CODE = Rule(
    "status-code",
    "RFC 9112 4",
    "The status line has {code} where the status code belongs: one space, three digits from 100 to"
    " 599.",
    "three digits, from 100 to 599",
    "Write the status code as three digits: HTTP/1.1 200 OK.",
)
STATUS_CODE_LENGTH = Rule(
    "status-code-length",
    "RFC 9112 4",
    "The status code goes on after three digits with {byte}; it has exactly three.",
    "three digits, from 100 to 599",
    "Write the status code as three digits: HTTP/1.1 200 OK.",
)
SPACE_AFTER_STATUS = Rule(
    "space-after-status",
    "RFC 9112 4",
    "The status code runs into {byte}; a space must stand between the code and the reason phrase.",
    _STATUS_LINE,
    "Put one space between the status code and the reason phrase: HTTP/1.1 200 OK.",
)

# Header lines.
NO_COLON = Rule(
    "no-colon",
    "RFC 9112 5",
    "The line {line} stands among the headers and has no colon; if it is the body, the empty line"
    " before it is missing.",
    _HEADER_LINE,
    r"End the headers with an empty line: \r\n after the last header and \r\n once more, then the"
    r" body.",
)
SECOND_STATUS_LINE = Rule(
    "second-status-line",
    "RFC 9112 5",
    "The line {line} is a second status line, among the headers of the first.",
    _HEADER_LINE,
    "Send one status line for each answer, and an empty line after its headers.",
)
EMPTY_NAME = Rule(
    "empty-name",
    "RFC 9112 5",
    "The header line {line} has nothing before its colon; the name of the header belongs there.",
    _HEADER_LINE,
    "Write the name of the header before the colon, or leave the line out.",
)
SPACE_BEFORE_COLON = Rule(
    "space-before-colon",
    "RFC 9112 5.1",
    "The header line {line} has a blank between the name and the colon; none is allowed.",
    _HEADER_LINE,
    "Put the colon right after the name of the header.",
)
NAME_BYTE = Rule(
    "name-byte",
    "RFC 9110 5.1",
    "The line {line} stands among the headers, and {byte} cannot be in the name of a header; if it"
    " is the body, the empty line before it is missing.",
    _HEADER_LINE,
    "Make names of letters, digits and hyphens, and end the headers with an empty line before the"
    " body.",
)
FOLDED = Rule(
    "folded",
    "RFC 9112 5.2",
    "The header line {line} begins with a blank, which would continue the line before it; this is"
    " forbidden.",
    _HEADER_LINE,
    "Begin every header line with its name (text in triple quotes keeps its indentation).",
)
