"""The option --timeout is not known, so the program ends with a usage message.

Caught by: slow-clients/ordinary_request
"""

import argparse
import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    @classmethod
    def main(cls):
        parser = argparse.ArgumentParser()
        parser.add_argument("--directory")
        cls(parser.parse_args().directory).run()


Broken.main()
