"""A text that is the same as the one before is no news.

Caught by: events/same_again
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    before = None

    def post_event(self, request):
        is_news, self.before = request.body != self.before, request.body
        return super().post_event(request) if is_news else self.posted()



Broken.main()
