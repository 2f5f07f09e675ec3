"""Only answers with 200 have nosniff.

Caught by: middleware/every_answer_forbids_sniffing
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def secure(self, response):
        if response.status in (200, 500):
            super().secure(response)


Broken.main()
