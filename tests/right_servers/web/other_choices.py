"""The finished web application of examples/, which decides otherwise wherever the course leaves it open: other
statuses, ids that are no numbers, sessions that are kept here, times of another zone, frames in pieces."""

import json
import queue
import re
import secrets
import sys
import time
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3] / "examples"))

import web_app
from web_app import Error, Response, app


def route(method, pattern):
    """Instead of the route of this method and pattern, if there is one."""

    def register(handler):
        app.route(method, pattern)(handler)
        *others, new = app.routes
        app.routes[:] = [new, *(old for old in others if old[:2] != new[:2])]
        return handler

    return register


def as_json(value, status=200, headers=()):
    """Indented, in another order, and not escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True)
    whole = text.encode("utf-8", "replace").decode()  # half a character cannot be sent
    return Response(f"\n{whole}\n", status, "Application/JSON; charset=UTF-8", headers)


def as_html(text):
    """With a number for every character that is no letter."""
    shown = re.sub(r"[^A-Za-z]", lambda found: f"&#{ord(found[0])};", text)
    return Response(f"<HTML><head><title>A page</title><body class=page><P>{shown}", type="text/html")


@route("GET", "/time")
def current_time(request):
    now = datetime.now(timezone(timedelta(hours=5, minutes=45)))
    return Response(now.isoformat(timespec="milliseconds").replace("T", "t"))


@route("GET", "/users/{user}")
def user(request, user):
    if not re.fullmatch("[0-9]{1,9}", user):
        raise Error(422, "not a number")
    return as_json({"user_id": int(user)})


@route("POST", "/users/{user}")
def no_post(request, user):
    raise Error(404, "nobody posts users")


@route("GET", "/search")
def search(request):
    found = web_app.fields(request.query)
    return as_json({"tags": found.get("tag", []), "q": found.get("q", [""])[0]})


def expect_type(request, wanted):
    """Any type but the right one is a bad request."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != wanted:
        raise Error(400, f"this needs {wanted}")


def text_of(request, name):
    """What is no JSON cannot be processed, and what has another shape is a bad request."""
    expect_type(request, "application/json")
    try:
        value = json.loads(request.body)
    except (ValueError, RecursionError):
        raise Error(422, "this is no JSON") from None
    if not isinstance(value, dict) or not isinstance(value.get(name), str):
        raise Error(400, "another shape is needed")
    return value[name]


web_app.Request.expect_type, web_app.Request.json = expect_type, text_of


@route("POST", "/form")
def form(request):
    request.expect_type("application/x-www-form-urlencoded")
    return as_json(web_app.single_or_list(web_app.fields(request.body.decode("utf-8", "replace"))))


@route("POST", "/upload")
def upload(request):
    answer = json.loads(web_app.upload(request).body)
    for file in answer["files"]:
        file["type"] = file["type"] or None
    return as_json(answer)


@route("POST", "/post-something")
def post_something(request):
    return as_html(request.json("message"))


@route("GET", "/boom")
def boom(request):
    sys.stderr.write("a handler is broken\n")
    return Response(status=500)


items = {}


def item(number):
    if number not in items:
        raise Error(404, "there is no such item")
    return {"id": number, "name": items[number]}


@route("GET", "/api/items")
def all_items(request):
    return as_json([item(number) for number in reversed(list(items))])


@route("POST", "/api/items")
def add_item(request):
    name, number = request.json("name"), secrets.token_urlsafe(9)
    items[number] = name
    return as_json(item(number), 201, {"Location": f"http://{request.headers['host']}/api/items/{number}"})


@route("GET", "/api/items/{number}")
def one_item(request, number):
    return as_json(item(number))


@route("PUT", "/api/items/{number}")
def replace_item(request, number):
    name = request.json("name")
    item(number)
    items[number] = name
    return Response(status=204)


@route("DELETE", "/api/items/{number}")
def remove_item(request, number):
    item(number)
    del items[number]
    return Response(status=204)


counts = {}


def session(request):
    found = re.search(r"(?:^|; ?)SID=([0-9a-f]{32})(?:;|$)", request.headers.get("cookie", ""))
    return found[1] if found and found[1] in counts else ""


@route("GET", "/counter")
def counter(request):
    """The id is handed out once, and the count is kept here."""
    known = session(request)
    who = known or secrets.token_hex(16)
    counts[who] = counts.get(who, 0) + 1
    cookie = {"Set-Cookie": f"SID={who}; max-age=3600; HTTPONLY; path=/; SameSite=Strict"}
    return Response(str(counts[who]), headers={} if known else cookie)


@route("POST", "/logout")
def logout(request):
    """The client may keep its cookie: it is worth nothing."""
    counts.pop(session(request), None)
    return Response("goodbye", 303, headers={"Location": "/"})


@route("GET", "/hello")
def hello(request):
    name = web_app.fields(request.query).get("name", [""])[0]
    template = (app.templates / "hello.html").read_text(encoding="utf-8")
    shown = re.sub(r"[^A-Za-z]", lambda found: f"&#x{ord(found[0]):X};", name)
    return Response(re.sub(r"\{\{\s*name\s*\}\}", lambda gap: shown, template), type="text/html")


def log(handler, request):
    """In the combined format, on standard error, with the name of the host and the time of another zone."""
    response = handler(request)
    line = request.line.replace("\\", "\\\\").replace('"', '\\"')
    line = re.sub("[^ -~]", lambda found: f"\\x{ord(found[0]):02X}", line)
    date = time.strftime("%d/%b/%Y:%H:%M:%S -0500", time.gmtime(time.time() - 5 * 3600))
    size = len(response.body) if response.body else "-"
    sys.stderr.write(f'localhost - frank [{date}] "{line}" {response.status} {size} "-" "-"\n')
    return response


app.layers[0] = log


@route("GET", "/events")
def subscribe(request):
    """With comments, ids, times to come again, CRLF, and no blank where none is needed."""
    waiting = queue.Queue()
    web_app.subscribers.add(waiting)

    def send_events(connection, stream):
        try:
            connection.sendall("\ufeffretry: 1000\r\n\r\n: welcome\r\n\r\n".encode())
            while True:
                with suppress(queue.Empty):
                    lines = waiting.get(timeout=5).split(b"\n")[:-2]
                    data = b"".join(shorter(line) + b"\r\nevent: message\r\n" for line in lines)
                    for part in (b":\r\nid: 7\r\n", data, b"\r\n"):
                        connection.sendall(part)
        finally:
            web_app.subscribers.discard(waiting)

    headers = {"content-type": "text/event-stream; charset=utf-8", "connection": "close"}
    return Response(headers=headers, goes_on=send_events)


def shorter(line):
    return line if line[6:7] == b" " else line.replace(b"data: ", b"data:", 1)


@route("POST", "/events")
def publish(request):
    web_app.publish(request)
    return as_json({"sent": True}, 202)


@route("GET", "/ws")
def websocket(request):
    if not request.has("upgrade", "websocket"):
        raise Error(400, "this path speaks WebSocket")
    response = web_app.websocket(request)
    names = {name.lower(): value for name, value in response.headers.items()}
    return Response(status=101, headers=names, goes_on=converse)


def converse(connection, stream):
    """Each answer comes in pieces, with a ping in between, and the goodbye has a reason."""
    try:
        while True:
            kind, message = web_app.read_message(connection, stream)
            send_in_pieces(connection, kind, message)
    except web_app.Goodbye as goodbye:
        code = goodbye.args[0]
        web_app.send_frame(connection, web_app.CLOSE, code and code + b"until next time")


def send_in_pieces(connection, kind, message):
    half = len(message) // 2
    pieces = [message[:half], message[half:], b""]
    for number, piece in enumerate(pieces):
        frame = Recorded()
        web_app.send_frame(frame, 0 if number else kind, piece)
        first = frame.sent[0] & 0x7F | (0x80 if number == len(pieces) - 1 else 0)
        connection.sendall(bytes([first]) + frame.sent[1:])
        if number == 0:
            web_app.send_frame(connection, web_app.PING, b"there?")


class Recorded:
    def sendall(self, data):
        self.sent = data


if __name__ == "__main__":
    print("a web application that decides otherwise", flush=True)
    web_app.main()
