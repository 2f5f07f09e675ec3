"""Judges *document*: an HTML page that a browser shows right, however its charset is declared.

A page is compared as a browser sees it: its bytes are decoded by the charset that is declared, and
its text is what remains without tags, comments, scripts and styles (HTML Standard 13.2.3.2).
"""

import re
from html.parser import HTMLParser

from grader.author import Failure, Kind, Response, expect

WORD = "Grüße"
MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16le", b"\xfe\xff": "utf-16be"}
LATIN_1 = ("ascii", "us-ascii", "latin1", "latin-1", "iso-8859-1", "iso8859-1")
AS_BROWSERS_DO = {**dict.fromkeys(LATIN_1, "cp1252"), "utf-16": "utf-16le"}
"""Encoding Standard 4.2: what these names mean to a browser."""
UTF_16 = ("utf-16", "utf-16le", "utf-16be")
KNOWN = re.compile(
    r"utf-?8|utf-16(le|be)|cp1252|(iso-?8859|windows)-\d+|koi8-[ru]|gbk|gb2312|gb18030|big5"
    r"|euc-(jp|kr)|shift_jis"
)
NEAR = re.compile(r"\bgr\S{0,9}e\b", re.IGNORECASE)
CHARSET = re.compile(r"charset\s*=\s*[\"']?([^\s;\"'>]+)", re.IGNORECASE)
LENGTH = (
    "Encode the document first, then count: Content-Length is its length in bytes.",
    "Look where you write Content-Length: it has to be the length of what you send as the body.",
    "Others counted the characters of the text. In UTF-8, ü and ß are two bytes each.",
)
DECLARE = (
    "Declare the charset in which you encode: Content-Type: text/html; charset=utf-8.",
    "Look where you turn text into bytes, and where you write Content-Type: both have to name the"
    " same charset.",
    "Others declared no charset, declared UTF-8 and encoded as latin-1, or encoded as UTF-8 below"
    ' <meta charset="iso-8859-1">.',
)


class _Page(HTMLParser):
    """What is shown of a document, and the charset that its first <meta> declares."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.charset, self._hidden, self._texts = "", False, list[str]()
        self.feed(text)
        self.close()

    @property
    def text(self) -> str:
        """Its text, in which u and two dots above it are one letter, as on the screen."""
        return "".join(self._texts).replace("u\u0308", "ü")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden = tag in ("script", "style")
        if tag == "meta" and not self.charset:
            said = {name: value or "" for name, value in attrs}
            in_type = CHARSET.search(said.get("content", ""))
            is_type = said.get("http-equiv", "").lower() == "content-type"
            self.charset = said.get("charset", "") or (in_type[1] if in_type and is_type else "")

    def handle_endtag(self, _tag: str) -> None:
        self._hidden = False

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._texts.append(data)


def codec(charset: str) -> str:
    """What Python calls a charset; the empty string for one that browsers do not know."""
    name = AS_BROWSERS_DO.get(charset.lower(), charset.lower())
    return name if KNOWN.fullmatch(name) else ""


def declared(response: Response, body: bytes) -> tuple[str, str]:
    """The charset of a document, and where it is declared; two empty strings where nothing declares
    it. A byte order mark counts before the header, and the header before <meta>."""
    for mark, charset in MARKS.items():
        if body.startswith(mark):
            return charset, "by a byte order mark"
    in_header = CHARSET.search(response.header("Content-Type") or "")
    if in_header and codec(in_header[1]):
        return in_header[1], "in Content-Type"
    in_meta = _Page(body.decode("latin-1")).charset.strip()
    if in_meta.lower() in UTF_16:  # it was read as ASCII, so it is not (HTML Standard 13.2.3.2)
        in_meta = "utf-8"
    return (in_meta, "in <meta>") if codec(in_meta) else ("", "")


def shows_the_word(body: bytes, charset: str) -> bool:
    """Whether a reader sees it; without a charset, whether it is written in ASCII, as Gr&uuml;."""
    return WORD in _Page(body.decode(codec(charset) or "ascii", "replace")).text


def shown(response: Response) -> bool:
    """Whether a browser shows the word: it believes what is declared."""
    body = expect.decoded(response)
    return shows_the_word(body, declared(response, body)[0])


def judge(response: Response) -> None:
    """A browser shows the word."""
    if shown(response):
        return
    body = expect.decoded(response)
    charset, where = declared(response, body)
    meant = next((one for one in ("utf-8", "latin-1") if shows_the_word(body, one)), "")
    place = body.find(WORD.encode(meant or "utf-8"))
    raise Failure(
        Kind.MISMATCH,
        _problem(body, charset, where, meant),
        expected=f"a document that shows {WORD}",
        actual=response.head + body,
        offset=None if place < 0 else len(response.head) + place,
        hint=DECLARE if meant else None,
    )


def _problem(body: bytes, charset: str, where: str, meant: str) -> str:
    """Why the word is not shown; `meant` is the charset by which it would be."""
    if meant and charset:
        seen = WORD.encode(meant).decode(codec(charset), "replace")
        return (
            f"The document is encoded as {meant}, but declared as {charset} {where}: a browser"
            f" shows {seen}."
        )
    if meant:
        return f"Nothing declares the charset of the document, whose bytes are {meant}."
    if WORD.encode().decode("latin-1").encode() in body:
        return f"{WORD} is encoded twice: its UTF-8 was taken for text, and encoded once more."
    source = body.decode(codec(charset) or "utf-8", "replace")
    if WORD in source:
        return f"{WORD} is in the source of the document, but not in the text that is shown."
    if near := NEAR.search(_Page(source).text):
        return f"The text of the document contains {near[0]}, not {WORD}."
    return f"The text of the document does not contain {WORD}."
