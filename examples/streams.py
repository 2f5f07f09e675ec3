"""asyncio with streams: a coroutine for each client, all in one thread.

It reads like threads.py with `await` in front of whatever waits. There, and only there, a coroutine steps aside, and
the event loop runs those whose clients have sent something. So nothing needs a lock; and a handler that blocks, or
computes for a second, holds up all clients."""

import asyncio
from urllib.parse import unquote

ADDRESS = ("localhost", 4221)
PIECE = 64 * 1024  # read returns at most so many bytes, and often fewer


async def main():
    server = await asyncio.start_server(serve, *ADDRESS, backlog=128)  # accepts, and calls serve for each client
    async with server:
        await server.serve_forever()


async def serve(reader, writer):
    """What goes wrong on one connection ends this coroutine, and nothing else."""
    try:
        await converse(reader, writer)
        await hang_up(reader, writer)
    except OSError as error:
        print(f"connection lost: {error}")
    finally:
        writer.close()


async def converse(reader, writer):
    """Answer request after request, until the client leaves or asks to close."""
    received = b""  # a local variable: each coroutine has its own
    while True:
        try:
            request, received = take_request(received)
        except ValueError:
            writer.write(BAD_REQUEST)
            return
        if request:
            writer.write(respond(request, request.closes))  # only puts the answer into a buffer
            await writer.drain()  # waits while that buffer is full: the client reads slowly
            if request.closes:
                return
        elif piece := await reader.read(PIECE):  # waits for the client; other coroutines run
            received += piece
        else:
            return  # the client has left


async def hang_up(reader, writer):
    """Say that nothing follows, and wait until the client has left, too. If we closed while it still sends, the kernel
    would reset the connection, and the client might lose its answer."""
    writer.write_eof()
    async with asyncio.timeout(2):
        while await reader.read(PIECE):
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
    asyncio.run(main())
