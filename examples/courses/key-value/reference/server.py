"""The reference of the course: a store of keys and values, over TCP and over UDP.

Run `python3 reference/server.py` for port 6379, or add `--unix PATH` to listen on a Unix socket instead.
Begin to read at `answer_to`: it is the whole protocol. What follows only carries lines to it and back.
"""

import argparse
import asyncio

PORT = 6379


class Store:
    """Keys and values, and what each request does with them."""

    def __init__(self):
        self.values = {}

    def answer_to(self, line):
        """The answer to one request; both are text without a line end."""
        command, _, rest = line.partition(" ")
        key, blank, value = rest.partition(" ")
        if command == "PING" and not rest:
            return "PONG"
        if command == "SET" and key and blank:
            self.values[key] = value
            return "OK"
        if command == "GET" and key and not blank:
            return f"VALUE {self.values[key]}" if key in self.values else "NONE"
        if command == "DEL" and key and not blank:
            return "OK" if self.values.pop(key, None) is not None else "NONE"
        return "ERROR"


class Datagrams(asyncio.DatagramProtocol):
    """The same over UDP: a datagram is a request, and is answered by one datagram."""

    def __init__(self, store):
        self.store = store

    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, address):
        answer = self.store.answer_to(data.decode().removesuffix("\n"))
        self.transport.sendto(f"{answer}\n".encode(), address)


async def serve_client(store, reader, writer):
    """Answer line after line until the client closes."""
    try:
        while line := await reader.readline():
            writer.write(f"{store.answer_to(line.decode().removesuffix(chr(10)))}\n".encode())
            await writer.drain()
    except ConnectionError:
        pass  # the client has left
    finally:
        writer.close()


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--unix", metavar="PATH")
    path = parser.parse_args().unix
    store = Store()

    async def client(reader, writer):
        await serve_client(store, reader, writer)

    if path is not None:
        server = await asyncio.start_unix_server(client, path)
    else:
        server = await asyncio.start_server(client, "127.0.0.1", PORT)
        loop = asyncio.get_running_loop()
        await loop.create_datagram_endpoint(lambda: Datagrams(store), ("127.0.0.1", PORT))
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
