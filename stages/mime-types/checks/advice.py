"""More types than a page needs, and none that is guessed."""

from grader.author import ADVICE, Session, check

from . import DEFAULT, JAVASCRIPT, no_known_type, typed, unknown

OTHERS = {
    ".json": ("application/json",),
    ".txt": ("text/plain",),
    ".ico": ("image/vnd.microsoft.icon", "image/x-icon"),
    ".webp": ("image/webp",),
    ".woff2": ("font/woff2",),
    ".mjs": JAVASCRIPT,
    ".pdf": ("application/pdf",),
}


@check(
    "More types: .json .txt .ico .webp .woff2 .mjs .pdf",
    "A server SHOULD send .json, .txt, .ico, .webp, .woff2, .mjs and .pdf files with their types",
    cite="RFC 9110 8.3",
    hint="Put this suffix into the table, too.",
    level=ADVICE,
)
def types_others(session: Session) -> None:
    typed(session, OTHERS)


@check(
    "The content of an unknown file is not guessed",
    "A server SHOULD NOT send a file of unknown suffix as text/html, whatever is in it",
    cite="RFC 9110 8.3",
    hint=DEFAULT,
    level=ADVICE,
)
def text_is_not_guessed(session: Session) -> None:
    name = session.random.name(unknown(session))
    session.files.put(name, f"<!doctype html><p>{session.random.word()}</p>\n".encode())
    no_known_type(session.get(f"/{name}", ends=False), "text/plain")
