"""Is written with the streams of asyncio.

passes: all
fails: none
advice: none
"""

import asyncio

from right import PORT, BadRequest, Server, parse


class Odd(Server):
    def run(self):
        asyncio.run(self.forever())

    async def forever(self):
        async with await asyncio.start_server(self.client, "127.0.0.1", PORT) as server:
            await server.serve_forever()

    async def client(self, reader, writer):
        try:
            await self.talk(reader, writer)
        except (OSError, BadRequest):
            pass
        finally:
            writer.close()

    async def talk(self, reader, writer):
        buffer = b""
        while data := await reader.read(65536):
            buffer += data
            while parsed := parse(buffer):
                request, buffer = parsed
                if self.reply(writer, request):
                    return
                await writer.drain()

    def send(self, writer, head, body):
        writer.writelines([head, body])


if __name__ == "__main__":
    Odd.main()
