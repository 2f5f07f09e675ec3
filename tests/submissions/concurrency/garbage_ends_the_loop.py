"""A request line that does not have three words ends the program.

Caught by: concurrency/garbage
"""

import sys

sys.path[0] += "/.."
from select_server import SelectServer


class Broken(SelectServer):
    def garbage(self, client):
        raise


Broken.main()
