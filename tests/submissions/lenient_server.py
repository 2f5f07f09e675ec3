"""Another right server for the hardening track: where the RFCs leave a choice, it takes the other one.

It joins folded lines, puts spaces in place of what does not belong into a value, reads the chunks of a request with two
framings, answers HEAD without a length, says no in HTTP/1.0 with a body that ends with the connection, and then hangs
up at once, with a part of the request unread.

Passes: hardening
"""

import re

from hardened_server import REASONS, HardenedServer


class LenientServer(HardenedServer):
    def receive(self, client):
        """Take little at a time, so that something is left when a request is refused."""
        data = client.socket.recv(64 if len(client.buffer) < 1024 else 65536)
        client.buffer += data
        client.busy = client.busy or bool(data)
        return bool(data)

    def turn_away(self, client, status):
        reason = REASONS[status]
        self.send(client, f"HTTP/1.0 {status} {reason}\r\nContent-Type: text/plain\r\n\r\n{reason}\n".encode())

    def decode(self, head):
        return re.sub("\r\n[ \t]+", " ", super().decode(head))

    def check_line_ends(self, line):
        pass

    def parse_header(self, line):
        return super().parse_header(re.sub("[\r\n\0]", " ", line))

    def refuse_both(self, request):
        del request.headers["content-length"]
        request.headers["connection"] = "close"

    def frame(self, request, response):
        if request.method != "HEAD":
            super().frame(request, response)


if __name__ == "__main__":
    LenientServer.main()
