"""A source file as the tokens that stay when names, texts and comments change. Pure.

Pygments says what is what. A name is any name, a text any text, a number any number; comments and
blanks are nothing. What is left is how the program is built.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Final

from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Name, Number, String

from grader.value import Value

LANGUAGES: Final = {
    ".c": "c", ".h": "c", ".cc": "cpp", ".cpp": "cpp", ".cxx": "cpp", ".hh": "cpp", ".hpp": "cpp",
    ".cs": "csharp", ".dart": "dart", ".ex": "elixir", ".exs": "elixir", ".go": "go",
    ".hs": "haskell", ".java": "java", ".js": "javascript", ".jsx": "javascript",
    ".mjs": "javascript", ".cjs": "javascript", ".kt": "kotlin", ".lua": "lua", ".ml": "ocaml",
    ".php": "php", ".pl": "perl", ".py": "python", ".rb": "ruby", ".rs": "rust", ".scala": "scala",
    ".swift": "swift", ".ts": "typescript", ".mts": "typescript", ".tsx": "typescript",
    ".zig": "zig",
}  # fmt: skip
"""Suffixes of what is compared, and what Pygments calls the language."""

_SHEBANGS: Final = {"python": "python", "node": "javascript", "ruby": "ruby", "perl": "perl"}


class Tokens(Value, frozen=True):
    """kinds: a number for each token, the same for what counts as the same. begins, ends: where it
    stands in the text, in characters."""

    kinds: tuple[int, ...]
    begins: tuple[int, ...]
    ends: tuple[int, ...]


def language_of(name: str, first_line: str = "") -> str:
    """What Pygments calls the language of a file; empty where it is none that is compared."""
    dot = name.rfind(".")
    if dot > name.rfind("/") + 1:
        return LANGUAGES.get(name[dot:].lower(), "")
    if first_line.startswith("#!"):
        return next((it for word, it in _SHEBANGS.items() if word in first_line), "")
    return ""


def tokens_of(text: str, language: str, most: int) -> Tokens:
    """The tokens of a text, and no more than `most` of them. language: as `language_of` says it."""
    kinds: list[int] = []
    begins: list[int] = []
    ends: list[int] = []
    in_text = False
    for begin, kind, value in get_lexer_by_name(language).get_tokens_unprocessed(text):
        said = _said(kind, value)
        if not said:
            continue
        is_text = said == _TEXT
        if is_text and in_text:  # a text comes in pieces: its quotes, its escapes
            ends[-1] = begin + len(value)
            continue
        if len(kinds) == most:
            break
        in_text = is_text
        kinds.append(_number(said))
        begins.append(begin)
        ends.append(begin + len(value))
    return Tokens(tuple(kinds), tuple(begins), tuple(ends))


_TEXT, _NAME, _NUMBER = "text", "name", "number"


def _said(kind: tuple[str, ...], value: str) -> str:
    """What a token counts as; empty for what does not count."""
    if _is_a(kind, Comment) or _is_a(kind, String.Doc) or not value.strip():
        return ""
    if _is_a(kind, String.Interpol):
        return f"={value}"
    for family, said in ((String, _TEXT), (Number, _NUMBER), (Name, _NAME)):
        if _is_a(kind, family):
            return said
    return f"={value}"


def _is_a(kind: tuple[str, ...], family: tuple[str, ...]) -> bool:
    """Types of tokens are paths: `Name.Function` is a `Name`."""
    return kind[: len(family)] == family


@lru_cache(maxsize=4096)
def _number(said: str) -> int:
    """Always the same, on every machine: what is selected of a program depends on it."""
    return int.from_bytes(hashlib.blake2b(said.encode("utf-8", "replace"), digest_size=7).digest())
