"""Templates of the right server for the web-app track: pages with places for values, which are escaped."""

import re

from _web_query import Query
from right_server import Response

PLACE = re.compile(r"\{\{ *(\w+) *\}\}")
ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}


class Templates(Query):
    def routes(self):
        return [*super().routes(), ("GET", "/hello", self.hello)]

    def hello(self, request):
        return self.page(self.filled(self.template("hello.html"), {"name": self.name_of(request)}))

    def name_of(self, request):
        return self.query_value(request, "name")

    def template(self, name):
        return self.template_file(name).read_text("utf-8")

    def template_file(self, name):
        return self.directory / "templates" / name

    def filled(self, template, values):
        return PLACE.sub(lambda place: self.escaped(values.get(place[1], "")), template)

    def escaped(self, text):
        return "".join(ESCAPES.get(sign, sign) for sign in text)

    def page(self, source):
        return Response(200, source.encode("utf-8", "replace"), "text/html; charset=utf-8")
