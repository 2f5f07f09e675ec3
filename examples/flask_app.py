"""The web application with Flask: `pip install flask`. What is left to write is what makes this application its own."""

import argparse
import hashlib
import itertools
import queue
import re
import secrets
from datetime import datetime, timezone
from pathlib import Path

from flask import Flask, Response, abort, jsonify, render_template, request, send_from_directory, session
from markupsafe import escape
from werkzeug.exceptions import HTTPException

parser = argparse.ArgumentParser()
parser.add_argument("--static", type=lambda given: Path(given).resolve(), default=Path.cwd())
root = parser.parse_args().static

app = Flask(__name__, static_folder=None, template_folder=root / "templates")
app.config.update(SECRET_KEY=secrets.token_bytes(32), SESSION_COOKIE_SAMESITE="Lax")
items, numbers, subscribers = {}, itertools.count(1), set()


@app.after_request
def identify(response):
    given = request.headers.get("X-Request-ID", "")
    response.headers["X-Request-ID"] = given if re.fullmatch(r"[A-Za-z0-9._-]{1,64}", given) else secrets.token_hex(16)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@app.errorhandler(HTTPException)
def refused(error):
    if not request.path.startswith("/api/"):
        return error
    response = error.get_response()
    response.data = jsonify(error=error.description).data
    response.content_type = "application/json"
    return response


@app.get("/time")
def time():
    return Response(datetime.now(timezone.utc).isoformat(), mimetype="text/plain")


@app.get("/users/<int:user>")
def user(user):
    return jsonify(user_id=user)


@app.get("/search")
def search():
    return jsonify(q=request.args.get("q", ""), tags=request.args.getlist("tag"))


def single_or_list(fields):
    return {name: values if len(values) > 1 else values[0] for name, values in fields.lists()}


@app.post("/form")
def form():
    if request.mimetype != "application/x-www-form-urlencoded":
        abort(415)
    return jsonify(single_or_list(request.form))


def described(name, file):
    content = file.read()
    digest = hashlib.sha256(content).hexdigest()
    return {"name": name, "filename": file.filename, "type": file.mimetype, "size": len(content), "sha256": digest}


@app.post("/upload")
def upload():
    files = [described(name, file) for name, file in request.files.items(multi=True)]
    return jsonify(fields=single_or_list(request.form), files=files)


def text(name):
    value = request.get_json()
    if not isinstance(value, dict) or not isinstance(value.get(name), str):
        abort(422)
    return value[name]


@app.post("/post-something")
def post_something():
    return f"<!doctype html><title>Message</title><p>{escape(text('message'))}</p>"


@app.get("/hello")
def hello():
    return render_template("hello.html", name=request.args.get("name", ""))


@app.get("/boom")
def boom():
    raise RuntimeError("this handler is broken")


def item(number):
    if number not in items:
        abort(404)
    return {"id": number, "name": items[number]}


@app.get("/api/items")
def all_items():
    return jsonify([item(number) for number in list(items)])


@app.post("/api/items")
def add_item():
    name, number = text("name"), next(numbers)
    items[number] = name
    return jsonify(item(number)), 201, {"Location": f"/api/items/{number}"}


@app.get("/api/items/<int:number>")
def one_item(number):
    return jsonify(item(number))


@app.put("/api/items/<int:number>")
def replace_item(number):
    item(number)
    items[number] = text("name")
    return jsonify(item(number))


@app.delete("/api/items/<int:number>")
def remove_item(number):
    item(number)
    del items[number]
    return "", 204


@app.get("/counter")
def counter():
    session["count"] = session.get("count", 0) + 1
    return Response(str(session["count"]), mimetype="text/plain")


@app.post("/logout")
def logout():
    session.clear()
    return "", 204


@app.get("/events")
def subscribe():
    waiting = queue.Queue()
    subscribers.add(waiting)

    def events():
        try:
            yield ":\n\n"  # the head is only sent with the first part of a body
            while True:
                try:
                    yield waiting.get(timeout=5)
                except queue.Empty:
                    yield ":\n\n"  # shows whether the client is still there
        finally:
            subscribers.discard(waiting)

    return Response(events(), mimetype="text/event-stream", headers={"Cache-Control": "no-store"})


@app.post("/events")
def publish():
    lines = re.split("\r\n|\r|\n", request.get_data(as_text=True))
    for subscriber in list(subscribers):
        subscriber.put("".join(f"data: {line}\n" for line in lines) + "\n")
    return "", 204


@app.get("/", defaults={"name": "index.html"})
@app.get("/<path:name>")
def site(name):
    return send_from_directory(root, name)


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=4221, threaded=True)
