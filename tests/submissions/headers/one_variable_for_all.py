"""What was parsed lies in a variable that all threads share, so the client that came next decides it.

Caught by: headers/each_its_own
"""

import sys
import threading

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.parsed = {}
        self.another = threading.Condition()

    def user_agent(self, request):
        number = int(threading.current_thread().name.removeprefix("Thread-").split()[0])  # in the order of accept
        if "x-client" in request.headers:  # who asks alone would wait for nobody
            with self.another:
                self.parsed[number] = request
                self.another.notify_all()
                self.another.wait_for(lambda: number + 1 in self.parsed, timeout=5)
        return super().user_agent(self.parsed.get(number + 1, request))


Broken.main()
