"""Owns the rules for the body of an answer: how its end is told, its chunks and its compression."""

from grader.http1.wire.malformed import Rule

# Framing.
LENGTH_NOT_NUMBER = Rule(
    "length-not-number",
    "RFC 9110 8.6",
    "Content-Length is {value}; it must be the number of bytes of the body, in decimal digits"
    " only.",
    "decimal digits",
    "Send the length of the body in bytes as digits, as in Content-Length: 12.",
)
LENGTHS_CONFLICT = Rule(
    "lengths-conflict",
    "RFC 9112 6.3",
    "Content-Length is given as {first} and as {value}; it can have one value only.",
    "one Content-Length",
    "Send one Content-Length, the number of bytes of the body.",
)
LENGTH_AND_CHUNKED = Rule(
    "length-and-chunked",
    "RFC 9112 6.2",
    "The answer has both Transfer-Encoding and Content-Length, which say two things about where it"
    " ends.",
    "either Content-Length or Transfer-Encoding",
    "Leave Content-Length out of a chunked answer.",
)
CODING_UNKNOWN = Rule(
    "transfer-coding",
    "RFC 9112 7",
    "Transfer-Encoding is {value}; without being asked for more, a server may use chunked only.",
    "chunked",
    "Send Transfer-Encoding: chunked, or a Content-Length instead; gzip belongs into"
    " Content-Encoding.",
)
CODING_IN_HTTP10 = Rule(
    "transfer-coding-1.0",
    "RFC 9112 6.1",
    "The answer has Transfer-Encoding and says HTTP/1.0, which has no transfer codings.",
    "HTTP/1.1, or no Transfer-Encoding",
    "Say HTTP/1.1 in the status line, or send a Content-Length instead.",
)

# Chunks.
CHUNK_SIZE = Rule(
    "chunk-size",
    "RFC 9112 7.1",
    "A chunk begins with {line}; it must begin with a line that holds its size in hexadecimal"
    " digits.",
    r"hexadecimal digits and \r\n, as in 1a\r\n",
    r"Before each chunk send its size in bytes in hexadecimal, without 0x, and \r\n.",
)
CHUNK_LINE = Rule(
    "chunk-line",
    "RFC 9112 7.1.1",
    "A chunk begins with {line}: after the size only ; and a name may follow, without blanks.",
    r"hexadecimal digits and \r\n, as in 1a\r\n",
    r"Send \r\n right after the size. Node refuses such an answer.",
)
TRAILER_FRAMES = Rule(
    "trailer-frames",
    "RFC 9110 6.5.1",
    "{name} comes after the last chunk, where it can no longer say where the answer ends.",
    "an empty line after the last chunk",
    "Send Content-Length or chunks, not both; an answer in chunks needs no length.",
)
CHUNK_TOO_LONG = Rule(
    "chunk-too-long",
    "RFC 9112 7.1",
    "After a chunk of {size} came {rest}; \\r\\n must follow.",
    r"\r\n after the bytes of the chunk",
    r"Let the size count the bytes between its line and the closing \r\n, neither more nor fewer.",
)
CHUNK_SIZE_DECIMAL = Rule(
    "chunk-size-decimal",
    "RFC 9112 7.1",
    "The chunk said {line}, which is hexadecimal for {size} bytes, but its \\r\\n comes where it"
    " would if the size were decimal.",
    r"\r\n after the bytes of the chunk",
    "Write the size of a chunk in hexadecimal: 12 bytes are c.",
)

# Content codings.
NOT_GZIP = Rule(
    "not-gzip",
    "RFC 9110 8.4.1.3",
    "Content-Encoding says gzip, but the body is not gzip: it begins with {opening}{remark}.",
    r"\x1f\x8b at the beginning of the body",
    "Send what gzip.compress(body) or its like returns, as it is, or leave Content-Encoding out.",
)
NOT_DEFLATE = Rule(
    "not-deflate",
    "RFC 9110 8.4.1.2",
    "Content-Encoding says deflate, but the body cannot be inflated: it begins with {opening}.",
    "a zlib stream",
    "Send what zlib.compress(body) or its like returns, as it is, or leave Content-Encoding out.",
)
CODING_CORRUPT = Rule(
    "coding-corrupt",
    "RFC 9110 8.4.1",
    "The {coding} body cannot be decompressed: {reason}.",
    "an unbroken {coding} stream",
    "Send the compressed bytes unchanged, all of them, and nothing between them.",
)
CODING_CUT = Rule(
    "coding-cut",
    "RFC 9110 8.4.1",
    "The {coding} body ends in the middle of the compressed data, after {size} bytes.",
    "a whole {coding} stream",
    "Close the compressor before you send, and send all bytes: Content-Length is their number.",
)
CODING_GARBAGE = Rule(
    "coding-garbage",
    "RFC 9110 8.4.1",
    "After the end of the {coding} data the body goes on with {rest}.",
    "nothing after the {coding} stream",
    "Send the compressed bytes and nothing after them.",
)
UNKNOWN_CONTENT_CODING = Rule(
    "content-coding",
    "RFC 9110 8.4",
    "Content-Encoding is {value}, which the client did not ask for and cannot decode.",
    "gzip, deflate, or no Content-Encoding",
    "Use a coding that the Accept-Encoding of the request names, or none.",
)
TOO_MANY_CODINGS = Rule(
    "too-many-codings",
    "RFC 9110 8.4",
    "Content-Encoding names more than {limit} codings; clients such as curl decode no more.",
    "one content coding, or none",
    "Compress the body once.",
)
