"""The answer says that it is a page of HTML.

Caught by: headers/says_text_plain
"""

import sys

sys.path[0] += "/.."
from right_server import Response, Server


class Broken(Server):
    def user_agent(self, request):
        return Response(200, super().user_agent(request).body, "text/html")


Broken.main()
