"""What was parsed lies in a variable that all threads share.

Caught by: headers/each_its_own
"""

import sys
import time

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def user_agent(self, request):
        self.current = request
        time.sleep(0.01)
        return super().user_agent(self.current)


Broken.main()
