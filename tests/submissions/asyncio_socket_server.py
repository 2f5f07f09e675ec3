"""A right server for the services below HTTP on an event loop: streams for TCP, the socket itself for UDP.

It does what its argument names.

Passes: tcp-ping-pong, tcp-echo, udp-echo
"""

import asyncio
import socket
import sys

PORT = 4221


async def ping_pong(reader, writer):
    if await reader.read(65536):
        writer.write(b"pong\n")
        await writer.drain()
        writer.write_eof()
        while await reader.read(65536):
            pass


async def echo(reader, writer):
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()


async def serve(talk, reader, writer):
    try:
        await talk(reader, writer)
    except OSError:
        pass  # the client has reset the connection
    finally:
        writer.close()


async def serve_tcp(talk):
    server = await asyncio.start_server(lambda *client: serve(talk, *client), "127.0.0.1", PORT)
    await server.serve_forever()


async def serve_udp():
    loop, endpoint = asyncio.get_running_loop(), socket.socket(type=socket.SOCK_DGRAM)
    endpoint.setblocking(False)
    endpoint.bind(("127.0.0.1", PORT))
    while True:
        data, client = await loop.sock_recvfrom(endpoint, 65535)
        await loop.sock_sendto(endpoint, data, client)


if __name__ == "__main__":
    services = {"ping-pong": lambda: serve_tcp(ping_pong), "echo": lambda: serve_tcp(echo), "udp-echo": serve_udp}
    asyncio.run(services[sys.argv[1]]())
