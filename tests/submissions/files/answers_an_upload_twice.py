"""An early 201 answers the head of a small upload whose body is not there yet; another one, the stored body.

Caught by: files/nothing_after
"""

import sys

sys.path[0] += "/.."
from right_server import Response, Server


class Broken(Server):
    def read_body(self, client, request):
        if request.method == "POST" and not client.buffer and 0 < self.content_length(request) < 50:
            early = Response(201)
            self.frame(request, early)
            self.send(client, self.to_bytes(early))
        return super().read_body(client, request)


Broken.main()
