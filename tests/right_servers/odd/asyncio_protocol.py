"""Is a protocol of asyncio, and answers a moment later from a task.

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
        loop = asyncio.get_running_loop()
        async with await loop.create_server(lambda: Talk(self), "127.0.0.1", PORT) as server:
            await server.serve_forever()

    def send(self, transport, head, body):
        transport.write(head)
        transport.write(body)


class Talk(asyncio.Protocol):
    def __init__(self, server):
        self.server = server
        self.buffer = b""
        self.queue = asyncio.Queue()

    def connection_made(self, transport):
        self.transport = transport
        self.task = asyncio.create_task(self.answer())

    def data_received(self, data):
        self.buffer += data
        try:
            while parsed := parse(self.buffer):
                request, self.buffer = parsed
                self.queue.put_nowait(request)
        except BadRequest:
            self.transport.close()

    def connection_lost(self, error):
        self.task.cancel()

    async def answer(self):
        while request := await self.queue.get():
            await asyncio.sleep(0.001)
            if self.server.reply(self.transport, request):
                self.transport.close()


if __name__ == "__main__":
    Odd.main()
