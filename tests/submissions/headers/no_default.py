"""The dictionary is indexed by the name, which raises when the client did not send the header.

Caught by: headers/missing_header
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def user_agent(self, request):
        request.headers["user-agent"]
        return super().user_agent(request)


Broken.main()
