"""The document with http.server of the standard library: HTTP/1.0, which closes after each answer."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

BODY = "<!DOCTYPE html>\n<title>Hallo</title>\n<p>Grüße</p>\n".encode()


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(BODY)


ThreadingHTTPServer(("", 4221), Handler).serve_forever()
