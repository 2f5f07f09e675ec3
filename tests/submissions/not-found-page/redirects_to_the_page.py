"""The client is sent to the 404.html of the site, where it gets 200.

Caught by: not-found-page/page_keeps_the_status
"""

import sys

sys.path[0] += "/.."
from right_server import Response
from static_server import StaticServer


class Broken(StaticServer):
    def not_found(self):
        if self.not_found_page() is None:
            return super().not_found()
        response = Response(301)
        response.headers["Location"] = "/404.html"
        return response


Broken.main()
