"""A coroutine that reads to the end of the connection."""

import asyncio


async def handle(reader, writer):
    await reader.read(-1)
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
    writer.close()


async def main():
    async with await asyncio.start_server(handle, "127.0.0.1", 4221) as server:
        await server.serve_forever()


asyncio.run(main())
