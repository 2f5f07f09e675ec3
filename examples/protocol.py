"""asyncio with callbacks: an object for each client, called when something happens to it.

This is what the streams are made of. No line waits, so there is no loop over one client: what a coroutine keeps in
local variables, the object keeps in attributes, and each method goes on where the last one stopped."""

import asyncio
from urllib.parse import unquote

ADDRESS = ("localhost", 4221)


async def main():
    loop = asyncio.get_running_loop()  # it accepts, and makes an object for each client
    server = await loop.create_server(Client, *ADDRESS, backlog=128)
    async with server:
        await server.serve_forever()


class Client(asyncio.Protocol):
    """One connection. Each method returns at once."""

    def connection_made(self, transport):
        self.transport = transport
        self.received = b""
        self.closing = False

    def data_received(self, data):
        if not self.closing:
            self.received += data
            self.answer()

    def answer(self):
        """Answer the requests that are whole, as long as the client takes the answers."""
        while self.transport.is_reading() and not self.closing:
            try:
                request, self.received = take_request(self.received)
            except ValueError:
                self.transport.write(BAD_REQUEST)
                self.hang_up()
                return
            if request is None:
                return  # data_received will be called again
            self.transport.write(respond(request, request.closes))  # never waits, but may call pause_writing
            if request.closes:
                self.hang_up()

    def pause_writing(self):
        """The client reads slowly: take no more requests, or its answers fill our memory."""
        self.transport.pause_reading()

    def resume_writing(self):
        self.transport.resume_reading()
        self.answer()

    def hang_up(self):
        """Say that nothing follows. When the client leaves too, asyncio closes the connection; after 2 s we do."""
        self.closing = True
        self.transport.write_eof()
        asyncio.get_running_loop().call_later(2, self.transport.abort)

    def connection_lost(self, error):
        if error:
            print(f"connection lost: {error}")


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
    asyncio.run(main())
