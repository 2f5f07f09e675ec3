"""Listens on 127.0.0.1 and, in another thread, on ::1.

passes: all
fails: none
advice: none
"""

import socket
import threading

from right import PORT, Server


class Odd(Server):
    def run(self):
        other = socket.create_server(("::1", PORT), family=socket.AF_INET6, backlog=128)
        threading.Thread(target=self.serve, args=(other,), daemon=True).start()
        super().run()


if __name__ == "__main__":
    Odd.main()
