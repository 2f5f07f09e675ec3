"""201 is sent as soon as the head of an upload has arrived without its body, and again when the body is stored.

Caught by: files/nothing_after
"""

import sys

sys.path[0] += "/.."
from right_server import Response, Server


class Broken(Server):
    def read_body(self, client, request):
        if request.method == "POST" and not client.buffer:
            early = Response(201)
            self.frame(request, early)
            self.send(client, self.to_bytes(early))
        return super().read_body(client, request)


Broken.main()
