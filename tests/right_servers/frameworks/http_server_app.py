"""The base course for http.server of the standard library, with threads and HTTP/1.1."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote_to_bytes

from wsgi_app import answer


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        headers = {name.lower(): value for name, value in self.headers.items()}
        path = unquote_to_bytes(self.path.partition("?")[0].encode("latin-1"))
        length = int(headers.get("content-length", 0))
        body = self.rfile.read(length)
        if len(body) < length:
            return
        status, extra, body = answer(self.command, path, headers, body)
        self.send_response(status)
        for name, value in {**extra, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_HEAD = do_POST = do_GET


ThreadingHTTPServer(("127.0.0.1", 4221), Handler).serve_forever()
