"""When a request has not come in time, the program ends, not only this connection.

Caught by: slow-clients/serves_on
"""

import os
import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def give_up(self, client):
        if client.busy:
            os._exit(1)


Broken.main()
