"""There is no time limit at all: the option is read and forgotten.

Caught by: slow-clients/silent, slow-clients/silent_after_an_answer, slow-clients/stops_in_the_head, slow-clients/stops_in_the_body, slow-clients/stops_reading
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def limit(self, client):
        pass


Broken.main()
