"""A server as a beginner writes it, right in all that the first eight stages ask."""

import gzip
import os
import socket
import sys
import threading

PORT = 4221


def read_request(client):
    data = b""
    while b"\r\n\r\n" not in data:
        piece = client.recv(4096)
        if not piece:
            return None
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    method, path, version = lines[0].split(" ")
    headers = {}
    for line in lines[1:]:
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    length = int(headers.get("content-length", 0))
    while len(body) < length:
        piece = client.recv(4096)
        if not piece:
            return None
        body += piece
    return method, path, headers, body


def respond(method, path, headers, body):
    if path == "/":
        return answer("200 OK")
    if path.startswith("/echo/"):
        text = path[len("/echo/"):]
        return answer_text(text.encode(), headers)
    if path == "/user-agent":
        agent = headers.get("user-agent", "")
        return answer_text(agent.encode("latin-1"), headers)
    if path.startswith("/files/"):
        name = path[len("/files/"):]
        return answer_file(method, name, body)
    return answer("404 Not Found")


def answer_text(body, headers):
    more = []
    codings = [word.split(";")[0].strip() for word in headers.get("accept-encoding", "").split(",")]
    if "gzip" in codings:
        body = gzip.compress(body)
        more.append("Content-Encoding: gzip")
    return answer("200 OK", body, "text/plain", more)


def answer_file(method, name, body):
    directory = os.path.realpath(sys.argv[sys.argv.index("--directory") + 1])
    file = os.path.realpath(os.path.join(directory, name))
    if not file.startswith(directory + os.sep):
        return answer("404 Not Found")
    if method == "POST":
        with open(file, "wb") as opened:
            opened.write(body)
        return answer("201 Created")
    if not os.path.isfile(file):
        return answer("404 Not Found")
    with open(file, "rb") as opened:
        content = opened.read()
    return answer("200 OK", content, "application/octet-stream")


def answer(status, body=b"", kind=None, more=()):
    lines = ["HTTP/1.1 " + status]
    if kind:
        lines.append("Content-Type: " + kind)
    lines.append("Content-Length: " + str(len(body)))
    lines += more
    head = "\r\n".join(lines) + "\r\n\r\n"
    return head.encode("latin-1") + body


def handle(client):
    try:
        request = read_request(client)
        if request:
            client.sendall(respond(*request))
    except OSError:
        pass
    client.close()


def main():
    listener = socket.create_server(("localhost", PORT), backlog=128)
    while True:
        client, _ = listener.accept()
        threading.Thread(target=handle, args=(client,)).start()


main()
