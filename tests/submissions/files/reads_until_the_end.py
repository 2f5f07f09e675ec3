"""A POST without Content-Length is read until the client closes, which waits for the answer.

Caught by: files/no_length_is_no_body
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def read_body(self, client, request):
        if request.method == "POST" and not self.header(request, "Content-Length"):
            while self.receive(client):
                pass
            return client.buffer
        return super().read_body(client, request)


Broken.main()
