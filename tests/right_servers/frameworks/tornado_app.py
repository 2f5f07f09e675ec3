"""The base course for tornado."""

import asyncio
from urllib.parse import unquote_to_bytes

from tornado.web import Application, RequestHandler

from wsgi_app import answer


class Handler(RequestHandler):
    def get(self):
        headers = {name.lower(): value for name, value in self.request.headers.items()}
        path = unquote_to_bytes(self.request.path.encode("latin-1", "replace"))
        status, extra, body = answer(self.request.method, path, headers, self.request.body)
        self.clear_header("Content-Type")
        for name, value in extra.items():
            self.set_header(name, value)
        self.set_status(status)
        self.finish(body)

    head = post = get


async def main():
    Application([(".*", Handler)]).listen(4221, "127.0.0.1")
    await asyncio.Event().wait()


asyncio.run(main())
