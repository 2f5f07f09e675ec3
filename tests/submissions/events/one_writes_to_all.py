"""One thread writes to all subscribers, one after the other: it waits for the one that does not read.

Caught by: events/one_never_reads
"""

import queue
import sys
import threading

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def __init__(self, directory=None):
        super().__init__(directory)
        self.texts = queue.Queue()
        threading.Thread(target=self.write_to_all, daemon=True).start()

    def write_to_all(self):
        while True:
            event = self.event(self.texts.get())
            for waiting in self.receivers():
                self.write(waiting, event)

    def write(self, waiting, event):
        try:
            self.send(waiting.client, self.chunk(event))
        except OSError:
            waiting.put(None)

    def stream(self, waiting, client):
        waiting.client = client
        waiting.get()  # until it has left
        self.leave(waiting)

    def post_event(self, request):
        self.texts.put(self.posted_text(request.body))
        return self.posted()


Broken.main()
