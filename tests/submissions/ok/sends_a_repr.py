"""The answer is built with str() of bytes, so that it begins with b'.

Caught by: ok/answers_200
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def to_bytes(self, response):
        return str(super().to_bytes(response)).encode()


Broken.main()
