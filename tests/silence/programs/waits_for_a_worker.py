"""Hands its work to a queue that nobody serves."""

import queue
import socket
import threading

work, done = queue.Queue(), queue.Queue()


def handle(client):
    work.put(client.recv(1024))
    client.sendall(done.get())  # here


listener = socket.create_server(("127.0.0.1", 4221))
while True:
    threading.Thread(target=handle, args=(listener.accept()[0],), daemon=True).start()
