"""Routes as decorators, as in Flask: an App finds the handler of a request, and knows nothing of sockets.

Below it, asyncio's readuntil and readexactly wait for what they were asked for, in however many pieces it comes."""

import argparse
import asyncio
import re
from contextlib import suppress
from http.client import responses
from pathlib import Path
from urllib.parse import quote, unquote

TEXT, BYTES = {"Content-Type": "text/plain"}, {"Content-Type": "application/octet-stream"}


class App:
    """Handlers, each with its method and the pattern of its paths."""

    def __init__(self):
        self.routes = []

    def route(self, method, pattern):
        """Decorate a handler. `{name}` in the pattern is any text; the handler gets it, decoded, by this name."""
        path = re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>.*)", pattern), re.DOTALL)

        def register(handler):
            self.routes.append((method, path, handler))
            return handler

        return register

    async def answer(self, request):
        """Status, headers and body."""
        for method, path, handler in self.routes:
            if method == request.method and (found := path.fullmatch(request.path)):
                with suppress(OSError):  # such a file is not there, or cannot be written
                    return await handler(request, **{name: unquote(text) for name, text in found.groupdict().items()})
        return 404, {}, b""


class Request:
    def __init__(self, head):
        start, *lines = head.decode("latin-1").strip("\r\n").split("\r\n")
        self.method, target, version = start.split(" ")
        self.path = target.partition("?")[0]
        self.headers = {}
        for line in lines:
            name, _, value = line.partition(":")
            self.headers[name.lower()] = value.strip(" \t")
        self.closes = version == "HTTP/1.0" or "close" in re.split("[ ,]+", self.headers.get("connection", "").lower())
        self.length = int(self.headers.get("content-length", 0))


async def serve(reader, writer):
    try:
        while True:
            request = Request(await reader.readuntil(b"\r\n\r\n"))
            request.body = await reader.readexactly(request.length)
            writer.write(to_bytes(*await app.answer(request), request.closes))
            await writer.drain()
            if request.closes:
                break
    except (ValueError, asyncio.LimitOverrunError):
        writer.write(to_bytes(400, {}, b"", closes=True))
    except (OSError, asyncio.IncompleteReadError):
        pass  # the client has left
    finally:
        writer.close()


def to_bytes(status, headers, body, closes):
    headers = {**headers, "Content-Length": len(body), "Connection": "close" if closes else "keep-alive"}
    lines = [f"HTTP/1.1 {status} {responses[status]}", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


app = App()


@app.route("GET", "/")
async def index(request):
    return 200, TEXT, b"It works.\n"


@app.route("GET", "/echo/{text}")
async def echo(request, text):
    return 200, TEXT, text.encode()


@app.route("GET", "/user-agent")
async def user_agent(request):
    return 200, TEXT, request.headers.get("user-agent", "").encode("latin-1")


@app.route("GET", "/files/{name}")
async def serve_file(request, name):
    return 200, BYTES, await asyncio.to_thread(place(name).read_bytes)  # meanwhile others are served


@app.route("POST", "/files/{name}")
async def store_file(request, name):
    await asyncio.to_thread(place(name).write_bytes, request.body)
    return 201, {"Location": f"/files/{quote(name)}"}, b""


def place(name):
    """Where the file of this name is; ValueError for what a `..`, a slash or a link leads out of the directory."""
    return directory / (directory / name).resolve().relative_to(directory)


async def main():
    async with await asyncio.start_server(serve, "localhost", 4221, backlog=128) as server:
        await server.serve_forever()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--directory", type=Path, default=Path())
    directory = parser.parse_args().directory.resolve()
    asyncio.run(main())
