"""An answer that is a while in the making meets a client that has left, and the error of sending ends the program.

Caught by: concurrency/gone_before_the_answer
"""

import sys
import time

sys.path[0] += "/.."
from select_server import SelectServer


class Broken(SelectServer):
    sending = False

    def echo_text(self, path):
        time.sleep(0.2)
        return super().echo_text(path)

    def send(self, client, data):
        self.sending = True
        super().send(client, data)
        self.sending = False

    def failed(self, client, error):
        if self.sending:
            raise error
        return False


Broken.main()
