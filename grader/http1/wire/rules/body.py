"""Owns the rules for the body of an answer: where it ends, its chunks and its compression."""

from grader.http1.wire.malformed import Rule

# Framing.
LENGTH_NOT_NUMBER = Rule(
    "length-not-number",
    "RFC 9110 8.6",
    "Content-Length is {value}, not a number in decimal digits.",
    "decimal digits",
    "Send the length of the body in bytes as digits, as in Content-Length: 12.",
)
LENGTHS_CONFLICT = Rule(
    "lengths-conflict",
    "RFC 9112 6.3",
    "Content-Length has two values: {first} and {value}.",
    "one Content-Length",
    "Send one Content-Length, the number of bytes of the body.",
)
LENGTH_AND_CHUNKED = Rule(
    "length-and-chunked",
    "RFC 9112 6.2",
    "The answer has both Transfer-Encoding and Content-Length.",
    "either Content-Length or Transfer-Encoding",
    "Leave Content-Length out of a chunked answer.",
)
CODING_UNKNOWN = Rule(
    "transfer-coding",
    "RFC 9112 7",
    "Transfer-Encoding is {value}, but the client accepts only chunked.",
    "chunked",
    "Send Transfer-Encoding: chunked, or a Content-Length instead; gzip belongs in"
    " Content-Encoding.",
)
CODING_IN_HTTP10 = Rule(
    "transfer-coding-1.0",
    "RFC 9112 6.1",
    "The answer has Transfer-Encoding, but its version is HTTP/1.0, which has no chunks.",
    "HTTP/1.1, or no Transfer-Encoding",
    "Send HTTP/1.1 in the status line, or Content-Length instead.",
)

# Chunks.
CHUNK_SIZE = Rule(
    "chunk-size",
    "RFC 9112 7.1",
    "A chunk begins with {line}, not with its size in hexadecimal digits.",
    r"hexadecimal digits and \r\n, as in 1a\r\n",
    r"Before each chunk send its size in bytes in hexadecimal, without 0x, and \r\n.",
)
CHUNK_LINE = Rule(
    "chunk-line",
    "RFC 9112 7.1.1",
    "A chunk begins with {line}: only ; may follow the size, without spaces.",
    r"hexadecimal digits and \r\n, as in 1a\r\n",
    r"Send \r\n right after the size: Node rejects this answer.",
)
TRAILER_FRAMES = Rule(
    "trailer-frames",
    "RFC 9110 6.5.1",
    "{name} comes after the last chunk, but it belongs in the head.",
    "an empty line after the last chunk",
    "Send either Content-Length or chunks, not both.",
)
CHUNK_TOO_LONG = Rule(
    "chunk-too-long",
    "RFC 9112 7.1",
    "After a chunk of {size}, {rest} came instead of \\r\\n.",
    r"\r\n after the bytes of the chunk",
    r"Set the size to the number of bytes between its line and the closing \r\n.",
)
CHUNK_SIZE_DECIMAL = Rule(
    "chunk-size-decimal",
    "RFC 9112 7.1",
    "The chunk size {line} looks decimal: in hexadecimal, it means {size} bytes.",
    r"\r\n after the bytes of the chunk",
    "Write the size of a chunk in hexadecimal: 12 bytes are c.",
)

# Content codings.
NOT_GZIP = Rule(
    "not-gzip",
    "RFC 9110 8.4.1.3",
    "{what}: it begins with {opening}{remark}.",
    r"\x1f\x8b at the beginning of the body",
    "Send the output of gzip.compress(body) unchanged, or leave Content-Encoding out.",
)
NOT_DEFLATE = Rule(
    "not-deflate",
    "RFC 9110 8.4.1.2",
    "Content-Encoding is deflate, but the body is not: it begins with {opening}.",
    "a zlib stream",
    "Send the output of zlib.compress(body) unchanged, or leave Content-Encoding out.",
)
CODING_CORRUPT = Rule(
    "coding-corrupt",
    "RFC 9110 8.4.1",
    "The {coding} body cannot be decompressed: {reason}.",
    "an unbroken {coding} stream",
    "Send all the compressed bytes unchanged, and nothing between them.",
)
CODING_CUT = Rule(
    "coding-cut",
    "RFC 9110 8.4.1",
    "The {coding} body ends in the middle of the compressed data, after {size} bytes.",
    "a whole {coding} stream",
    "Send all the compressed bytes: Content-Length is their number, not that of the text.",
)
CODING_GARBAGE = Rule(
    "coding-garbage",
    "RFC 9110 8.4.1",
    "After the end of the {coding} data, the body goes on with {rest}.",
    "nothing after the {coding} stream",
    "Send the compressed bytes and nothing after them.",
)
UNKNOWN_CONTENT_CODING = Rule(
    "content-coding",
    "RFC 9110 8.4",
    "Content-Encoding is {value}, which the client did not ask for.",
    "gzip, deflate, or no Content-Encoding",
    "Use a coding from the request's Accept-Encoding, or none.",
)
TOO_MANY_CODINGS = Rule(
    "too-many-codings",
    "RFC 9110 8.4",
    "Content-Encoding names more than {limit} codings; clients such as curl decode no more.",
    "one content coding, or none",
    "Compress the body once.",
)
