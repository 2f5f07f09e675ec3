"""When the client leaves in the middle of an upload, what has come until then is stored.

Caught by: files/cut_off_upload
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def read_body(self, client, request):
        return super().read_body(client, request) or client.buffer


Broken.main()
