"""A weight that is no number raises in the loop that serves everybody.

Caught by: gzip/odd_lists_are_survived
"""

import sys

sys.path[0] += "/.."
from select_server import SelectServer


class Broken(SelectServer):
    def q(self, text):
        try:
            return float(text)
        except ValueError:
            sys.exit(f"could not convert string to float: {text!r}")


Broken.main()
