"""What a wrong body *is*: a part of the right one, the right one in another form, or another text.

How it works: `recognised` asks the kinds in turn, and the first that holds gives the sentence and
the hint. A kind holds only when it names the whole body, byte for byte; the last one, the place
where it begins to go wrong. Otherwise None is returned, and the plain comparison is what can be
said. The particular kinds come first: the last segment of a path is also the end of the text, and a
text in lower case may stand in the request, too. Of one or two bytes nothing is claimed that chance
makes true (`SHORT`). A text may be megabytes that a hostile server sends: each kind compares them
as a whole, never byte by byte in Python. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.http1.recognise import forms, other_texts, parts

if TYPE_CHECKING:
    from grader.http1.recognise.wrong import Recognised, Wrong

_KINDS = (
    *forms.KINDS, *other_texts.PARTICULAR, *parts.KINDS, *other_texts.KINDS, *forms.OTHERS,
)  # fmt: skip


def recognised(wrong: Wrong) -> Recognised | None:
    """What the wrong body is; None where no kind names all of it.

    >>> recognised(Wrong(b"FIG-TREE", b"Fig-Tree")).sentence
    'The body is the text in upper case.'
    """
    if wrong.found == wrong.wanted:
        return None
    return next(filter(None, (kind(wrong) for kind in _KINDS)), None)
