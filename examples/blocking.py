"""One client at a time: accept, read, answer, close. All others wait until it is over.

Read this program first. threads.py, streams.py and protocol.py serve many clients, and change only what is above the
line: who waits, and where."""

import socket
from urllib.parse import unquote

ADDRESS = ("localhost", 4221)
PIECE = 64 * 1024  # recv returns at most so many bytes, and often fewer


def main():
    with socket.create_server(ADDRESS) as listener:
        while True:
            client, _ = listener.accept()  # waits for a client
            with client:
                try:
                    serve(client)
                except OSError as error:  # the client is gone, and the server is not
                    print(f"connection lost: {error}")


def serve(client):
    """Answer one request and close: while this connection is open, nobody else is served."""
    try:
        request = read_request(client)
    except ValueError:
        client.sendall(BAD_REQUEST)
    else:
        if request:
            client.sendall(respond(request, closes=True))  # waits until the kernel has taken all of it
    hang_up(client)


def read_request(client):
    """Receive until the request is whole, in as many pieces as it takes. None when the client leaves before."""
    received = b""
    while True:
        request, received = take_request(received)
        if request:
            return request
        if not (piece := client.recv(PIECE)):  # waits for the client
            return None
        received += piece


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
