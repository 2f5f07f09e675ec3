"""How much of a request this server is willing to hold."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest accepted parts of a request, in bytes; what is larger gets the status named."""

    target: int = 64 * 1024  # 414
    fields: int = 64 * 1024  # 431: the header section from its first byte to its empty line
    body: int = 16 * 1024 * 1024  # 413
    chunk_line: int = 4 * 1024  # 400: the size of a chunk and its extensions
