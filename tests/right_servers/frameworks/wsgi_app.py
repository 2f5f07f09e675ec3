"""The base course as a WSGI application, and the servers of one that are started from Python."""

import gzip
import os
import re
import sys
from pathlib import Path
from urllib.parse import quote

REASONS = {200: "200 OK", 201: "201 Created", 404: "404 Not Found"}


def directory():
    """What follows --directory, on the command line or by way of served_by.py."""
    if "--directory" in sys.argv:
        return Path(sys.argv[sys.argv.index("--directory") + 1]).resolve()
    return Path(os.environ.get("DIRECTORY", ".")).resolve()


def accepts_gzip(listed):
    weights = {}
    for item in listed.lower().split(","):
        coding, _, parameter = item.partition(";")
        q = re.fullmatch(r"\s*q\s*=\s*([0-9.]+)\s*", parameter)
        weights[coding.strip()] = float(q[1]) if q else 1.0
    return weights.get("gzip", 0) > 0 and weights["gzip"] >= weights.get("identity", 0)


def answer(method, path, headers, body):
    """Status, headers and body. path: percent-decoded bytes; headers: lower-case names, latin-1 values."""
    if path == b"/":
        return 200, {}, b""
    if path.startswith(b"/echo/"):
        text, extra = path.removeprefix(b"/echo/"), {"Content-Type": "text/plain", "Vary": "Accept-Encoding"}
        if accepts_gzip(headers.get("accept-encoding", "")):
            return 200, extra | {"Content-Encoding": "gzip"}, gzip.compress(text)
        return 200, extra, text
    if path == b"/user-agent":
        return 200, {"Content-Type": "text/plain"}, headers.get("user-agent", "").encode("latin-1", "replace")
    if path.startswith(b"/files/"):
        try:
            return files(method, path.removeprefix(b"/files/").decode(errors="surrogateescape"), body)
        except (OSError, ValueError):  # a name that no file can have
            return 404, {}, b""
    return 404, {}, b""


def files(method, name, body):
    root = directory()
    path = (root / name).resolve()
    if not path.is_relative_to(root):
        return 404, {}, b""
    if method == "POST":
        path.write_bytes(body)
        return 201, {"Location": f"/files/{quote(name)}"}, b""
    if path.is_file():
        return 200, {"Content-Type": "application/octet-stream"}, path.read_bytes()
    return 404, {}, b""


def application(environ, start_response):
    length = int(environ.get("CONTENT_LENGTH") or 0)
    ends = environ.get("wsgi.input_terminated")  # then the server knows where: it may have taken chunks off
    body = environ["wsgi.input"].read() if ends else environ["wsgi.input"].read(length)
    if len(body) < length:
        raise OSError("the client has left")
    headers = {
        name.removeprefix("HTTP_").replace("_", "-").lower(): value
        for name, value in environ.items()
        if name.startswith("HTTP_")
    }
    path = environ["PATH_INFO"].encode("latin-1")
    status, extra, body = answer(environ["REQUEST_METHOD"], path, headers, body)
    start_response(REASONS[status], [*extra.items(), ("Content-Length", str(len(body)))])
    return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]


def whole(application):
    """The application behind a server that hands out whole bodies, and does not say so."""
    return lambda environ, start_response: application({**environ, "wsgi.input_terminated": True}, start_response)


def serve_waitress():
    import waitress

    waitress.serve(application, host="127.0.0.1", port=4221)


def serve_cheroot():
    from cheroot.wsgi import Server

    Server(("127.0.0.1", 4221), application, numthreads=200, request_queue_size=128).start()


def serve_werkzeug():
    from werkzeug.serving import run_simple

    run_simple("127.0.0.1", 4221, application, threaded=True)


def serve_wsgiref():
    from socketserver import ThreadingMixIn
    from wsgiref.simple_server import WSGIServer, make_server

    class Threaded(ThreadingMixIn, WSGIServer):
        daemon_threads = True

    make_server("127.0.0.1", 4221, application, Threaded).serve_forever()


def serve_twisted():
    from twisted.internet import endpoints, reactor
    from twisted.web.server import Site
    from twisted.web.wsgi import WSGIResource

    reactor.suggestThreadPoolSize(32)
    endpoints.TCP4ServerEndpoint(reactor, 4221, 128, "127.0.0.1").listen(
        Site(WSGIResource(reactor, reactor.getThreadPool(), whole(application)))
    )
    reactor.run()


if __name__ == "__main__":
    globals()[f"serve_{sys.argv[1]}"]()
