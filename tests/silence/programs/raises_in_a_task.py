"""A task raises, and nobody asks what became of it."""

import asyncio


async def handle(reader, writer):
    try:
        head = await reader.readuntil(b"\r\n\r\n")
        answers[writer] = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" + head["body"]  # here
    finally:
        writer.close()  # asyncio does it by itself, where it is new enough


async def main():
    async with await asyncio.start_server(handle, "127.0.0.1", 4221) as server:
        await server.serve_forever()


answers = {}
asyncio.run(main())
