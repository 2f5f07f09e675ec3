"""Sessions of the right server for the web-app track: an id in a cookie, and the counts by these ids."""

from _web_tokens import Tokens
from right_server import Response

COOKIE = "session"
ATTRIBUTES = "Path=/; HttpOnly; SameSite=Lax"


class Sessions(Tokens):
    def __init__(self, directory=None):
        super().__init__(directory)
        self.counts = {}

    def routes(self):
        return [*super().routes(), ("GET", "/counter", self.counter), ("POST", "/logout", self.logout)]

    # --- /counter ------------------------------------------------------------------------------------------

    def counter(self, request):
        session = self.session(request)
        if session is None:
            session = self.begin(request)
        response = self.text(str(self.counted(session)))
        self.give(request, response, session)
        return response

    def session(self, request):
        """The id of the client's session, or None: what is not in the table was never given to anybody."""
        sent = self.sent_session(request)
        return sent if self.is_known(sent) else None

    def sent_session(self, request):
        return self.cookies(self.header(request, "Cookie")).get(COOKIE)

    def cookies(self, header):
        return dict(map(self.cookie, header.split(";")))

    def cookie(self, pair):
        name, _, value = pair.strip().partition("=")
        return name, value

    def is_known(self, session):
        return session in self.counts

    def begin(self, request):
        session = self.new_session()
        self.counts[session] = 0
        return session

    def new_session(self):
        return self.token()

    def counted(self, session):
        self.counts[session] += 1
        return self.counts[session]

    def give(self, request, response, session):
        response.headers["Set-Cookie"] = f"{COOKIE}={session}; {self.attributes()}"

    def attributes(self):
        return ATTRIBUTES

    # --- /logout -------------------------------------------------------------------------------------------

    def logout(self, request):
        session = self.session(request)
        if session is not None:
            self.end(session)
        response = Response(204)
        self.take_back(request, response)
        return response

    def end(self, session):
        del self.counts[session]

    def take_back(self, request, response):
        response.headers["Set-Cookie"] = f"{COOKIE}=; {self.attributes()}; Max-Age=0"
