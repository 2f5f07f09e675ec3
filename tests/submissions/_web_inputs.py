"""Parameters of the right server for the web-app track: from the path, the query string, and a form."""

import json
import re
from urllib.parse import unquote_plus

from _web_routes import Routes
from right_server import Response

FORM = "application/x-www-form-urlencoded"


class Inputs(Routes):
    def routes(self):
        return [
            *super().routes(),
            ("GET", "/users/{id}", self.user),
            ("GET", "/search", self.search),
            ("POST", "/form", self.form),
        ]

    def json(self, value, status=200):
        return Response(status, self.dump(value).encode(), "application/json")

    def dump(self, value):
        return json.dumps(value, ensure_ascii=False)

    def media_type_of(self, request):
        return self.header(request, "Content-Type").partition(";")[0].strip().lower()

    # --- a parameter in the path ---------------------------------------------------------------------------

    def user(self, request, segment):
        number = self.number(self.segment(segment))
        return self.no_number() if number is None else self.json(self.user_of(number))

    def segment(self, segment):
        return self.percent_decoded(segment)

    def number(self, text):
        """None where it is none."""
        return int(text) if re.fullmatch(r"[0-9]{1,18}", text) else None

    def no_number(self):
        return self.error(404)

    def user_of(self, number):
        return {"user_id": number}

    def percent_decoded(self, text):
        return re.sub(r"%([0-9A-Fa-f]{2})", lambda escape: chr(int(escape[1], 16)), text)

    # --- a query string ------------------------------------------------------------------------------------

    def search(self, request):
        fields = self.fields(self.query(request.target))
        return self.json({"q": self.first(fields, "q"), "tags": self.all_of(fields, "tag")})

    def query(self, target):
        return target.partition("?")[2]

    def first(self, fields, name):
        return next((value for other, value in fields if other == name), "")

    def all_of(self, fields, name):
        return [value for other, value in fields if other == name]

    def fields(self, text):
        """The pairs of name and value, in their order."""
        return [self.pair(piece) for piece in self.pieces(text) if piece]

    def pieces(self, text):
        return text.split("&")

    def pair(self, piece):
        name, _, value = piece.partition("=")
        return self.plain(name), self.plain(value)

    def plain(self, text):
        return unquote_plus(text, errors="replace")

    # --- a form --------------------------------------------------------------------------------------------

    def form(self, request):
        if not self.is_form(request):
            return self.error(415)
        return self.json(self.grouped(self.fields(self.text_of(request.body))))

    def is_form(self, request):
        return self.media_type_of(request) == FORM

    def text_of(self, body):
        return body.decode("utf-8", "replace")

    def grouped(self, fields):
        """By name the value; the list of its values where the name comes more than once."""
        found = {}
        for name, value in fields:
            found.setdefault(name, []).append(value)
        return {name: self.value(values) for name, values in found.items()}

    def value(self, values):
        return values if len(values) > 1 else values[0]
