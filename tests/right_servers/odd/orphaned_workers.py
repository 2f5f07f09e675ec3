"""Four workers share the listening socket, orphans that think for a while; the program itself only waits for a signal.

passes: all
fails: none
advice: none
"""

import os
import signal
import time

from right import Server


class Odd(Server):
    def reply(self, connection, request):
        time.sleep(0.03)
        return super().reply(connection, request)

    def serve(self, listener):
        for _ in range(4):
            if not (parent := os.fork()):
                if not os.fork():
                    os.setsid()
                    super().serve(listener)
                os._exit(0)
            os.waitpid(parent, 0)
        while True:
            signal.pause()


if __name__ == "__main__":
    Odd.main()
