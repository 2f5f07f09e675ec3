"""The base course as an ASGI application."""

import asyncio

from wsgi_app import answer


async def application(scope, receive, send):
    if scope["type"] != "http":
        return
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        body += message.get("body", b"")
        more = message.get("more_body", False)
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    path = scope["path"].encode(errors="surrogateescape")
    status, extra, body = await asyncio.to_thread(answer, scope["method"], path, headers, body)
    extra["Content-Length"] = str(len(body))
    pairs = [(name.lower().encode(), value.encode("latin-1")) for name, value in extra.items()]
    await send({"type": "http.response.start", "status": status, "headers": pairs})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
