"""A site served by StaticFileHandler of tornado: --static DIR."""

import asyncio
import sys

from tornado.web import Application, StaticFileHandler


async def main():
    options = {"path": sys.argv[sys.argv.index("--static") + 1], "default_filename": "index.html"}
    Application([(r"/(.*)", StaticFileHandler, options)]).listen(4221, "127.0.0.1")
    await asyncio.Event().wait()


asyncio.run(main())
