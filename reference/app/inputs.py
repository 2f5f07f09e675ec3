"""What a request brings along: the fields of its query or its form, or JSON in its body.

The client says of which type its body is, and it may be wrong, or lie. So everything here either
returns what the handler can rely on, or raises the HTTPError that tells the client why not.
"""

import json
from urllib.parse import parse_qs

from ..http1.messages import HTTPError, Request

MOST_FIELDS = 1000

Fields = dict[str, list[str]]
"""Every field by its name, with all its values: a name may come more than once."""


def query(request: Request) -> Fields:
    """The fields of the query. Raises HTTPError 400.

    >>> query(Request("GET", "/search?tag=fig&q=two+words&tag="))
    {'tag': ['fig', ''], 'q': ['two words']}
    """
    return urlencoded(request.query.encode("latin-1"))


def form(request: Request) -> Fields:
    """The fields of an HTML form. Raises HTTPError 415 for a body that is none, and 400."""
    check_media_type(request, "application/x-www-form-urlencoded")
    return urlencoded(request.body)


def urlencoded(text: bytes) -> Fields:
    """Fields as a URL holds them: `name=value&name=value`, `%XX` for a byte, `+` for a blank.

    Bytes become text by UTF-8; what is no UTF-8 becomes the sign for that, U+FFFD.
    """
    try:
        return parse_qs(
            text.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS
        )
    except ValueError as error:
        raise HTTPError(400, f"more than {MOST_FIELDS} fields") from error


def json_body(request: Request) -> object:
    """The value in the body. Raises HTTPError: 415 for another media type, 400 for malformed
    JSON."""
    check_media_type(request, "application/json")
    try:
        value: object = json.loads(request.body)
    except RecursionError as error:  # a parser that calls itself can be nested out of its stack
        raise HTTPError(400, "the JSON is nested too deeply") from error
    except ValueError as error:
        raise HTTPError(400, f"malformed JSON: {error}") from error
    return value


def text_member(request: Request, name: str) -> str:
    """The text of this name in a JSON object. Raises HTTPError: 422 if there is none, and as
    `json_body`."""
    value = json_body(request)
    if not isinstance(value, dict) or not isinstance(text := value.get(name), str):
        raise HTTPError(422, f'this needs a JSON object like {{"{name}": "text"}}')
    return text


def check_media_type(request: Request, wanted: str) -> None:
    """Refuse a body of another media type with 415 (RFC 9110 15.5.16)."""
    if media_type(request) != wanted:
        raise HTTPError(415, f"this needs a body of the type {wanted}")


def media_type(request: Request) -> str:
    """The type of the body, without its parameters, such as the charset (RFC 9110 8.3.1)."""
    return request.headers.get("Content-Type").partition(";")[0].strip(" \t").lower()
