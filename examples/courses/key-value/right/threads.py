"""A right server: a thread for each client, and one for the datagrams."""

import socket
import threading

PORT = 6379
values = {}
lock = threading.Lock()


def answer_to(line):
    command, _, rest = line.partition(" ")
    key, blank, value = rest.partition(" ")
    with lock:
        if command == "PING" and not rest:
            return "PONG"
        if command == "SET" and key and blank:
            values[key] = value
            return "OK"
        if command == "GET" and key and not blank:
            return f"VALUE {values[key]}" if key in values else "NONE"
    return "ERROR"


def serve(client):
    try:
        with client, client.makefile("rb") as lines:
            for line in lines:
                answer = answer_to(line.decode().removesuffix("\n"))
                client.sendall(f"{answer}\n".encode())
    except OSError:
        pass  # the client has left


def take_datagrams(server):
    while True:
        data, address = server.recvfrom(65535)
        answer = answer_to(data.decode().removesuffix("\n"))
        server.sendto(f"{answer}\n".encode(), address)


datagrams = socket.socket(type=socket.SOCK_DGRAM)
datagrams.bind(("127.0.0.1", PORT))
threading.Thread(target=take_datagrams, args=[datagrams], daemon=True).start()

with socket.create_server(("127.0.0.1", PORT)) as listening:
    while True:
        client, _ = listening.accept()
        threading.Thread(target=serve, args=[client], daemon=True).start()
