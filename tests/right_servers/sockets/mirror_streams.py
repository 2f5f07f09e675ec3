"""The head comes back, with asyncio's streams: LimitOverrunError becomes 414."""

import asyncio


async def serve(reader, writer):
    try:
        status, head = "200 OK", await reader.readuntil(b"\r\n\r\n")
    except asyncio.LimitOverrunError:
        status, head = "414 URI Too Long", b""
    except asyncio.IncompleteReadError:
        writer.close()
        return
    writer.write(f"HTTP/1.1 {status}\r\nContent-Length: {len(head)}\r\nConnection: close\r\n\r\n".encode() + head)
    writer.write_eof()
    while await reader.read(65536):
        pass
    writer.close()


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 4221)
    await server.serve_forever()


asyncio.run(main())
