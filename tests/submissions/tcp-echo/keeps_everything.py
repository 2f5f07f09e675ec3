"""A thread reads, another one sends, and the queue between them has no limit.

Caught by: tcp-echo/memory
"""

import queue
import sys
import threading
import time

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def echo(self, client):
        unsent = queue.SimpleQueue()
        threading.Thread(target=self.send_all, args=(client, unsent)).start()
        while data := self.receive(client):
            unsent.put(data)
        unsent.put(b"")
        unsent.put(b"")
        while not unsent.empty():
            time.sleep(0.01)

    def send_all(self, client, unsent):
        try:
            while data := unsent.get():
                self.send(client, data)
        except OSError:
            pass
        while unsent.get():
            pass


Broken.main()
