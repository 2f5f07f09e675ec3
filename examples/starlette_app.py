"""The web application with Starlette, on uvicorn: `pip install starlette uvicorn websockets python-multipart
itsdangerous jinja2`. FastAPI is built on it."""

import argparse
import asyncio
import hashlib
import itertools
import re
import secrets
import time
from datetime import datetime, timezone
from html import escape
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.templating import Jinja2Templates

parser = argparse.ArgumentParser()
parser.add_argument("--static", type=lambda given: Path(given).resolve(), default=Path.cwd())
root = parser.parse_args().static

templates = Jinja2Templates(directory=root / "templates")
items, numbers, subscribers = {}, itertools.count(1), set()


class Logged:
    """Around everything else: a line for each request, and headers for each answer."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        given = dict(scope["headers"]).get(b"x-request-id", b"")
        name = given if re.fullmatch(rb"[A-Za-z0-9._-]{1,64}", given) else secrets.token_hex(16).encode()
        target = scope["raw_path"] + (b"?" + scope["query_string"] if scope["query_string"] else b"")

        async def send_logged(message):
            if message["type"] == "http.response.start":
                message["headers"] += [(b"x-request-id", name), (b"x-content-type-options", b"nosniff")]
                date = time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime())
                line = f"{scope['method']} {target.decode('latin-1')} HTTP/{scope['http_version']}"
                safe = re.sub(r'[^ !#-\[\]-~]', lambda found: f"\\x{ord(found[0]):02x}", line)
                print(f'{scope["client"][0]} - - [{date}] "{safe}" {message["status"]} -', flush=True)
            await send(message)

        await self.app(scope, receive, send_logged)


async def refused(request, error):
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": error.detail}, error.status_code, error.headers)
    return PlainTextResponse(error.detail, error.status_code, error.headers)


async def broken(request, error):
    return PlainTextResponse("something went wrong here", 500)


async def current_time(request):
    return PlainTextResponse(datetime.now(timezone.utc).isoformat())


async def user(request):
    return JSONResponse({"user_id": request.path_params["user"]})


async def search(request):
    query = request.query_params
    return JSONResponse({"q": query.get("q", ""), "tags": query.getlist("tag")})


def media_type(request):
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def single_or_list(pairs):
    fields = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return {name: values if len(values) > 1 else values[0] for name, values in fields.items()}


async def form(request):
    if media_type(request) != "application/x-www-form-urlencoded":
        raise HTTPException(415)
    async with request.form() as fields:
        return JSONResponse(single_or_list(fields.multi_items()))


async def upload(request):
    if media_type(request) != "multipart/form-data":
        raise HTTPException(415)
    async with request.form() as fields:
        texts = [(name, value) for name, value in fields.multi_items() if isinstance(value, str)]
        files = [await described(name, value) for name, value in fields.multi_items() if not isinstance(value, str)]
    return JSONResponse({"fields": single_or_list(texts), "files": files})


async def described(name, file):
    content = await file.read()
    digest, kind = hashlib.sha256(content).hexdigest(), file.content_type
    return {"name": name, "filename": file.filename, "type": kind, "size": len(content), "sha256": digest}


async def text(request, name):
    if media_type(request) != "application/json":
        raise HTTPException(415)
    try:
        value = await request.json()
    except (ValueError, RecursionError):
        raise HTTPException(400) from None
    if not isinstance(value, dict) or not isinstance(value.get(name), str):
        raise HTTPException(422)
    return value[name]


async def post_something(request):
    message = escape(await text(request, "message"))
    return HTMLResponse(f"<!doctype html><title>Message</title><p>{message}</p>")


async def hello(request):
    return templates.TemplateResponse(request, "hello.html", {"name": request.query_params.get("name", "")})


async def boom(request):
    raise RuntimeError("this handler is broken")


def item(request):
    number = request.path_params["number"]
    if number not in items:
        raise HTTPException(404)
    return {"id": number, "name": items[number]}


async def all_items(request):
    return JSONResponse([{"id": number, "name": name} for number, name in items.items()])


async def add_item(request):
    name, number = await text(request, "name"), next(numbers)
    items[number] = name
    return JSONResponse({"id": number, "name": name}, 201, {"Location": f"/api/items/{number}"})


async def one_item(request):
    return JSONResponse(item(request))


async def replace_item(request):
    name = await text(request, "name")
    items[item(request)["id"]] = name
    return JSONResponse(item(request))


async def remove_item(request):
    del items[item(request)["id"]]
    return Response(status_code=204)


async def nothing(request):
    raise HTTPException(404)


async def counter(request):
    request.session["count"] = request.session.get("count", 0) + 1
    return PlainTextResponse(str(request.session["count"]))


async def logout(request):
    request.session.clear()
    return Response(status_code=204)


async def subscribe(request):
    waiting = asyncio.Queue()
    subscribers.add(waiting)

    async def events():
        try:
            while True:
                yield await waiting.get()
        finally:
            subscribers.discard(waiting)

    return StreamingResponse(events(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})


async def publish(request):
    lines = re.split("\r\n|\r|\n", (await request.body()).decode("utf-8", "replace"))
    for subscriber in subscribers:
        subscriber.put_nowait("".join(f"data: {line}\n" for line in lines) + "\n")
    return Response(status_code=204)


async def echo(socket):
    await socket.accept()
    while (message := await socket.receive())["type"] == "websocket.receive":
        await socket.send({**message, "type": "websocket.send"})


async def no_websocket(request):
    return PlainTextResponse("this path speaks WebSocket", 426, {"Upgrade": "websocket"})


app = Starlette(
    routes=[
        Route("/time", current_time),
        Route("/users/{user:int}", user),
        Route("/search", search),
        Route("/form", form, methods=["POST"]),
        Route("/upload", upload, methods=["POST"]),
        Route("/post-something", post_something, methods=["POST"]),
        Route("/hello", hello),
        Route("/boom", boom),
        Route("/api/items", all_items),
        Route("/api/items", add_item, methods=["POST"]),
        Route("/api/items/{number:int}", one_item),
        Route("/api/items/{number:int}", replace_item, methods=["PUT"]),
        Route("/api/items/{number:int}", remove_item, methods=["DELETE"]),
        Route("/api/{path:path}", nothing),
        Route("/counter", counter),
        Route("/logout", logout, methods=["POST"]),
        Route("/events", subscribe),
        Route("/events", publish, methods=["POST"]),
        WebSocketRoute("/ws", echo),
        Route("/ws", no_websocket),
        Mount("/", StaticFiles(directory=root, html=True)),
    ],
    middleware=[Middleware(SessionMiddleware, secret_key=secrets.token_hex(32), same_site="lax")],
    exception_handlers={HTTPException: refused, 500: broken},
)

if __name__ == "__main__":
    uvicorn.run(Logged(app), host="127.0.0.1", port=4221, access_log=False)
