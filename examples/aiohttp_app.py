"""The web application with aiohttp: `pip install aiohttp`. It has WebSocket, but neither sessions nor templates."""

import argparse
import asyncio
import hashlib
import hmac
import html
import itertools
import logging
import re
import secrets
from datetime import datetime, timezone
from pathlib import Path
from urllib.parse import parse_qsl

from aiohttp import WSMsgType, web

parser = argparse.ArgumentParser()
parser.add_argument("--static", type=lambda given: Path(given).resolve(), default=Path.cwd())
root = parser.parse_args().static

routes = web.RouteTableDef()
items, numbers, subscribers = {}, itertools.count(1), set()
key, ended = secrets.token_bytes(32), set()


@web.middleware
async def identify(request, handler):
    """Errors that aiohttp raises are answers, and get the headers, too."""
    try:
        response = await handler(request)
    except web.HTTPException as error:
        response = error
    except Exception:
        logging.exception("a handler is broken")
        response = web.Response(status=500, text="something went wrong here")
    if request.path.startswith("/api/") and response.status >= 400:
        kept = {name: value for name, value in response.headers.items() if name == "Allow"}
        response = web.json_response({"error": response.reason}, status=response.status, headers=kept)
    if not response.prepared:
        add_headers(request, response)
    if isinstance(response, web.HTTPException):
        raise response
    return response


def add_headers(request, response):
    given = request.headers.get("X-Request-ID", "")
    response.headers["X-Request-ID"] = given if re.fullmatch(r"[A-Za-z0-9._-]{1,64}", given) else secrets.token_hex(16)
    response.headers["X-Content-Type-Options"] = "nosniff"


@routes.get("/time")
async def time(request):
    return web.Response(text=datetime.now(timezone.utc).isoformat())


@routes.get(r"/users/{user:[0-9]+}")
async def user(request):
    return web.json_response({"user_id": int(request.match_info["user"])})


@routes.get("/search")
async def search(request):
    return web.json_response({"q": request.query.get("q", ""), "tags": request.query.getall("tag", [])})


def single_or_list(pairs):
    fields = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return {name: values if len(values) > 1 else values[0] for name, values in fields.items()}


@routes.post("/form")
async def form(request):
    if request.content_type != "application/x-www-form-urlencoded":
        raise web.HTTPUnsupportedMediaType()
    return web.json_response(single_or_list(parse_qsl(await request.text(), keep_blank_values=True)))


@routes.post("/upload")
async def upload(request):
    if request.content_type != "multipart/form-data":
        raise web.HTTPUnsupportedMediaType()
    fields, files = [], []
    try:
        async for part in await request.multipart():
            content = bytes(await part.read())
            if part.filename is None:
                fields.append((part.name, content.decode("utf-8", "replace")))
            else:
                digest, kind = hashlib.sha256(content).hexdigest(), part.headers.get("Content-Type", "")
                file = {"name": part.name, "filename": part.filename, "type": kind}
                files.append({**file, "size": len(content), "sha256": digest})
    except ValueError:
        raise web.HTTPBadRequest() from None
    return web.json_response({"fields": single_or_list(fields), "files": files})


async def text(request, name):
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType()
    try:
        value = await request.json()
    except (ValueError, RecursionError):
        raise web.HTTPBadRequest() from None
    if not isinstance(value, dict) or not isinstance(value.get(name), str):
        raise web.HTTPUnprocessableEntity()
    return value[name]


def page(text):
    return web.Response(text=text, content_type="text/html")


@routes.post("/post-something")
async def post_something(request):
    message = html.escape(await text(request, "message"))
    return page(f"<!doctype html><title>Message</title><p>{message}</p>")


@routes.get("/hello")
async def hello(request):
    values = {"name": request.query.get("name", "")}
    template = (root / "templates" / "hello.html").read_text(encoding="utf-8")
    return page(re.sub(r"\{\{\s*(\w+)\s*\}\}", lambda gap: html.escape(values[gap[1]]), template))


@routes.get("/boom")
async def boom(request):
    raise RuntimeError("this handler is broken")


def item(request):
    number = int(request.match_info["number"])
    if number not in items:
        raise web.HTTPNotFound()
    return {"id": number, "name": items[number]}


@routes.get("/api/items")
async def all_items(request):
    return web.json_response([{"id": number, "name": name} for number, name in items.items()])


@routes.post("/api/items")
async def add_item(request):
    name, number = await text(request, "name"), next(numbers)
    items[number] = name
    location = {"Location": f"/api/items/{number}"}
    return web.json_response({"id": number, "name": name}, status=201, headers=location)


@routes.get(r"/api/items/{number:[0-9]+}")
async def one_item(request):
    return web.json_response(item(request))


@routes.put(r"/api/items/{number:[0-9]+}")
async def replace_item(request):
    name = await text(request, "name")
    items[item(request)["id"]] = name
    return web.json_response(item(request))


@routes.delete(r"/api/items/{number:[0-9]+}")
async def remove_item(request):
    del items[item(request)["id"]]
    return web.Response(status=204)


def signed(text):
    return f"{text}.{hmac.digest(key, text.encode(), 'sha256').hex()}"


def session(request):
    value = request.cookies.get("session", "")
    text = value.rpartition(".")[0]
    if hmac.compare_digest(signed(text).encode(), value.encode("utf-8", "replace")):
        who, count = text.split(":")
        if who not in ended:
            return who, int(count)
    return secrets.token_hex(16), 0


@routes.get("/counter")
async def counter(request):
    who, count = session(request)
    response = web.Response(text=str(count + 1))
    response.set_cookie("session", signed(f"{who}:{count + 1}"), httponly=True, samesite="Lax")
    return response


@routes.post("/logout")
async def logout(request):
    ended.add(session(request)[0])
    response = web.Response(status=204)
    response.del_cookie("session")
    return response


@routes.get("/events")
async def subscribe(request):
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
    add_headers(request, response)
    waiting = asyncio.Queue()
    subscribers.add(waiting)
    try:
        await response.prepare(request)
        while True:
            await response.write((await waiting.get()).encode())
    except ConnectionResetError:
        return response
    finally:
        subscribers.discard(waiting)


@routes.post("/events")
async def publish(request):
    lines = re.split("\r\n|\r|\n", await request.text())
    for subscriber in subscribers:
        subscriber.put_nowait("".join(f"data: {line}\n" for line in lines) + "\n")
    return web.Response(status=204)


@routes.get("/ws")
async def echo(request):
    socket = web.WebSocketResponse(max_msg_size=16 * 1024 * 1024)
    await socket.prepare(request)
    async for message in socket:
        if message.type is WSMsgType.TEXT:
            await socket.send_str(message.data)
        elif message.type is WSMsgType.BINARY:
            await socket.send_bytes(message.data)
    return socket


@routes.get("/")
async def index(request):
    return web.FileResponse(root / "index.html")


@routes.get("/{name:.+}")
async def site(request):
    path = (root / request.match_info["name"]).resolve()
    if not path.is_relative_to(root) or not path.is_file():
        raise web.HTTPNotFound()
    return web.FileResponse(path)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    app = web.Application(middlewares=[identify], client_max_size=16 * 1024 * 1024)
    app.add_routes(routes)
    web.run_app(app, host="127.0.0.1", port=4221, access_log_format='%a - - %t "%r" %s %b')
