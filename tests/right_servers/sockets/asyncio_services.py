"""The services as the documentation of asyncio shows them: streams, and a datagram endpoint."""

import asyncio
import sys


async def ping_pong(reader, writer):
    if await reader.readline():
        writer.write(b"pong\n")
        await writer.drain()
    writer.close()


async def echo(reader, writer):
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    writer.close()


class EchoProtocol(asyncio.DatagramProtocol):
    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, address):
        self.transport.sendto(data, address)


async def main(name):
    if name == "udp-echo":
        await asyncio.get_running_loop().create_datagram_endpoint(EchoProtocol, local_addr=("127.0.0.1", 4221))
        await asyncio.Event().wait()
    server = await asyncio.start_server({"ping-pong": ping_pong, "echo": echo}[name], "127.0.0.1", 4221)
    await server.serve_forever()


asyncio.run(main(sys.argv[1]))
