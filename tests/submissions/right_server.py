"""A right server for the whole course, the way a good learner writes it: blocking sockets, one thread a connection.

The broken submissions are this server with one method replaced, so each step that learners get wrong is a method.

Passes: http
"""

import argparse
import gzip
import os
import socket
import sys
import threading
import traceback
from pathlib import Path
from urllib.parse import quote, unquote

REASONS = {200: "OK", 201: "Created", 206: "Partial Content", 400: "Bad Request", 404: "Not Found"}
REASONS |= {500: "Internal Server Error", 405: "Method Not Allowed", 406: "Not Acceptable"}
LONGEST_HEAD = 65536


class Client:
    """One connection and what has come on it without having been used yet."""

    def __init__(self, connection, address):
        self.socket = connection
        self.address = address
        self.buffer = b""
        self.answered = 0


class Request:
    def __init__(self, method, target, version, headers):
        self.method = method
        self.target = target
        self.version = version
        self.headers = headers
        self.body = b""


class Response:
    def __init__(self, status, body=b"", content_type="text/plain"):
        self.status = status
        self.headers = {"Content-Type": content_type} if body or status == 200 else {}
        self.body = body


class Server:
    def __init__(self, directory=None):
        self.directory = Path(directory or ".").resolve()

    @classmethod
    def main(cls):
        parser = argparse.ArgumentParser()
        parser.add_argument("--directory")
        cls(parser.parse_args().directory).run()

    # --- connections ---------------------------------------------------------------------------------------

    def run(self):
        with self.listen() as listener:
            while True:
                self.start(*listener.accept())

    def listen(self):
        return socket.create_server(("localhost", 4221), backlog=128)

    def start(self, connection, address):
        threading.Thread(target=self.handle, args=(Client(connection, address),), daemon=True).start()

    def handle(self, client):
        """Whatever goes wrong on one connection ends that connection, and nothing else."""
        with client.socket:
            try:
                self.converse(client)
            except OSError as error:
                print(f"{client.address[0]} has gone: {error}", file=sys.stderr)
            except Exception:
                traceback.print_exc()

    def converse(self, client):
        while True:
            try:
                request = self.read_request(client)
            except ValueError:
                self.send(client, self.to_bytes(self.refuse()))
                return
            if request is None:
                return
            close = self.wants_close(client, request)
            self.send(client, self.to_bytes(self.respond(request, close)))
            client.answered += 1
            if close:
                return

    # --- reading -------------------------------------------------------------------------------------------

    def receive(self, client):
        """Whether something has come; False is the end of the connection."""
        data = client.socket.recv(65536)
        client.buffer += data
        return bool(data)

    def read_request(self, client):
        """The next request, or None when the client has left. ValueError: this is not HTTP."""
        head = self.read_head(client)
        if head is None:
            return None
        request = self.parse_head(head)
        request.body = self.read_body(client, request)
        return None if request.body is None else request

    def read_head(self, client):
        while b"\r\n\r\n" not in (waiting := self.skip_empty_lines(client.buffer)):
            if len(waiting) > LONGEST_HEAD:
                raise ValueError("the head is too long")
            if not self.receive(client):
                return None
        head, _, client.buffer = waiting.partition(b"\r\n\r\n")
        return head

    def skip_empty_lines(self, data):
        return data.lstrip(b"\r\n")

    def parse_head(self, head):
        start, *lines = self.decode(head).split("\r\n")
        return Request(*self.split_request_line(start), self.parse_headers(lines))

    def decode(self, head):
        return head.decode("latin-1")

    def split_request_line(self, line):
        method, target, version = line.split(" ")
        if not version.startswith("HTTP/1."):
            raise ValueError(f"what is {version}?")
        return method, target, version

    def parse_headers(self, lines):
        headers = {}
        for line in lines:
            name, value = self.parse_header(line)
            headers[name] = value
        return headers

    def parse_header(self, line):
        name, colon, value = line.partition(":")
        if not colon:
            raise ValueError(f"a header without a colon: {line}")
        return name.lower(), value.strip(" \t")

    def header(self, request, name, default=""):
        return request.headers.get(name.lower(), default)

    def content_length(self, request):
        return int(self.header(request, "Content-Length", "0"))

    def read_body(self, client, request):
        """Exactly Content-Length bytes; None when the client leaves before."""
        length = self.content_length(request)
        while len(client.buffer) < length:
            if not self.receive(client):
                return None
        body, client.buffer = client.buffer[:length], client.buffer[length:]
        return body

    # --- answering -----------------------------------------------------------------------------------------

    def respond(self, request, close):
        response = self.route(request, self.path(request.target))
        self.encode(request, response)
        self.frame(request, response)
        self.announce(request, response, close)
        if request.method == "HEAD":
            self.drop_body(response)
        return response

    def path(self, target):
        return target.partition("?")[0]

    def route(self, request, path):
        if path == "/":
            return self.root(request)
        if path.startswith("/echo/"):
            return self.echo(request, path)
        if path == "/user-agent":
            return self.user_agent(request)
        if path.startswith("/files/"):
            name = path.removeprefix("/files/")
            return self.store_file(request, name) if request.method == "POST" else self.serve_file(request, name)
        return self.not_found()

    def root(self, request):
        return Response(200, b"It works\n")

    def echo(self, request, path):
        return Response(200, self.echo_text(path).encode())

    def echo_text(self, path):
        return unquote(path.removeprefix("/echo/"))

    def user_agent(self, request):
        return Response(200, self.header(request, "User-Agent").encode("latin-1"))

    def not_found(self):
        return Response(404)

    def refuse(self):
        response = Response(400)
        response.headers.update({"Content-Length": "0", "Connection": "close"})
        return response

    # --- files ---------------------------------------------------------------------------------------------

    def place(self, name):
        """Where the file of this name is, or None when that is outside of the directory."""
        try:
            path = (self.directory / unquote(name)).resolve()
        except ValueError:  # there is a NUL in it
            return None
        return path if path.is_relative_to(self.directory) else None

    def place_to_read(self, name):
        return self.place(name)

    def place_to_write(self, name):
        return self.place(name)

    def serve_file(self, request, name):
        path = self.place_to_read(name)
        if path is None or not os.path.isfile(path):  # Path.is_file raises for a name that is too long
            return self.not_found()
        if not self.may_read(path):
            return self.not_found()
        return Response(200, self.load(path), "application/octet-stream")

    def may_read(self, path):
        return os.access(path, os.R_OK)

    def load(self, path):
        return path.read_bytes()

    def store_file(self, request, name):
        path = self.place_to_write(name)
        if path is None:
            return self.not_found()
        try:
            self.save(path, request.body)
        except OSError:
            return self.not_found()
        return self.created(request, name)

    def save(self, path, body):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)

    def created(self, request, name):
        response = Response(201)
        response.headers["Location"] = f"/files/{quote(unquote(name))}"
        return response

    # --- codings -------------------------------------------------------------------------------------------

    def encode(self, request, response):
        if response.headers.get("Content-Type") == "text/plain" and request.target.startswith("/echo/"):
            response.headers["Vary"] = "Accept-Encoding"
            if self.accepts_gzip(self.accepted(request)):
                self.compress(response)

    def accepted(self, request):
        return self.header(request, "Accept-Encoding")

    def accepts_gzip(self, listed):
        weights = dict(map(self.weight, self.items(listed)))
        return weights.get("gzip", 0) > 0 and weights["gzip"] >= weights.get("identity", 0)

    def items(self, listed):
        return [item.strip() for item in listed.split(",")]

    def weight(self, item):
        """The coding in lower case, and how much the client likes it."""
        coding, _, parameter = item.partition(";")
        name, _, q = parameter.partition("=")
        return coding.strip().lower(), self.q(q) if name.strip().lower() == "q" else 1.0

    def q(self, text):
        try:
            return float(text)
        except ValueError:
            return 0.0

    def compress(self, response):
        response.body = gzip.compress(response.body, mtime=0)
        response.headers["Content-Encoding"] = "gzip"

    # --- the end of an answer and of a connection ----------------------------------------------------------

    def frame(self, request, response):
        response.headers["Content-Length"] = str(self.length(response))

    def length(self, response):
        return len(response.body)

    def drop_body(self, response):
        response.body = b""

    def wants_close(self, client, request):
        options = [option.strip() for option in self.connection_header(request).lower().split(",")]
        return "close" in options or (request.version == "HTTP/1.0" and "keep-alive" not in options)

    def connection_header(self, request):
        return self.header(request, "Connection")

    def announce(self, request, response, close):
        if close:
            response.headers["Connection"] = "close"
        elif request.version == "HTTP/1.0":
            response.headers["Connection"] = "keep-alive"

    def to_bytes(self, response):
        lines = [f"HTTP/1.1 {response.status} {REASONS[response.status]}"]
        lines += [f"{name}: {value}" for name, value in response.headers.items()]
        return "\r\n".join([*lines, "", ""]).encode("latin-1") + response.body

    def send(self, client, data):
        client.socket.sendall(data)


if __name__ == "__main__":
    Server.main()
