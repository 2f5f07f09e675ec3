"""A web application: every stage of the track web-app, one thread a connection, standard library only.

From the top: the framework, reading what a client sends, the handlers, WebSocket, and the server below all of it."""

import argparse
import base64
import hashlib
import hmac
import html
import itertools
import json
import queue
import re
import secrets
import socket
import struct
import sys
import threading
import time
import traceback
from contextlib import suppress
from datetime import datetime, timezone
from http import HTTPStatus
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import parse_qs, unquote

LONGEST_LINE = 64 * 1024
LARGEST_BODY = 16 * 1024 * 1024
MOST_PARTS = 1000


# --- the framework: a request, a response, and an application between them ---


class Error(Exception):
    """An answer that is raised: its status, and a sentence for the client."""

    def __init__(self, status, why, **headers):
        super().__init__(why)
        self.status, self.headers = status, {name.replace("_", "-"): value for name, value in headers.items()}


class Response:
    """What is sent; `goes_on` is called with the connection after the head, in place of a body."""

    def __init__(self, body=b"", status=200, type="text/plain; charset=utf-8", headers=(), goes_on=None):
        self.body = body if isinstance(body, bytes) else body.encode("utf-8", "replace")
        self.status, self.goes_on = status, goes_on
        self.headers = {**({"Content-Type": type} if self.body else {}), **dict(headers)}


def as_json(value, status=200, **headers):
    return Response(json.dumps(value), status, "application/json", headers)


def as_html(text):
    return Response(text, type="text/html; charset=utf-8")


class App:
    """Routes and middleware, each added by a decorator."""

    def __init__(self):
        self.routes, self.layers, self.fallback = [], [], None

    def route(self, method, pattern):
        """`{name}` is one segment of the path, `{name:int}` a number. The handler gets it by its name."""
        expression = re.sub(r"\{(\w+):int\}", r"(?P<\1>[0-9]{1,18})", pattern)
        expression = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", expression)

        def register(handler):
            self.routes.append((method, re.compile(expression), handler))
            return handler

        return register

    def middleware(self, function):
        """Wrap every answer in `function(handler, request)`: the first one added is outermost."""
        self.layers.append(function)
        return function

    def __call__(self, request):
        handler = lambda request: self.guarded(self.dispatch, request)
        for layer in reversed(self.layers):
            handler = lambda request, layer=layer, inner=handler: layer(inner, request)
        return handler(request)

    def guarded(self, handler, request):
        """What is raised is an answer, too. What it was is for our own eyes."""
        try:
            return handler(request)
        except Error as error:
            status, why, headers = error.status, str(error), error.headers
        except Exception:
            traceback.print_exc()
            status, why, headers = 500, "something went wrong here", {}
        if request.path.startswith("/api/"):
            return as_json({"error": why}, status, **headers)
        return Response(why + "\n", status, headers=headers)

    def dispatch(self, request):
        matches = ((method, handler, path.fullmatch(request.path)) for method, path, handler in self.routes)
        found = [(method, handler, match) for method, handler, match in matches if match]
        for method, handler, match in found:
            if method == request.method or (method, request.method) == ("GET", "HEAD"):
                return handler(request, **{name: unquote(text) for name, text in match.groupdict().items()})
        if found:
            raise Error(405, "this path has no such method", Allow=", ".join(method for method, _, _ in found))
        return self.fallback(request)


app = App()


@app.middleware
def log(handler, request):
    """A line in the common log format. What could end it, or the quotes in it, is escaped."""
    response = handler(request)
    line = re.sub(r'[^ !#-\[\]-~]', lambda found: f"\\x{ord(found[0]):02x}", request.line)
    date = time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime())
    sys.stdout.write(f'{request.client} - - [{date}] "{line}" {response.status} {len(response.body) or "-"}\n')
    sys.stdout.flush()
    return response


@app.middleware
def identify(handler, request):
    given = request.headers.get("x-request-id", "")
    response = handler(request)
    response.headers["X-Request-ID"] = given if re.fullmatch(r"[A-Za-z0-9._-]{1,64}", given) else secrets.token_hex(16)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


# --- what a client sends: fields, JSON, uploads ---


class Request:
    """One request, read from a buffered stream."""

    def __init__(self, stream, client):
        self.client, self.line = client, read_line(stream)
        self.method, target, self.version = self.line.split(" ")
        path, _, self.query = target.partition("?")
        # A letter or a digit means the same when it is encoded; a slash does not.
        self.path = re.sub("(?i)%[46][1-9A-F]|%[57][0-9A]|%3[0-9]", lambda found: unquote(found[0]), path)
        self.headers = {}
        while line := read_line(stream):
            name, _, value = line.partition(":")
            self.headers[name.lower()] = value.strip(" \t")
        self.length = int(self.headers.get("content-length", 0))

    def read_body(self, stream):
        self.body = stream.read(self.length)
        if len(self.body) < self.length:
            raise ConnectionError("the client left in the middle of a body")

    def has(self, name, option):
        return option in [item.strip(" \t") for item in self.headers.get(name, "").lower().split(",")]

    def expect_type(self, wanted):
        if self.headers.get("content-type", "").partition(";")[0].strip().lower() != wanted:
            raise Error(415, f"this needs {wanted}")

    def json(self, name):
        """The text of this name in the JSON object that has come."""
        self.expect_type("application/json")
        try:
            value = json.loads(self.body)
        except (ValueError, RecursionError):  # the second for a hundred thousand brackets
            raise Error(400, "this is no JSON") from None
        if not isinstance(value, dict) or not isinstance(value.get(name), str):
            raise Error(422, f'this needs an object with a text called "{name}"')
        return value[name]


def fields(text):
    try:
        return parse_qs(text, keep_blank_values=True, max_num_fields=1000)
    except ValueError:
        raise Error(400, "too many fields") from None


def single_or_list(found):
    return {name: values if len(values) > 1 else values[0] for name, values in found.items()}


def parameters(value):
    """Of a header's value: `form-data; name="a"`."""
    found = re.findall(r';[ \t]*([^\s=;"]+)=(?:"([^"]*)"|([^\s;"]*))', value)
    return {name.lower(): re.sub("%22", '"', quoted) or plain for name, quoted, plain in found}


def parts(request):
    """The head and the content of each part of an upload."""
    request.expect_type("multipart/form-data")
    boundary = parameters(request.headers["content-type"]).get("boundary", "")
    if not boundary:
        raise Error(400, "there is no boundary")
    line = re.compile(rb"\r\n--" + re.escape(boundary.encode("latin-1")) + rb"(--)?[ \t]*(?=\r\n|\Z)")
    body = b"\r\n" + request.body
    lines = list(itertools.islice(line.finditer(body), MOST_PARTS + 2))
    end = next((number for number, found in enumerate(lines) if found[1]), None)
    if end is None:
        raise Error(413 if len(lines) > MOST_PARTS else 400, "too many parts, or no end of them")
    for before, after in itertools.pairwise(lines[: end + 1]):
        head, empty_line, content = body[before.end() + 2 : after.start()].partition(b"\r\n\r\n")
        named = (line.partition(":") for line in head.decode("utf-8", "replace").split("\r\n"))
        headers = {name.lower(): value.strip() for name, _, value in named}
        about = parameters(headers.get("content-disposition", ""))
        if not empty_line or "name" not in about:
            raise Error(400, "a part has no name")
        yield about, headers.get("content-type", ""), content


# --- the handlers ---


@app.route("GET", "/time")
def current_time(request):
    return Response(datetime.now(timezone.utc).isoformat())


@app.route("GET", "/users/{user:int}")
def user(request, user):
    return as_json({"user_id": int(user)})


@app.route("GET", "/search")
def search(request):
    found = fields(request.query)
    return as_json({"q": found.get("q", [""])[0], "tags": found.get("tag", [])})


@app.route("POST", "/form")
def form(request):
    request.expect_type("application/x-www-form-urlencoded")
    return as_json(single_or_list(fields(request.body.decode("utf-8", "replace"))))


@app.route("POST", "/upload")
def upload(request):
    texts, files = {}, []
    for about, kind, content in parts(request):
        if "filename" in about:
            digest = hashlib.sha256(content).hexdigest()
            file = {"name": about["name"], "filename": about["filename"], "type": kind}
            files.append({**file, "size": len(content), "sha256": digest})
        else:
            texts.setdefault(about["name"], []).append(content.decode("utf-8", "replace"))
    return as_json({"fields": single_or_list(texts), "files": files})


@app.route("POST", "/post-something")
def post_something(request):
    return as_html(f"<!doctype html><title>Message</title><p>{html.escape(request.json('message'))}</p>")


@app.route("GET", "/hello")
def hello(request):
    """One pass over the template: a name that looks like a gap stays a name."""
    values = {"name": fields(request.query).get("name", [""])[0]}
    template = (app.templates / "hello.html").read_text(encoding="utf-8")
    return as_html(re.sub(r"\{\{\s*(\w+)\s*\}\}", lambda gap: html.escape(values[gap[1]]), template))


@app.route("GET", "/boom")
def boom(request):
    raise RuntimeError("this handler is broken")


items, numbers, turn = {}, itertools.count(1), threading.Lock()


def item(number):
    if number not in items:
        raise Error(404, "there is no such item")
    return {"id": number, "name": items[number]}


@app.route("GET", "/api/items")
def all_items(request):
    with turn:
        return as_json([item(number) for number in items])


@app.route("POST", "/api/items")
def add_item(request):
    name = request.json("name")
    with turn:
        items[number := next(numbers)] = name
        return as_json(item(number), 201, Location=f"/api/items/{number}")


@app.route("GET", "/api/items/{number:int}")
def one_item(request, number):
    with turn:
        return as_json(item(int(number)))


@app.route("PUT", "/api/items/{number:int}")
def replace_item(request, number):
    name = request.json("name")
    with turn:
        item(int(number))
        items[int(number)] = name
        return as_json(item(int(number)))


@app.route("DELETE", "/api/items/{number:int}")
def remove_item(request, number):
    with turn:
        item(int(number))
        del items[int(number)]
        return Response(status=204)


key, ended = secrets.token_bytes(32), set()  # both are gone with the process, and so are all sessions


def signed(text):
    return f"{text}.{hmac.digest(key, text.encode(), 'sha256').hex()}"


def session(request):
    """The id and the count in the cookie of this client; a new id for one that we have not signed, or that is over."""
    for pair in request.headers.get("cookie", "").split(";"):
        name, _, value = pair.strip(" ").partition("=")
        text = value.rpartition(".")[0]
        if name == "session" and hmac.compare_digest(signed(text).encode(), value.encode()):
            who, count = text.split(":")
            if who not in ended:
                return who, int(count)
    return secrets.token_hex(16), 0


def cookie(value):
    return {"Set-Cookie": f"session={value}; Path=/; HttpOnly; SameSite=Lax"}


@app.route("GET", "/counter")
def counter(request):
    who, count = session(request)
    return Response(str(count + 1), headers=cookie(signed(f"{who}:{count + 1}")))


@app.route("POST", "/logout")
def logout(request):
    who, count = session(request)
    if count:
        ended.add(who)
    return Response(status=204, headers=cookie("gone; Max-Age=0"))


subscribers = set()


@app.route("POST", "/events")
def publish(request):
    lines = re.split("\r\n|\r|\n", request.body.decode("utf-8", "replace"))
    event = "".join(f"data: {line}\n" for line in lines) + "\n"
    for subscriber in list(subscribers):
        with suppress(queue.Full):  # it has not read for a long time
            subscriber.put_nowait(event.encode())
    return Response(status=204)


@app.route("GET", "/events")
def subscribe(request):
    waiting = queue.Queue(maxsize=1000)
    subscribers.add(waiting)  # before the head is sent: from then on, no event is missed

    def send_events(connection, stream):
        try:
            while True:
                try:
                    connection.sendall(waiting.get(timeout=5))
                except queue.Empty:
                    connection.sendall(b":\n\n")  # a comment, which shows whether the client is still there
        finally:
            subscribers.discard(waiting)

    headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-store", "Connection": "close"}
    return Response(headers=headers, goes_on=send_events)


def site(request):
    """A file of the site, for the paths that no route has."""
    if request.path.startswith("/api/"):
        raise Error(404, "the API has no such path")
    if request.method not in ("GET", "HEAD"):
        raise Error(405, "files can only be read", Allow="GET, HEAD")
    with suppress(OSError, ValueError):  # there is none, or it is a folder, or no file can have this name
        name = unquote(request.path).lstrip("/")
        path = (app.root / (name + "index.html" if name.endswith("/") or not name else name)).resolve()
        if path.is_relative_to(app.root):
            return Response(path.read_bytes(), type=guess_type(path.name)[0] or "application/octet-stream")
    raise Error(404, "there is nothing at this path")


app.fallback = site


# --- WebSocket: frames in both directions (RFC 6455) ---

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
CODES = {1000, 1001, 1002, 1003, *range(1007, 1015), *range(3000, 5000)}  # that a client may close with


class Goodbye(Exception):
    """The end, with a code that says why, as two bytes."""

    def __init__(self, code):
        super().__init__(code if isinstance(code, bytes) else struct.pack(">H", code))


@app.route("GET", "/ws")
def websocket(request):
    asks = request.has("upgrade", "websocket") and request.has("connection", "upgrade")
    if not asks or request.headers.get("sec-websocket-version") != "13":
        raise Error(426, "this path speaks WebSocket 13", Upgrade="websocket", Sec_WebSocket_Version="13")
    key = request.headers.get("sec-websocket-key", "")
    if not re.fullmatch("[A-Za-z0-9+/]{22}==", key):
        raise Error(400, "the key is not 16 bytes in base64")
    guid = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
    digest = hashlib.sha1(key.encode() + guid).digest()
    accept = {"Sec-WebSocket-Accept": base64.b64encode(digest).decode()}
    return Response(status=101, headers={"Upgrade": "websocket", "Connection": "Upgrade", **accept}, goes_on=converse)


def converse(connection, stream):
    """Send every message back, until one of the two says goodbye."""
    try:
        while True:
            send_frame(connection, *read_message(connection, stream))
    except Goodbye as goodbye:
        send_frame(connection, CLOSE, goodbye.args[0])


def read_message(connection, stream):
    """Its kind and its bytes, once all of its frames have come; in between come pings."""
    kind, message = None, b""
    while True:
        last, opcode, payload = read_frame(stream)
        if opcode == PING:
            send_frame(connection, PONG, payload)
        elif opcode == CLOSE:
            known = not payload or int.from_bytes(payload[:2], "big") in CODES
            raise Goodbye(payload[:2] if known else 1002)  # said back
        elif opcode != PONG:
            if (opcode == 0) == (kind is None) or opcode not in (0, TEXT, BINARY):
                raise Goodbye(1002)
            kind, message = kind or opcode, message + payload
            if len(message) > LARGEST_BODY:
                raise Goodbye(1009)
            if last:
                break
    try:
        message.decode() if kind == TEXT else None
    except UnicodeDecodeError:
        raise Goodbye(1007) from None
    return kind, message


def read_frame(stream):
    first, second = exactly(stream, 2)
    length = second & 127
    if length > 125:
        length = int.from_bytes(exactly(stream, 2 if length == 126 else 8), "big")
    if first & 0x70 or not second & 128 or (first & 8 and (length > 125 or not first & 128)):
        raise Goodbye(1002)  # a reserved bit, no mask, or a control frame that is long or cut
    if length > LARGEST_BODY:
        raise Goodbye(1009)
    mask, payload = exactly(stream, 4), exactly(stream, length)
    repeated = (mask * (length // 4 + 1))[:length]
    combined = int.from_bytes(payload, "big") ^ int.from_bytes(repeated, "big")
    return bool(first & 128), first & 15, combined.to_bytes(length, "big")


def send_frame(connection, opcode, payload):
    length = len(payload)
    if length < 126:
        head = struct.pack(">BB", 128 | opcode, length)
    elif length < 65536:
        head = struct.pack(">BBH", 128 | opcode, 126, length)
    else:
        head = struct.pack(">BBQ", 128 | opcode, 127, length)
    connection.sendall(head + payload)


# --- the server: bytes in, bytes out ---


def read_line(stream):
    line = stream.readline(LONGEST_LINE)
    if not line.endswith(b"\n"):
        raise ConnectionError("the client left in the middle of a line, or it was too long")
    return line.rstrip(b"\r\n").decode("latin-1")


def exactly(stream, count):
    data = stream.read(count)
    if len(data) < count:
        raise ConnectionError("the client left")
    return data


def send(connection, request, response, *, closing):
    reason = HTTPStatus(response.status).phrase
    headers = dict(response.headers)
    if not response.goes_on:
        if response.status != 204:
            headers["Content-Length"] = len(response.body)
        if closing:
            headers["Connection"] = "close"
    lines = [f"HTTP/1.1 {response.status} {reason}", *(f"{name}: {value}" for name, value in headers.items())]
    body = response.body if request is None or request.method != "HEAD" else b""
    connection.sendall("\r\n".join([*lines, "", ""]).encode("latin-1") + body)


def answer(connection, stream, client):
    """Answer one request; whether another one may follow."""
    request = Request(stream, client)
    if request.length > LARGEST_BODY:
        raise ValueError("the body is too large")
    if request.has("expect", "100-continue"):
        connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
    request.read_body(stream)
    response = app(request)
    closing = request.has("connection", "close") or request.version == "HTTP/1.0"
    send(connection, request, response, closing=closing)
    if response.goes_on and request.method == "GET":
        response.goes_on(connection, stream)
        return False
    return not closing


def serve(connection, client):
    """Answer one client until it leaves or asks to close."""
    with connection, connection.makefile("rb") as stream, suppress(OSError):
        try:
            while stream.peek(1) and answer(connection, stream, client):
                pass
        except ValueError as error:
            print(f"bad request: {error!r}", flush=True)
            send(connection, None, Response("this is no HTTP\n", 400), closing=True)
        connection.shutdown(socket.SHUT_WR)
        connection.settimeout(2)
        while connection.recv(65536):  # to close with bytes unread would be a reset
            pass


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--static", type=lambda given: Path(given).resolve(), default=Path.cwd())
    app.root = parser.parse_args().static
    app.templates = app.root / "templates"
    with socket.create_server(("localhost", 4221), backlog=128) as server:
        while True:
            connection, address = server.accept()
            threading.Thread(target=serve, args=(connection, address[0]), daemon=True).start()


if __name__ == "__main__":
    main()
