"""Adds Date, Server, ETag, Vary, cookies, an empty header and a 2 KiB policy to every answer.

passes: all
fails: none
advice: none
"""

from email.utils import formatdate

from right import Server


class Odd(Server):
    def head(self, response):
        response.headers |= {
            "Date": formatdate(usegmt=True),
            "Server": "odd/1.0 (Python)",
            "ETag": 'W/"1"',
            "Vary": "Origin, Accept-Encoding",
            "Set-Cookie": "a=b; Path=/",
            "set-cookie": "c=d",
            "X-Empty": "",
            "Content-Security-Policy": "; ".join(f"default-{n} 'self'" for n in range(100)),
            "Last-Modified": formatdate(0, usegmt=True),
            "Accept-Ranges": "bytes",
        }
        return super().head(response)


if __name__ == "__main__":
    Odd.main()
