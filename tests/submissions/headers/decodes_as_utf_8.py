"""The head is decoded as UTF-8, in which not every byte is valid.

Caught by: headers/beyond_ascii
"""

import sys

sys.path[0] += "/.."
from right_server import Response, Server


class Broken(Server):
    def decode(self, head):
        try:
            return head.decode()
        except UnicodeDecodeError as error:
            raise RuntimeError("cannot decode the head") from error

    def user_agent(self, request):
        return Response(200, self.header(request, "User-Agent").encode())


Broken.main()
