"""A small server that waits in awkward ways, which are joined by +: `endless+ticking`.

endless: no answer has a length, and no connection is closed. ticking: each read looks up ten times
a second. spinning: a client that has left is read from for ever.
"""

import argparse
import socket
import threading
from pathlib import Path

STATUS = {200: "OK", 201: "Created", 404: "Not Found"}


def answer(kind, client, status, body=b"", media="text/plain"):
    length = "" if "endless" in kind else f"Content-Length: {len(body)}\r\n"
    head = f"HTTP/1.1 {status} {STATUS[status]}\r\nContent-Type: {media}\r\n{length}\r\n"
    client.settimeout(None)
    client.sendall(head.encode() + body)
    client.settimeout(0.1 if "ticking" in kind else None)


def read(kind, client):
    while True:
        try:
            piece = client.recv(65536)
        except TimeoutError:
            continue
        if piece or "spinning" not in kind:
            return piece


def serve(kind, directory, client):
    if "ticking" in kind:
        client.settimeout(0.1)
    data = b""
    while True:
        while b"\r\n\r\n" not in data:
            piece = read(kind, client)
            if not piece:
                return
            data += piece
        head, data = data.split(b"\r\n\r\n", 1)
        first, *lines = head.decode("latin-1").split("\r\n")
        method, path = first.split()[:2]
        headers = {}
        for line in lines:
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        while len(data) < int(headers.get("content-length", 0)):
            piece = read(kind, client)
            if not piece:
                return
            data += piece
        body, data = data, b""
        respond(kind, directory, client, method, path, headers, body)


def respond(kind, directory, client, method, path, headers, body):
    if path == "/":
        answer(kind, client, 200)
    elif path.startswith("/echo/"):
        answer(kind, client, 200, path[6:].encode("latin-1"))
    elif path == "/user-agent":
        answer(kind, client, 200, headers.get("user-agent", "").encode("latin-1"))
    elif path.startswith("/files/") and "/" not in path[7:] and ".." not in path:
        file = Path(directory, path[7:])
        if method == "POST":
            file.write_bytes(body)
            answer(kind, client, 201)
        elif file.is_file():
            answer(kind, client, 200, file.read_bytes(), "application/octet-stream")
        else:
            answer(kind, client, 404)
    else:
        answer(kind, client, 404)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("kind")
    parser.add_argument("--directory", default=".")
    asked = parser.parse_args()
    with socket.create_server(("127.0.0.1", 4221), backlog=128) as server:
        while True:
            client, _ = server.accept()
            whose = (asked.kind, asked.directory, client)
            threading.Thread(target=serve, args=whose, daemon=True).start()


main()
