"""The document in one of its right forms, named by the first argument: each is sent and declared in another way."""

import socket
import sys

HTML = "<!DOCTYPE html>\n{meta}<title>Hallo</title>\n<p>Schöne <b>Gr</b>üße!</p>\n"
META = '<meta charset="{}">\n'
HTTP_EQUIV = '<meta http-equiv=content-type content="text/html; charset={}">\n'


def plain(charset, meta=""):
    return HTML.format(meta=meta.format(charset)).encode(charset)


FORMS = {  # what follows text/html, and the body
    "header": ("; charset=UTF-8", plain("utf-8")),
    "header-quoted": ('; Charset="utf-8"', plain("utf-8")),
    "header-over-meta": (";charset=iso-8859-1", plain("iso-8859-1", META.replace("{}", "utf-8"))),
    "meta": ("", plain("utf-8", META)),
    "meta-latin-1": ("", plain("iso-8859-1", META)),
    "http-equiv": ("", plain("windows-1252", HTTP_EQUIV)),
    "late-meta": ("", HTML.format(meta="<!-- " + "x" * 900 + " -->" + META.format("utf-8")).encode()),
    "commented-meta": ("", HTML.format(meta="<!-- <meta charset=latin1> -->" + META.format("utf-8")).encode()),
    "byte-order-mark": ("; charset=iso-8859-1", b"\xef\xbb\xbf" + plain("utf-8")),
    "utf-16": ("", HTML.format(meta="").encode("utf-16")),
    "utf-16-header": ("; charset=utf-16le", plain("utf-16le")),
    "iso-8859-15": ("; charset=ISO-8859-15", plain("iso-8859-15")),
    "unknown-charset": ("; charset=none-such", plain("utf-8", META)),
    "entities": ("", HTML.format(meta="").encode("ascii", "xmlcharrefreplace")),
    "named-entities": ("", b"<!DOCTYPE html><title>x</title><p>Gr&uuml;&szlig;e"),
    "combining": ("; charset=utf-8", HTML.format(meta="").replace("ü", "u\u0308").encode()),
    "title-only": ("; charset=utf-8", "<title>Grüße</title>".encode()),
}


def chunked(body):
    pieces = [body[at : at + 7] for at in range(0, len(body), 7)]
    return b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in [*pieces, b""])


def answer(form):
    framing = form.rpartition("/")[2] if "/" in form else "length"
    parameter, body = FORMS[form.partition("/")[0]]
    line = {
        "length": f"Content-Length: {len(body)}\r\n",
        "chunked": "Transfer-Encoding: chunked\r\n",
        "close": "",
    }[framing]
    head = f"HTTP/1.1 200 \r\ncontent-type:text/html{parameter}\r\n{line}Connection: close\r\n\r\n"
    return head.encode() + (chunked(body) if framing == "chunked" else body)


with socket.create_server(("", 4221)) as listener:
    while True:
        client, _ = listener.accept()
        with client:
            data = b""
            while b"\r\n\r\n" not in data and (piece := client.recv(65536)):
                data += piece
            if data:
                client.sendall(answer(sys.argv[1]))
