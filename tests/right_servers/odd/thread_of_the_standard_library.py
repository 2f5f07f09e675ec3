"""Is a handler of socketserver, whose loop looks around every half a second, with its backlog of 5.

passes: all
fails: none
advice: none
"""

import socketserver

from right import PORT, Server


class Odd(Server):
    def run(self):
        server = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self):
                server.handle(self.request)

        socketserver.ThreadingTCPServer.allow_reuse_address = True
        socketserver.ThreadingTCPServer.daemon_threads = True
        with socketserver.ThreadingTCPServer(("127.0.0.1", PORT), Handler) as listening:
            listening.serve_forever()


if __name__ == "__main__":
    Odd.main()
