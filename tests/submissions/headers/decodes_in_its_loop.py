"""Bytes that are no UTF-8 raise an error in the loop that serves everybody.

Caught by: headers/beyond_ascii_is_survived
"""

import sys

sys.path[0] += "/.."
from select_server import SelectServer


class Broken(SelectServer):
    def is_complete(self, client):
        try:
            client.buffer.decode()
        except UnicodeDecodeError:
            sys.exit("cannot decode the request")
        return super().is_complete(client)


Broken.main()
