"""Owns how far the reading of an answer has come, in words for a diagnosis."""

from enum import Enum

from grader.value import Value


class ReadPart(Enum):
    """The parts of an answer, in the order in which they come."""

    NOTHING = "nothing"
    STATUS_LINE = "status line"
    HEADERS = "headers"
    BODY = "body"
    CHUNKS = "chunks"
    TRAILERS = "trailers"


class ReadProgress(Value, frozen=True):
    """What has come of an answer and what has not: `reached` and `missing` are noun phrases without
    a full stop.
    """

    part: ReadPart
    reached: str
    missing: str

    @property
    def summary(self) -> str:
        """Both, as in "5 of 12 bytes of the body came. Missing: 7 bytes"."""
        return f"{self.reached} came. Missing: {self.missing}"
