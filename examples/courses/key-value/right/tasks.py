"""A right server: asyncio, a task for each client. It answers in several small writes."""

import asyncio

PORT = 6379
values = {}


def answer_to(line):
    words = line.split(" ")
    if words == ["PING"]:
        return "PONG"
    if words[0] == "SET" and len(words) > 2:
        values[words[1]] = " ".join(words[2:])
        return "OK"
    if words[0] == "GET" and len(words) == 2:
        return f"VALUE {values[words[1]]}" if words[1] in values else "NONE"
    return "ERROR"


async def serve(reader, writer):
    try:
        while (line := await reader.readline()).endswith(b"\n"):
            for byte in answer_to(line.decode()[:-1]).encode() + b"\n":
                writer.write(bytes([byte]))
            await writer.drain()
    except ConnectionError:
        pass
    finally:
        writer.close()


class Datagrams(asyncio.DatagramProtocol):
    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, address):
        self.transport.sendto(answer_to(data.decode().removesuffix("\n")).encode() + b"\n", address)


async def main():
    await asyncio.get_running_loop().create_datagram_endpoint(Datagrams, ("127.0.0.1", PORT))
    async with await asyncio.start_server(serve, "localhost", PORT) as server:
        await server.serve_forever()


asyncio.run(main())
