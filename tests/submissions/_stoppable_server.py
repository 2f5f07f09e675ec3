"""The right server of the base track, which waits for no client longer than --timeout SECONDS, and stops in order.

A thread waits for its client, the main thread for the next one. To stop, the main thread ends the connections that are
idle, which wakes their threads, and waits for the others.
"""

import argparse
import contextlib
import select
import signal
import socket
import threading

from right_server import Client, Server


class StoppableServer(Server):
    timeout = None

    def __init__(self, directory=None):
        super().__init__(directory)
        self.stopping = False
        self.stopped, self.waker = socket.socketpair()
        self.threads = {}  # a client, and the thread that serves it

    @classmethod
    def main(cls):
        parser = argparse.ArgumentParser()
        parser.add_argument("--directory")
        parser.add_argument("--timeout", type=float)
        options = parser.parse_args()
        server = cls(options.directory)
        server.timeout = options.timeout
        server.run()

    # --- from the start to the end -------------------------------------------------------------------------

    def run(self):
        self.handle_signals()
        listener = self.listen()
        self.serve(listener)
        self.stopping = True
        self.close_listener(listener)
        self.finish()

    def handle_signals(self):
        """A signal comes at any moment, so its handler only leaves a note."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.note)

    def note(self, *_):
        self.waker.send(b"!")

    def serve(self, listener):
        while self.stopped not in (ready := select.select([listener, self.stopped], [], [])[0]):
            if ready:
                self.start(*listener.accept())

    def close_listener(self, listener):
        listener.close()

    def finish(self):
        """Serve those whose requests have begun, and no others."""
        for client in list(self.threads):
            if self.is_idle(client):
                self.end(client)
        for thread in list(self.threads.values()):
            thread.join()

    def end(self, client):
        with contextlib.suppress(OSError):  # it has gone already
            client.socket.shutdown(socket.SHUT_RDWR)

    def is_idle(self, client):
        return not client.busy

    # --- connections ---------------------------------------------------------------------------------------

    def start(self, connection, address):
        client = Client(connection, address)
        client.busy = False  # from the first byte of a request to the last one of its answer
        self.limit(client)
        self.threads[client] = thread = threading.Thread(target=self.handle, args=(client,))
        thread.start()

    def limit(self, client):
        """A limit for each wait: for something to come, and for an answer to be taken."""
        client.socket.settimeout(self.timeout)

    def handle(self, client):
        try:
            super().handle(client)
        finally:
            del self.threads[client]

    def receive(self, client):
        came = super().receive(client)
        client.busy = client.busy or came
        return came

    def send(self, client, data):
        super().send(client, data)
        client.busy = bool(client.buffer)

    def wants_close(self, client, request):
        return self.stopping or super().wants_close(client, request)
