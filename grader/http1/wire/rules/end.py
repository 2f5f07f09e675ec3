"""Owns the rules for the end of an answer: bytes after it, bytes missing, and no end at all."""

from grader.http1.wire.malformed import Rule

_STATUS_LINE = r"HTTP/1.1 200 OK\r\n"
_LIMIT = "the grader's own limit"

# Bytes after the end of the message; one section for all, as the reason may show only when more
# bytes come.
EXTRA_BLANK = Rule(
    "extra-line-end",
    "RFC 9112 6.3",
    "Extra bytes came after the end of the answer: {rest}.",
    "nothing after the last byte of the body",
    r"Send no \r\n after the body, and exactly one empty line after the headers.",
)
SECOND_BLANK_LINE = Rule(
    "second-blank-line",
    "RFC 9112 6.3",
    "Two empty lines follow the headers: the second one counts as body, so {rest} comes after"
    " the end.",
    "one empty line after the headers",
    "Send exactly one empty line between the headers and the body.",
)
LENGTH_IN_CHARACTERS = Rule(
    "length-in-characters",
    "RFC 9112 6.3",
    "Content-Length is {declared}, the number of characters, but the body has {size} bytes.",
    "the number of bytes of the body",
    "Encode the body first, then count its bytes (in Python: len(body.encode())).",
)
LENGTH_TOO_SMALL = Rule(
    "length-too-small",
    "RFC 9112 6.3",
    "Content-Length is {declared}, but the body is {extra} longer: {rest}.",
    "nothing after the last byte of the body",
    (
        "Set Content-Length to the number of bytes of the body, and send nothing after them.",
        "Look at the line that writes Content-Length: is a number in it, or is the body counted?",
        "Others wrote a number that fits one body only, counted characters, or added a line end"
        " after they had counted.",
    ),
)
BODY_NOT_ALLOWED = Rule(
    "body-not-allowed",
    "RFC 9112 6.3",
    "{why} must not have a body, but {rest} came.",
    "nothing after the empty line",
    "Send the head only.",
)
AFTER_LAST_CHUNK = Rule(
    "after-last-chunk",
    "RFC 9112 6.3",
    "After the last chunk, the answer goes on with {rest}.",
    "nothing after the last chunk",
    r"Send nothing after the 0\r\n\r\n that ends the body.",
)
UNASKED_ANSWER = Rule(
    "unasked-answer",
    "RFC 9112 9.3.2",
    "An extra answer came that belongs to no request.",
    "one answer for each request",
    "Send one answer for each request.",
)

# What is missing.
NOTHING = Rule(
    "nothing",
    "RFC 9112 2.1",
    "No byte of an answer came{until}.",
    _STATUS_LINE,
    "Send an answer to every request before you close the connection.",
)
HEAD_CUT = Rule(
    "head-cut",
    "RFC 9112 2.1",
    r"The {part} {line} has no \r\n at its end, and nothing more came{until}.",
    r"\r\n at the end of the line, and an empty line after the headers",
    r"End every line with \r\n and the headers with an empty line.",
)
BLANK_LINE_MISSING = Rule(
    "blank-line-missing",
    "RFC 9112 2.1",
    "The empty line after the headers is missing: nothing came after {line}{until}.",
    r"\r\n\r\n after the last header",
    r"Send \r\n once more after the last header line, even when there is no body.",
)
BODY_AMONG_HEADERS = Rule(
    "body-among-headers",
    "RFC 9112 2.1",
    "The empty line after the headers is missing: {line} came instead.",
    r"\r\n\r\n after the last header",
    r"Send \r\n once more after the last header line, and then the body.",
)
BODY_CUT = Rule(
    "body-cut",
    "RFC 9112 6.3",
    "Content-Length is {declared}, but only {came} of the body came{until}.",
    "a body of as many bytes as Content-Length says",
    (
        "Set Content-Length to the number of bytes of the body, and send them all (in Python:"
        " sendall, not send).",
        "Look at the line that writes Content-Length: is a number in it, or is the body counted?",
        "Others wrote a number that fits one body only, counted the whole path or a line end, or"
        " sent the body with one send() that took a part of it.",
    ),
)
LENGTH_UNCOMPRESSED = Rule(
    "length-uncompressed",
    "RFC 9110 8.6",
    "Content-Length is {declared}, the length before compression, but only {came} came{until}.",
    "a body of as many bytes as Content-Length says",
    "Compress the body first, then measure it.",
)
NO_END = Rule(
    "no-end",
    "RFC 9112 6.3",
    "The client cannot know where this answer ends: add Content-Length or use chunked encoding.",
    "Content-Length, chunks, or the end of the connection",
    "Send a Content-Length, also Content-Length: 0 when there is no body.",
)
HEADERS_JOINED = Rule(
    "headers-joined",
    "RFC 9112 2.1",
    "The answer has no length, because two lines ran together: {joined}.",
    r"\r\n after the status line and after each header",
    r"Send \r\n after the status line and after each header.",
)
LAST_CHUNK_MISSING = Rule(
    "last-chunk-missing",
    "RFC 9112 7.1",
    "The last chunk (0\\r\\n\\r\\n) is missing: {came} in whole chunks came{until}.",
    r"0\r\n\r\n at the end of the body",
    r"End the body with a chunk of size zero: 0\r\n\r\n.",
)
CHUNK_CUT = Rule(
    "chunk-cut",
    "RFC 9112 7.1",
    "The size of a chunk is {declared}, but only {came} came{until}.",
    r"{declared} and \r\n",
    r"Set the size to the number of bytes of the chunk, then send all of them and \r\n.",
)
CHUNK_END_CUT = Rule(
    "chunk-end-missing",
    "RFC 9112 7.1",
    "The \\r\\n after a chunk of {declared} did not come{until}.",
    r"\r\n after the bytes of the chunk",
    r"Send \r\n after the bytes of each chunk, and 0\r\n\r\n at the end.",
)
TRAILER_CUT = Rule(
    "trailer-cut",
    "RFC 9112 7.1",
    "The empty line after the last chunk did not come{until}.",
    r"0\r\n\r\n at the end of the body",
    r"End the body with 0\r\n\r\n: the last chunk and an empty line.",
)

# The grader's patience.
HEAD_TOO_LONG = Rule(
    "head-too-long",
    _LIMIT,
    "The {part} has no end at byte {limit} of the answer, where the client stops reading.",
    "an end before byte {limit}",
    "Send an answer that ends: every line with \\r\\n, the headers with an empty line.",
)
TOO_MANY_HEADERS = Rule(
    "too-many-headers",
    _LIMIT,
    "The answer has more than {limit} header lines.",
    "at most {limit} header lines",
    "End the headers with an empty line.",
)
BODY_TOO_LONG = Rule(
    "body-too-long",
    _LIMIT,
    "The body is longer than {limit} bytes; no request here asks for so many.",
    "at most {limit} bytes of body",
    "Send the body once, and then end the answer.",
)
LENGTH_TOO_LARGE = Rule(
    "length-too-large",
    _LIMIT,
    "The answer announces a body of {declared} bytes; no request here asks for so many.",
    "the number of bytes of the body",
    "Set Content-Length to the number of bytes of the body.",
)
DECODED_TOO_LONG = Rule(
    "decoded-too-long",
    _LIMIT,
    "The {coding} body decompresses to more than {limit} bytes.",
    "at most {limit} bytes after decompression",
    "Compress what was asked for and nothing else.",
)
TOO_MANY_STREAMS = Rule(
    "too-many-streams",
    _LIMIT,
    "The {coding} body has more than {limit} compressed streams, one after the other.",
    "one {coding} stream",
    "Compress the whole body at once, not byte by byte.",
)
TOO_MANY_INTERIM = Rule(
    "too-many-interim",
    _LIMIT,
    "More than {limit} interim answers (1xx) came before the final one.",
    "a final answer",
    "Send the final answer.",
)
