"""The base course for aiohttp."""

from urllib.parse import unquote_to_bytes

from aiohttp import web

from wsgi_app import answer


async def handle(request):
    headers = {name.lower(): value for name, value in request.headers.items()}
    path = unquote_to_bytes(request.raw_path.partition("?")[0])
    status, extra, body = answer(request.method, path, headers, await request.read())
    return web.Response(status=status, headers=extra, body=body)


app = web.Application(client_max_size=1 << 24)
app.router.add_route("*", "/{path:.*}", handle)
web.run_app(app, host="127.0.0.1", port=4221)
