"""The head comes back, read line by line from a binary file, with a limit for each line as http.server has it; the
connection stays open for the next request."""

import socketserver


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        while head := self.read_head():
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(head) + head)

    def read_head(self):
        head = b""
        while line := self.rfile.readline(65537):
            if len(line) > 65536:
                self.wfile.write(b"HTTP/1.1 414 URI Too Long\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                return b""
            head += line
            if line == b"\r\n":
                return head
        return b""


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = allow_reuse_address = True


with Server(("127.0.0.1", 4221), Handler) as server:
    server.serve_forever()
