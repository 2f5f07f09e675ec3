"""recv is called once for the body, and what it returns is taken for all of it.

Caught by: files/stores_large, files/body_after_the_head, files/cut_off_upload, files/uploads_apart
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def read_body(self, client, request):
        if not client.buffer and self.content_length(request):
            self.receive(client)
        body, client.buffer = client.buffer, b""
        return body


Broken.main()
