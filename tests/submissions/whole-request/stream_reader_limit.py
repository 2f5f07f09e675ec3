"""A line of 64 KiB raises LimitOverrunError in asyncio's readuntil, and the client gets no answer.

Caught by: whole-request/too_long_line
"""

import asyncio


async def serve(reader, writer):
    try:
        head = await reader.readuntil(b"\r\n\r\n")
        writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(head) + head
        )
        await writer.drain()
    finally:
        writer.close()


async def main():
    async with await asyncio.start_server(serve, "localhost", 4221) as server:
        await server.serve_forever()


asyncio.run(main())
