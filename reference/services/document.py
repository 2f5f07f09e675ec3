"""document: every request is answered by the same HTML document.

Its text becomes bytes by UTF-8, and says so twice: in Content-Type for a browser, and in `<meta>`
for who opens it as a file. The length is counted in these bytes, by `Response.to_bytes`.
"""

from functools import partial
from typing import Final

from ..http1.headers import Headers
from ..http1.messages import Request, Response
from ..web import HTTPConversation

HTML: Final = """\
<!DOCTYPE html>
<html lang="de">
<head><meta charset="utf-8"><title>Guten Tag</title></head>
<body><p>Grüße!</p></body>
</html>
"""


def document(_request: Request) -> Response:
    """The document, whatever was asked for."""
    return Response(200, HTML.encode(), Headers({"Content-Type": "text/html; charset=utf-8"}))


Document: Final = partial(HTTPConversation, document)
