"""The key is id, not user_id.

Caught by: url-parameters/answers_the_number
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def user_of(self, number):
        return {"id": number}


Broken.main()
