"""What a wrong body is: each kind by an example, and by whatever hypothesis makes of it."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.http1.recognise import Wrong, recognised

REQUEST = (
    b"GET /echo/Fig-Tree/x+y HTTP/1.1\r\nHost: localhost:4221\r\nAccept: text/rare\r\n"
    b"User-Agent: Curl of 9\r\n\r\n"
)
TEXT = b"Fig-Tree/x+y"
LONG = bytes(range(1, 256)) * 8
UPLOAD = b"POST /files/a HTTP/1.1\r\nHost: localhost:4221\r\nContent-Length: 2040\r\n\r\n" + LONG
HEAD = len(UPLOAD) - len(LONG)

TOLD = [
    (b"", "The body is empty: 12 bytes should be in it."),
    (TEXT.lower(), "The body is the text in lower case."),
    (b"Fig", "The body holds only the first 3 bytes of 12."),
    (b"ig-Tree/x+y", "The first byte of the body is missing."),
    (b"Tree/x+y", "The first 4 bytes of 12 are missing."),
    (b"x+y", "The body is only what follows the last slash."),
    (b"Fig-Tree", "The body ends before a slash of the text."),
    (b"/echo/" + TEXT, "The body is the whole path, not the part after the route."),
    (b"echo/" + TEXT, "The body is the whole path, not the part after the route."),
    (b"Fig-Tree/x y", "Each + of the text became a space."),
    (b"Fig-Tree%2Fx%2By", None),
    (TEXT * 2, "The body holds the text twice."),
    (TEXT + b"\n", "After the right text, the body holds a line end."),
    (TEXT + b" HTTP/1.1", "After the right text, the body goes on with the request's next 9"
     " bytes."),
    (TEXT + b"\0\0", "After the right text, the body holds 2 bytes of NUL: an unused part of a"
     " buffer."),
    (TEXT + b"\x7f\xfe\x01\x80\x90", "After the right text, the body holds 5 bytes that stand"
     " nowhere in the request: memory after the string."),
    (TEXT + b" and more", "After the right text, the body holds 9 bytes more."),
    (b"text: " + TEXT, "The body holds 'text: ' before the right text."),
    (b"<p>" + TEXT + b"</p>", "The body holds the right text, with more before and after it."),
    (b"text/rare", "The body is the value of Accept."),
    (b"Accept: text/rare", "The body is the whole line of Accept, not its value alone."),
    (REQUEST, "The body is the request itself."),
    (b"HTTP/1.1\r\nHost", "The body is a piece of the request's head, from byte 23 on."),
    (b"b'Fig-Tree/x+y'", "The body is b'...', which is how Python prints bytes."),
    (b'"Fig-Tree/x+y"', "The body is the text as JSON, in quotes."),
    (b"undefined", "The body is undefined, which is JavaScript's word for no value."),
    (b"c\r\n" + TEXT + b"\r\n0\r\n\r\n", "The sizes of the chunks are still in the body."),
    (gzip.compress(TEXT, mtime=0), "The body is compressed with gzip, and no"
     " Content-Encoding says so."),
    (b"earlier", "The body is that of an earlier answer, to GET /echo/earlier."),
    (b"other-text", "The body belongs to another connection, which asked for GET"
     " /echo/other-text."),
    (b"nothing of all that", None),
]  # fmt: skip


@pytest.mark.parametrize(("found", "sentence"), TOLD, ids=[str(case[0][:24]) for case in TOLD])
def test_what_came_in_place_of_a_text(found: bytes, sentence: str | None) -> None:
    before = ((b"GET /echo/earlier HTTP/1.1\r\nHost: a\r\n\r\n", b"earlier"),)
    others = (b"GET /echo/other-text HTTP/1.1\r\nHost: a\r\n\r\n",)
    what = recognised(Wrong(found, TEXT, REQUEST, before, others))
    assert (what and what.sentence) == sentence


STORED = [
    (LONG[: 1024 - HEAD], "one_read"),
    (LONG[:1024], "one_read"),
    (LONG[:700], "beginning"),
    (LONG[500:], "end"),
    (LONG[:500] + LONG[800:], "middle_lost"),
    (LONG[:800] + LONG[500:], "piece_twice"),
    (LONG[:800] + bytes(len(LONG) - 800), "zeros"),
    (LONG.decode("utf-8", "replace").encode(), "decoded"),
    (LONG.decode("utf-8", "ignore").encode(), "ignored"),
    (LONG.decode("latin-1").encode(), "latin"),
    (LONG.decode("ascii", "replace").encode("ascii", "replace"), "question_marks"),
    (LONG.replace(b"\n", b"\r\n"), "text_mode"),
    (b"\xef\xbb\xbf" + LONG, "mark_added"),
    (LONG.replace(b"\r", b"\n"), "universal"),
    (LONG, None),
    (UPLOAD, "request"),
    (b"-----x\r\n" + LONG, "more_before"),
    (b"former content", "former_content"),
    (b"former content" + LONG, "appended"),
    (b"content of b", "other_upload"),
]


@pytest.mark.parametrize(("found", "kind"), STORED, ids=[str(case[1]) for case in STORED])
def test_what_a_file_holds_in_place_of_what_was_sent(found: bytes, kind: str | None) -> None:
    before = (
        (b"POST /files/a HTTP/1.1\r\nHost: a\r\n\r\nformer content", b""),
        (b"POST /files/b HTTP/1.1\r\nHost: a\r\n\r\ncontent of b", b""),
    )
    what = recognised(Wrong(found, LONG, UPLOAD, before))
    assert (what and what.kind) == kind


FORMER = [
    ("body", "The body is the former content, which an earlier POST /files/a brought."),
    (
        "file",
        "The file still holds its former content: your server answered 201, but did not write the"
        " new one.",
    ),
]


@pytest.mark.parametrize(("subject", "sentence"), FORMER, ids=[case[0] for case in FORMER])
def test_former_content_is_told_before_the_answer_that_had_it(subject: str, sentence: str) -> None:
    before = (
        (b"POST /files/a HTTP/1.1\r\nHost: a\r\n\r\nformer content", b""),
        (b"GET /files/a HTTP/1.1\r\nHost: a\r\n\r\n", b"former content"),
    )
    what = recognised(Wrong(b"former content", b"new", UPLOAD, before, subject=subject))
    assert what is not None
    assert what.sentence == sentence


def chunked(*chunks: bytes, length: bytes = b"") -> bytes:
    body = b"".join(b"%x\r\n%b\r\n" % (len(chunk), chunk) for chunk in chunks) + b"0\r\n\r\n"
    return b"POST /files/a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n%b\r\n%b" % (length, body)


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (b"fig", "The body holds only the first of 3 chunks."),
        (b"figplum", "The body holds only the first 2 of 3 chunks."),
        (b"figpl", "The body holds only the first 5 bytes of 11."),
        (b"plum", None),
    ],
)
def test_the_first_chunks_alone(found: bytes, sentence: str | None) -> None:
    framed = chunked(b"fig", b"plum", b"pear")
    what = recognised(Wrong(found, b"figplumpear", framed=framed))
    assert (what and what.sentence) == sentence


def test_a_frame_that_is_as_long_as_content_length_may_be_known() -> None:
    framed = chunked(b"fig", length=b"Content-Length: 13\r\n")
    found = framed.partition(b"\r\n\r\n")[2]
    what = recognised(Wrong(found, b"fig", subject="file", framed=framed))
    assert what is not None
    assert what.hint is None
    assert what.sentence == (
        "The sizes of the chunks are still in the file: it holds the 13 bytes that Content-Length"
        " announces."
    )


def test_a_header_in_the_place_of_another_one() -> None:
    first = b"GET /user-agent HTTP/1.1\r\nHost: a\r\nUser-Agent: first\r\n\r\n"
    second = b"GET /user-agent HTTP/1.1\r\nHost: a\r\nAccept: rare\r\nUser-Agent: second\r\n\r\n"
    what = recognised(Wrong(b"rare", b"second", second, ((first, b"first"),)))
    assert what is not None
    assert what.sentence == (
        "The body is the value of Accept, which stands where User-Agent stood in an earlier"
        " request."
    )


def test_a_byte_order_mark_and_a_word() -> None:
    upload = b"POST /files/a HTTP/1.1\r\n\r\n"
    for wanted, found, kind in (
        (b"\xef\xbb\xbftext", b"text", "mark"),
        (b"one two", b"one", "first_word"),
        ("größer".encode(), "größe".encode()[:6], "counted_characters"),
    ):
        what = recognised(Wrong(found, wanted, upload + wanted))
        assert what is not None
        assert what.kind == kind


def test_a_string_of_c_ends_at_a_nul_byte() -> None:
    what = recognised(Wrong(b"abc", b"abc\0def", b"POST /files/a HTTP/1.1\r\n\r\nabc\0def"))
    assert what is not None
    assert what.kind == "ends_at_nul"


def test_a_text_function_drops_nul_bytes() -> None:
    what = recognised(Wrong(b"abcdef", b"abc\0def\0", b"POST / HTTP/1.1\r\n\r\nabc\0def\0"))
    assert what is not None
    assert what.sentence == "The NUL bytes of the body are missing."


TRUE = {
    "empty": lambda found, wanted: not found,
    "short_length": lambda found, wanted: wanted.startswith(found),
    "not_empty": lambda found, wanted: not wanted,
    "beginning": lambda found, wanted: wanted.startswith(found),
    "one_read": lambda found, wanted: wanted.startswith(found),
    "appended": lambda found, wanted: found.endswith(wanted),
    "first_word": lambda found, wanted: (
        wanted.startswith(found) and wanted[len(found) :][:1].isspace()
    ),
    "counted_characters": lambda found, wanted: wanted.startswith(found),
    "ends_at_nul": lambda found, wanted: wanted.startswith(found + b"\0"),
    "one_line": lambda found, wanted: wanted.startswith(found.rstrip(b"\r\n")),
    "end": lambda found, wanted: wanted.endswith(found),
    "first_byte_lost": lambda found, wanted: wanted[1:] == found,
    "twice": lambda found, wanted: len(found) > len(wanted) and not found.replace(wanted, b""),
    "zeros": lambda found, wanted: wanted.startswith(found.rstrip(b"\0")),
    "more_before": lambda found, wanted: found.endswith(wanted),
    "wrapped": lambda found, wanted: wanted in found,
    "no_nul": lambda found, wanted: found == wanted.replace(b"\0", b""),
    "mark_added": lambda found, wanted: found == b"\xef\xbb\xbf" + wanted,
    "middle_lost": lambda found, wanted: len(found) < len(wanted),
    "piece_twice": lambda found, wanted: len(found) > len(wanted),
}
BEHIND = ("line_end", "blanks", "nul_padding", "request_goes_on", "memory", "more_behind")
TRUE |= dict.fromkeys(BEHIND, lambda found, wanted: found.startswith(wanted))


@given(st.binary(max_size=40), st.binary(max_size=40), st.data())
def test_what_is_said_is_true(wanted: bytes, more: bytes, data: st.DataObject) -> None:
    """Of pieces of the right text, put together at random, only what holds is said."""
    cuts = [data.draw(st.integers(0, len(wanted))) for _ in range(4)]
    pieces = [wanted[: cuts[0]], wanted[cuts[1] :], wanted[cuts[2] : cuts[3]], more, wanted]
    found = b"".join(data.draw(st.lists(st.sampled_from(pieces), max_size=3)))
    request = b"POST /files/a HTTP/1.1\r\nHost: a\r\n\r\n" + wanted
    what = recognised(Wrong(found, wanted, request))
    if found == wanted or what is None or what.kind not in TRUE:
        return
    assert TRUE[what.kind](found, wanted), what


@given(st.binary(min_size=1, max_size=3000), st.integers(0, 3000))
def test_a_beginning_is_always_found(wanted: bytes, cut: int) -> None:
    found = wanted[: min(cut, len(wanted) - 1)]
    what = recognised(Wrong(found, wanted, b"POST /files/a HTTP/1.1\r\nHost: a\r\n\r\n" + wanted))
    assert what is not None
    assert what.sentence


@pytest.mark.parametrize(
    ("request_", "hint"),
    [
        (b"POST /files/a HTTP/1.1\r\nContent-Length: 9999\r\n\r\n" + LONG, "Content-Length"),
        (b"GET /files/a HTTP/1.1\r\nHost: a\r\n\r\n", None),
    ],
)
def test_the_hint_of_one_read_fits_what_was_sent(request_: bytes, hint: str | None) -> None:
    what = recognised(Wrong(LONG[:1024], LONG, request_))
    assert what is not None
    assert what.kind == "one_read"
    assert (hint or "") in (what.hint or "")
    assert (what.hint is None) == (hint is None)


AGENT = b"GET /user-agent HTTP/1.1\r\nUser-Agent: "


@pytest.mark.parametrize(
    ("size", "kind", "hint"),
    [
        (1024 - len(AGENT), "one_read", "empty line"),
        (1024, "one_buffer", "slice of 1,024"),
        (64, "one_buffer", "slice of 64"),
        (63, "one_buffer", "slice of 64"),
        (61, "beginning", ""),
    ],
)
def test_a_value_that_is_cut_tells_a_read_from_a_buffer(size: int, kind: str, hint: str) -> None:
    what = recognised(Wrong(LONG[:size], LONG, AGENT + LONG + b"\r\n\r\n"))
    assert what is not None
    assert what.kind == kind
    assert hint in (what.hint or "")


@pytest.mark.parametrize(
    ("target", "found", "wanted", "kind"),
    [
        (b"fig%2541tree", b"figAtree", b"fig%41tree", "decoded_twice"),
        (b"fig%41tree", b"figAtree", b"fig%41tree", "unquoted"),
        (b"fig%23tree", b"fig", b"fig#tree", "cut_after_decoding"),
        (b"fig%3Ftree", b"fig", b"fig?tree", "cut_after_decoding"),
        (b"fig%20tree", b"fig", b"fig tree", "first_word"),
        (b"fig?a=1", b"fig?a=1", b"fig", "query"),
        (b"fig%C3%A9", "fig\xc3\xa9".encode(), b"fig\xc3\xa9", "latin"),
        (b"%20fig%20", b"fig", b" fig ", "trimmed"),
    ],
)
def test_what_became_of_a_text_of_the_path(
    target: bytes, found: bytes, wanted: bytes, kind: str
) -> None:
    what = recognised(Wrong(found, wanted, b"GET /echo/" + target + b" HTTP/1.1\r\n\r\n"))
    assert what is not None
    assert what.kind == kind
    assert "bodies" not in str(what.hint)


def test_one_byte_is_an_earlier_answer_where_it_was_asked_for() -> None:
    before = ((b"GET /echo/F HTTP/1.1\r\n\r\n", b"F"), (b"GET / HTTP/1.1\r\n\r\n", b"Q"))
    request = b"GET /echo/cherryF HTTP/1.1\r\n\r\n"
    what = recognised(Wrong(b"F", b"cherryF", request, before))
    assert what is not None
    assert what.kind == "earlier_answer"
    assert recognised(Wrong(b"Q", b"cherryF", request, before)) is None


def test_a_name_that_contains_the_right_one_leaves_the_hint_to_the_check() -> None:
    head = b"GET / HTTP/1.1\r\nX-Original-User-Agent: evil\r\nUser-Agent: fig\r\n\r\n"
    what = recognised(Wrong(b"evil", b"fig", head))
    assert what is not None
    assert what.sentence.endswith("the value of X-Original-User-Agent.")
    assert what.hint is None


MANY = bytes(range(256)) * 16_384  # 4 MiB


@pytest.mark.parametrize(
    ("found", "kind"),
    [
        (MANY.decode("utf-8", "replace").encode(), "decoded"),
        (MANY.decode("latin-1").encode(), "latin"),
        (MANY.translate(None, bytes(range(128, 256))), "ignored"),
        (MANY.replace(b"\r\n", b"\n").replace(b"\r", b"\n"), "universal"),
        (gzip.compress(MANY, 1), "compressed"),
        (MANY * 2, "twice"),
        (MANY[: 1 << 20], "one_read"),
        (MANY[: 1 << 20] + bytes(3 << 20), "zeros"),
        (MANY[: 2 << 20] + MANY[(2 << 20) + 100 :], "middle_lost"),
        (MANY + b"\0" * 999, "nul_padding"),
        (MANY[: 3 << 20] + b"x" + MANY[(3 << 20) + 1 :], None),
    ],
)
def test_megabytes_are_recognised_too(found: bytes, kind: str | None) -> None:
    what = recognised(Wrong(found, MANY))
    assert (what and what.kind) == kind


def test_what_was_decoded_and_changed_in_another_way_too() -> None:
    wanted = b"fig\r\n\xef\x80 \xff\r\n"
    found = wanted.replace(b" ", b"").decode("utf-8", "replace").encode()
    what = recognised(Wrong(found, wanted))
    assert what is not None
    assert what.sentence.startswith("From byte 5 on, what is not UTF-8 in the body became EF BF BD")
    assert recognised(Wrong(found[:-1] + b"x", found)) is None


def test_lines_without_their_line_feeds() -> None:
    wanted = b"fig\r\nplum\rpear\n\n"
    what = recognised(Wrong(b"figplum\rpear", wanted, subject="file"))
    assert what is not None
    assert what.sentence == "The lines of the file came without their line ends."


def test_a_text_of_many_chunks_of_one_byte_is_bounded() -> None:
    assert recognised(Wrong(b"1\r\nx\r\n" * 200_000 + b"0\r\n\r\n", b"x" * 200_000)) is None
