"""GET /events is answered with what there is now, which is nothing.

Caught by: events/reaches_a_subscriber
"""

import sys

sys.path[0] += "/.."
from right_server import Response
from web_server import WebServer


class Broken(WebServer):
    def events(self, request):
        return Response(200, content_type="text/event-stream")


Broken.main()
