"""A server that never answers from the fourth stage on; `/` and unknown paths are right."""

import argparse
import socket
import threading


def serve(client):
    with client, client.makefile("rb") as stream:
        path = stream.readline().decode("latin-1").split()[1]
        while stream.readline().strip():
            pass
        if path.startswith("/echo/"):
            threading.Event().wait()
        status = "200 OK" if path == "/" else "404 Not Found"
        head = f"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        client.sendall(head.encode())


parser = argparse.ArgumentParser()
parser.add_argument("--directory")
parser.parse_args()
with socket.create_server(("127.0.0.1", 4221)) as server:
    while True:
        threading.Thread(target=serve, args=(server.accept()[0],), daemon=True).start()
