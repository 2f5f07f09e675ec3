"""A small HTTP/1.1 server: every stage of the course, one thread a connection, standard library only."""

import argparse
import gzip
import socket
import threading
from pathlib import Path
from urllib.parse import unquote

REASONS = {200: "OK", 201: "Created", 400: "Bad Request", 404: "Not Found"}
LONGEST_HEAD = 64 * 1024


class Request:
    """One request, read from a buffered stream, which waits until as much has come as it is asked for."""

    def __init__(self, stream):
        self.method, target, self.version = read_line(stream).split(" ")
        self.path = target.partition("?")[0]
        self.headers = {}
        while line := read_line(stream):
            name, _, value = line.partition(":")
            self.headers[name.lower()] = value.strip(" \t")
        length = int(self.headers.get("content-length", 0))
        self.body = stream.read(length)
        if len(self.body) < length:
            raise ConnectionError("the client left in the middle of a body")

    def accepts_gzip(self):
        """No weight means 1, and q=0 refuses."""
        weights = {}
        for item in self.headers.get("accept-encoding", "").lower().split(","):
            coding, _, weight = "".join(item.split()).partition(";q=")
            weights[coding] = float(weight or 1)
        return weights.get("gzip", 0) > 0 and weights["gzip"] >= weights.get("identity", 0)

    def wants_close(self):
        """HTTP/1.1 keeps the connection open unless told otherwise, HTTP/1.0 closes it."""
        options = [option.strip() for option in self.headers.get("connection", "").lower().split(",")]
        return "close" in options or (self.version == "HTTP/1.0" and "keep-alive" not in options)


def read_line(stream):
    line = stream.readline(LONGEST_HEAD)
    if not line.endswith(b"\n"):
        raise ConnectionError("the client left in the middle of a line")
    return line.rstrip(b"\r\n").decode("latin-1")


def read_requests(stream):
    """One request after the other, until the client has left."""
    while start := stream.peek(1)[:1]:
        if start in b"\r\n":  # an empty line before a request is no harm
            stream.read(1)
        else:
            yield Request(stream)


def answer(request, directory):
    """What to answer: status, headers, body."""
    if request.path.startswith("/files/") and directory:
        return answer_file(request, directory, unquote(request.path.removeprefix("/files/")))
    if request.path == "/":
        return 200, {}, b""
    if request.path.startswith("/echo/"):
        return text(request, unquote(request.path.removeprefix("/echo/")).encode())
    if request.path == "/user-agent":
        return text(request, request.headers.get("user-agent", "").encode("latin-1"))
    return 404, {}, b""


def text(request, body):
    headers = {"Content-Type": "text/plain", "Vary": "Accept-Encoding"}
    if request.accepts_gzip():
        headers["Content-Encoding"] = "gzip"
        body = gzip.compress(body)
    return 200, headers, body


def answer_file(request, directory, name):
    try:
        path = (directory / name).resolve()  # resolved first: then no "..", no absolute name and no link leads out
        if not path.is_relative_to(directory):
            return 404, {}, b""
        if request.method == "POST":
            path.write_bytes(request.body)
            return 201, {"Location": request.path}, b""
        return 200, {"Content-Type": "application/octet-stream"}, path.read_bytes()
    except (OSError, ValueError):  # there is no such file, it is a directory, or no file can have this name
        return 404, {}, b""


def send(connection, status, headers, body, with_body=True):
    headers = {"Content-Length": len(body), **headers}
    lines = [f"HTTP/1.1 {status} {REASONS[status]}", *(f"{name}: {value}" for name, value in headers.items())]
    head = "\r\n".join(lines) + "\r\n\r\n"
    connection.sendall(head.encode("latin-1") + (body if with_body else b""))


def serve(connection, directory):
    """Answer one client until it leaves or asks to close."""
    with connection, connection.makefile("rb") as stream:
        try:
            for request in read_requests(stream):
                status, headers, body = answer(request, directory)
                if request.wants_close():
                    headers["Connection"] = "close"
                elif request.version == "HTTP/1.0":
                    headers["Connection"] = "keep-alive"  # else a client of this version expects the end
                send(connection, status, headers, body, with_body=request.method != "HEAD")
                if request.wants_close():
                    return
        except ValueError as error:
            print(f"bad request: {error}", flush=True)
            send(connection, 400, {"Connection": "close"}, b"")
        except OSError as error:
            print(f"connection lost: {error}", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--directory", type=lambda given: Path(given).resolve())
    directory = parser.parse_args().directory
    with socket.create_server(("localhost", 4221), backlog=128) as server:
        while True:
            connection, _ = server.accept()
            threading.Thread(target=serve, args=(connection, directory), daemon=True).start()


if __name__ == "__main__":
    main()
