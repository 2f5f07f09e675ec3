"""Judgements on a page that is made of a template: compared as a client reads it."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Final

from grader.check.failure import Failure, Hint, Kind
from grader.http1.expect.answers import decoded
from grader.http1.expect.documents import html_document
from grader.http1.html_document import HtmlDocument

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.http1.html_document import Element
    from grader.http1.wire import Response

_GAP: Final = "{{ name }}"


def filled_template(response: Response, template: str, name: str, hint: Hint | None = None) -> None:
    """The page is the template with this text in each `{{ name }}`: the same elements, attributes
    and texts. How signs are escaped is free, and white space between words counts once."""
    found = html_document(response, hint=hint)
    wanted = HtmlDocument.of(template.replace(_GAP, html.escape(name)))
    problem = _problem(found, wanted, name)
    if problem:
        raise Failure(
            Kind.MISMATCH,
            problem,
            expected=template.replace(_GAP, html.escape(name)),
            actual=decoded(response),
            hint=hint,
        )


def _problem(found: HtmlDocument, wanted: HtmlDocument, name: str) -> str:
    """What is wrong with a page, as a sentence; empty where nothing is."""
    if found == wanted:
        return ""
    if _GAP in found.text and _GAP not in name:
        return _not_filled(found, name)
    names, right = ([one.name for one in page.elements] for page in (found, wanted))
    if names != right:
        return _other_elements(names, right, name)
    pairs = list(zip(found.elements, wanted.elements, strict=True))
    for one, other in pairs:
        if one.attributes != other.attributes:
            return _other_attributes(one, other, name)
    texts = [(one.text, other.text, other.name) for one, other in pairs if one != other]
    # the smallest one: what differs in an element differs in all that it is in
    smallest = min(reversed(texts), key=lambda it: len(it[1]), default=("", "", "html"))
    return _other_text(*smallest, name)


def _not_filled(found: HtmlDocument, name: str) -> str:
    values = (value for one in found.elements for value in one.attributes.values())
    if name and (name in found.text or name in values):
        return f"Only some places of the template were filled: the page still has {_GAP} in it."
    return f"The page still has {_GAP} in it: your server did not fill the template."


def _other_elements(names: Sequence[str], right: Sequence[str], name: str) -> str:
    """The elements themselves are others."""
    extra = next((one for one in names if names.count(one) > right.count(one)), None)
    lost = next((one for one in right if names.count(one) < right.count(one)), None)
    if extra and f"<{extra}" in name:
        return f"The name was not escaped: it became an element of the page, <{extra}>."
    if extra:
        return f"The page has an element <{extra[:80]}> that the template does not have."
    if lost and name.isalnum():
        return f"The page is not made of the template: it has no element <{lost}>."
    return f"With the name {name!r} the page has other elements than the template: escape it."


def _other_text(found: str, wanted: str, element: str, name: str) -> str:
    where = f"The element <{element}> shows {found[:80]!r}"
    return _recognised(found, wanted, name) or f"{where}, not {wanted[:80]!r}."


def _recognised(found: str, wanted: str, name: str) -> str:
    """What was done to the text, as a sentence; empty where that is not seen."""
    if html.unescape(found) == wanted:
        return f"The name was escaped twice: the client shows its escapes, {found[:80]!r}."
    if html.unescape(wanted) == found:
        shows = f"the client shows {found[:80]!r}, not {wanted[:80]!r}"
        return f"The & of the name is not escaped: {shows}."
    if name.encode().decode("latin-1") in found:
        return f"The name {name!r} was decoded as Latin-1, or the page is: it shows {found[:80]!r}."
    return ""


def _other_attributes(found: Element, wanted: Element, name: str) -> str:
    new = sorted(set(found.attributes) - set(wanted.attributes))
    if new and any(sign in name for sign in "\"'"):
        return f"The name ended its attribute: <{found.name}> has got an attribute {new[0][:80]!r}."
    pairs = ((key, found.attributes.get(key), right) for key, right in wanted.attributes.items())
    key, value, right = next((pair for pair in pairs if pair[1] != pair[2]), ("", None, ""))
    where = f"The attribute {key} of <{wanted.name}> is {(value or '')[:80]!r}"
    return _recognised(value or "", right, name) or f"{where}, not {right[:80]!r}."
