"""A thread for each client: the code of blocking.py, many times at once.

While one thread waits in recv, the others run. A slow handler holds up only its own client. The price is a thread, with
its stack, for each open connection; and what threads share needs a lock. Here they share nothing."""

import socket
import threading
from urllib.parse import unquote

ADDRESS = ("localhost", 4221)
PIECE = 64 * 1024  # recv returns at most so many bytes, and often fewer


def main():
    with socket.create_server(ADDRESS, backlog=128) as listener:
        while True:
            client, _ = listener.accept()  # waits for a client, while the threads serve theirs
            threading.Thread(target=serve, args=(client,), daemon=True).start()


def serve(client):
    """What goes wrong on one connection ends this thread, and nothing else."""
    with client:
        try:
            converse(client)
            hang_up(client)
        except OSError as error:
            print(f"connection lost: {error}")


def converse(client):
    """Answer request after request, until the client leaves or asks to close."""
    received = b""  # a local variable: each thread has its own
    while True:
        try:
            request, received = take_request(received)
        except ValueError:
            client.sendall(BAD_REQUEST)
            return
        if request:
            client.sendall(respond(request, request.closes))  # waits until the kernel has taken all of it
            if request.closes:
                return
        elif piece := client.recv(PIECE):  # waits for the client; other threads run
            received += piece
        else:
            return  # the client has left


def hang_up(client):
    """Say that nothing follows, and wait until the client has left, too. If we closed while it still sends, the kernel
    would reset the connection, and the client might lose its answer."""
    client.shutdown(socket.SHUT_WR)
    client.settimeout(2)
    while client.recv(PIECE):
        pass


# --- HTTP, from here on the same in blocking.py, threads.py, streams.py and protocol.py ---
LONGEST_REQUEST = 1024 * 1024
BAD_REQUEST = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Request:
    """What a client asks for. The names of its headers are in lower case."""

    def __init__(self, head):
        start, *lines = head.decode("latin-1").split("\r\n")
        self.method, target, version = start.split(" ")
        self.path = target.partition("?")[0]
        self.headers = {}
        for line in lines:
            name, _, value = line.partition(":")
            self.headers[name.lower()] = value.strip(" \t")
        options = [option.strip() for option in self.headers.get("connection", "").lower().split(",")]
        self.closes = "close" in options or version == "HTTP/1.0"
        self.length = int(self.headers.get("content-length", 0))
        if self.length < 0 or "transfer-encoding" in self.headers:
            raise ValueError("where does this body end?")


def take_request(received):
    """Its first request, or None while that is not whole, and what is left. Raises ValueError for what is not HTTP."""
    head, end, rest = received.lstrip(b"\r\n").partition(b"\r\n\r\n")  # an empty line before it is no harm
    if end:
        request = Request(head)
        if len(rest) >= request.length:
            return request, rest[request.length :]
    if len(received) > LONGEST_REQUEST:
        raise ValueError("this request is too long")
    return None, received


def respond(request, closes):
    """The whole answer. Content-Length says where it ends, and Connection: close that nothing follows."""
    status, body = route(request)
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nContent-Length: {len(body)}\r\n"
    head += "Connection: close\r\n" if closes else ""
    return f"{head}\r\n".encode() + (b"" if request.method == "HEAD" else body)


def route(request):
    if request.path == "/":
        return "200 OK", b"It works.\n"
    if request.path.startswith("/echo/"):
        return "200 OK", unquote(request.path.removeprefix("/echo/")).encode()
    if request.path == "/user-agent":
        return "200 OK", request.headers.get("user-agent", "").encode("latin-1")
    return "404 Not Found", b"There is nothing here.\n"


if __name__ == "__main__":
    main()
