"""A small right server, cut into the steps in which right servers differ. By itself there is nothing odd about it.

passes: all
fails: none
advice: none
"""

import argparse
import contextlib
import gzip
import socket
import threading
from pathlib import Path
from urllib.parse import unquote_to_bytes

REASONS = {200: "OK", 201: "Created", 400: "Bad Request", 403: "Forbidden", 404: "Not Found"}
PORT = 4221


class BadRequest(ValueError):
    """What came is not HTTP."""


class Request:
    def __init__(self, method, target, version, headers):
        self.method, self.target, self.version, self.headers = method, target, version, headers
        self.path = target.partition("?")[0]
        self.body = b""
        self.length = self._length()
        options = [option.strip().lower() for option in headers.get("connection", "").split(",")]
        self.close = "close" in options or (version == "HTTP/1.0" and "keep-alive" not in options)

    def _length(self):
        value = self.headers.get("content-length", "0")
        if not value.isdecimal():
            raise BadRequest(value)
        return int(value)

    def weights(self):
        """Each coding that the client names, in lower case, and its weight."""
        found = {}
        for item in filter(None, map(str.strip, self.headers.get("accept-encoding", "").split(","))):
            coding, _, parameter = item.partition(";")
            name, _, q = parameter.partition("=")
            try:
                found[coding.strip().lower()] = float(q) if name.strip().lower() == "q" else 1.0
            except ValueError:
                found[coding.strip().lower()] = 0.0
        return found

    def accepts(self, coding):
        weights = self.weights()
        return weights.get(coding, 0.0) > 0 and weights[coding] >= weights.get("identity", 0.0)


class Response:
    def __init__(self, status, body=b"", kind="text/plain", **headers):
        self.status, self.body = status, body
        self.headers = {"Content-Type": kind} if body or status == 200 else {}
        self.headers |= {name.replace("_", "-"): value for name, value in headers.items()}


def parse_head(buffer):
    """The request whose head stands at the beginning of the buffer, and the bytes behind it; None: read on."""
    head, end, rest = buffer.lstrip(b"\r\n").partition(b"\r\n\r\n")
    if not end:
        if len(head) > 65536:
            raise BadRequest("too long")
        return None
    line, *fields = head.decode("latin-1").split("\r\n")
    try:
        method, target, version = line.split(" ")
        headers = {}
        for field in fields:
            name, colon, value = field.partition(":")
            if not colon:
                raise BadRequest(field)
            headers[name.lower()] = value.strip(" \t")
    except ValueError as error:
        raise BadRequest(line) from error
    if not version.startswith("HTTP/1."):
        raise BadRequest(version)
    return Request(method, target, version, headers), rest


def parse(buffer):
    """The whole request at the beginning of the buffer, and the bytes behind it; None: read on."""
    if (parsed := parse_head(buffer)) is None:
        return None
    request, rest = parsed
    if len(rest) < request.length:
        return None
    request.body = rest[: request.length]
    return request, rest[request.length :]


class Application:
    """From a request to an answer."""

    refusal = 404  # of what lies outside of the directory

    def __init__(self, directory):
        self.directory = Path(directory or ".").resolve()

    def answer(self, request):
        path = request.path
        if path == "/":
            return self.root()
        if path.startswith("/echo/"):
            return self.echo(request, self.text(path.removeprefix("/echo/")))
        if path == "/user-agent":
            return Response(200, request.headers.get("user-agent", "").encode("latin-1"))
        if path.startswith("/files/"):
            return self.files(request, path.removeprefix("/files/"))
        return self.not_found()

    def root(self):
        return Response(200)

    def not_found(self):
        return Response(404)

    def text(self, quoted):
        return unquote_to_bytes(quoted.encode("latin-1"))

    def echo(self, request, text):
        response = Response(200, text, Vary="Accept-Encoding")
        if request.accepts("gzip"):
            response.body = self.compress(text)
            response.headers["Content-Encoding"] = "gzip"
        return response

    def compress(self, data):
        return gzip.compress(data)

    def files(self, request, name):
        try:
            path = (self.directory / unquote_to_bytes(name.encode("latin-1")).decode(errors="replace")).resolve()
            if not path.is_relative_to(self.directory):
                return Response(self.refusal)
            if request.method == "POST":
                path.write_bytes(request.body)
                return self.created(name)
            return Response(200, path.read_bytes(), "application/octet-stream")
        except (OSError, ValueError):  # there is no such file, or none can have this name
            return self.not_found()

    def created(self, name):
        return Response(201, Location=f"/files/{name}")


class Server:
    """Blocking sockets, one thread a connection."""

    application = Application
    backlog = 128

    def __init__(self, directory=None):
        self.app = self.application(directory)

    @classmethod
    def main(cls):
        parser = argparse.ArgumentParser()
        parser.add_argument("--directory")
        cls(parser.parse_args().directory).run()

    def run(self):
        self.serve(self.listen())

    def listen(self):
        return socket.create_server(("127.0.0.1", PORT), backlog=self.backlog)

    def serve(self, listener):
        while True:
            connection, _ = listener.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self.handle, args=(connection,), daemon=True).start()

    def handle(self, connection):
        """Whatever goes wrong on one connection ends that connection, and nothing else."""
        with connection:
            with contextlib.suppress(OSError):
                self.converse(connection)
            self.leave(connection)

    def converse(self, connection):
        buffer = b""
        while True:
            try:
                while (parsed := parse(buffer)) is None:
                    if not (data := self.receive(connection)):
                        return
                    buffer += data
            except BadRequest:
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                return
            request, buffer = parsed
            if self.reply(connection, request):
                return

    def reply(self, connection, request):
        """Answer one request; whether the connection is to be closed."""
        response = self.app.answer(request)
        close = self.closes(request)
        self.frame(response)
        self.announce(request, response, close)
        self.send(connection, self.head(response), b"" if request.method == "HEAD" else self.body(response))
        return close

    def receive(self, connection):
        return connection.recv(65536)

    def closes(self, request):
        return request.close

    def frame(self, response):
        response.headers["Content-Length"] = str(len(response.body))

    def announce(self, request, response, close):
        if close:
            response.headers["Connection"] = "close"
        elif request.version == "HTTP/1.0":
            response.headers["Connection"] = "keep-alive"

    def head(self, response):
        lines = [self.status_line(response.status), *(self.field(*pair) for pair in response.headers.items())]
        return "".join(f"{line}\r\n" for line in [*lines, ""]).encode("latin-1")

    def status_line(self, status):
        return f"HTTP/1.1 {status} {REASONS[status]}"

    def field(self, name, value):
        return f"{name}: {value}"

    def body(self, response):
        return response.body

    def send(self, connection, head, body):
        connection.sendall(head + body)

    def leave(self, connection):
        """What is done before the socket is closed."""


if __name__ == "__main__":
    Server.main()
