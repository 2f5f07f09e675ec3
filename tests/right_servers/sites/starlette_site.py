"""A site served by StaticFiles of Starlette, on uvicorn: --static DIR."""

import sys

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

site = StaticFiles(directory=sys.argv[sys.argv.index("--static") + 1], html=True)
uvicorn.run(Starlette(routes=[Mount("/", site)]), host="127.0.0.1", port=4221, log_level="warning")
