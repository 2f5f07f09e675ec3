"""Judges *templates*: a page from a file, with the name from the query in its place, escaped."""

from urllib.parse import quote

from grader.author import ADVICE, Request, Response, Session, check, expect

FILE = "templates/hello.html"
FILL = (
    "Read templates/hello.html in the directory after --static, and put the name from the query in"
    " the place of each {{ name }}.",
    "Print the path of the file that you open, and the name that you put into the page.",
    "Others wrote the page into their code, opened the file in the current directory, or replaced"
    " only the first place.",
)
ESCAPE = (
    "Escape each & < > \" and ' of the name before you put it into the page.",
    "Look at the source of the page, not at what the browser shows.",
    "Others replaced & last, so that it was escaped twice, or forgot the quotes.",
)
ONCE = "Fill the template once, with a function: what you put in is not looked at again."
PLAIN = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{title}</title></head>
<body class="{kind}">
<h1>{greeting}, {{{{ name }}}}!</h1>
<p title="{{{{ name }}}}">{text}</p>
<a href='/{path}' title='{{{{ name }}}}'>{{{{ name }}}}</a>
</body>
</html>
"""
OTHER = """<!doctype html>
<meta charset="utf-8">
<title>100% {title}</title>
<style>p {{ color: red; }} .{kind} {{ width: 50%; }}</style>
<script>let {text} = {{ "a": [0] }}; $1; `${{0}}`;</script>
<ul><li>{greeting} %s %d</li><li>{{{{ name }}}}</li><li>\\1 $& {{0}} {{}} {{ {path} }} Grüße</li>
</ul>
"""


def written(session: Session, form: str) -> str:
    words = {
        key: session.random.word(letters="abcdefghij")
        for key in ("title", "kind", "greeting", "text", "path")
    }
    template = form.format(**words)
    expect.put(session.files, FILE, template.encode())
    return template


def template(session: Session) -> str:
    """The template of this launch, made when it is needed first: a server may keep what it has
    read."""
    there = session.files.read(FILE)
    return there.decode() if there is not None else written(session, PLAIN)


def request(session: Session, name: str) -> Request:
    return session.build("GET", f"/hello?name={quote(name, safe='')}")


def hello(session: Session, name: str) -> Response:
    return session.exchange(request(session, name), ends=False)


def fills(session: Session, *names: str) -> None:
    form = template(session)
    for name in names:
        expect.filled_template(hello(session, name), form, name)


@check(
    "GET /hello?name=... fills the template",
    "A server MUST answer GET /hello?name=... with the text/html page templates/hello.html, filled",
    cite="course: templates",
    hint=FILL,
)
def fills_the_template(session: Session) -> None:
    fills(session, session.random.word(), session.random.word())


@check(
    "An ampersand in the name is escaped",
    "A server MUST escape & in the name: the page shows the name as it was sent",
    cite="course: templates",
    hint=ESCAPE,
)
def escapes_ampersands(session: Session) -> None:
    word = session.random.word()
    fills(session, f"{word} &amp; {word}", f"&lt;{word}&gt;", f"{word}&quot;&#39;&copy")


@check(
    "Angle brackets in the name are escaped",
    "A server MUST escape < and > in the name: it makes no element of the page",
    cite="course: templates",
    hint=ESCAPE,
)
def escapes_brackets(session: Session) -> None:
    word = session.random.word()
    fills(session, f"<b>{word}</b>", f"<script>{word}</script>", f"<{word}", f"{word} > 1 < 2")
    fills(session, f"<img src=x onerror={word}>", f"</h1><i>{word}", f"<!-- {word}")


@check(
    "Double quotes in the name are escaped",
    'A server MUST escape " in the name: it does not end an attribute',
    cite="course: templates",
    hint=ESCAPE,
)
def escapes_double_quotes(session: Session) -> None:
    word = session.random.word()
    fills(session, f'{word}" onclick="{word}', f'"{word}"')


@check(
    "Single quotes in the name are escaped",
    "A server MUST escape ' in the name: it does not end an attribute",
    cite="course: templates",
    hint=ESCAPE,
)
def escapes_single_quotes(session: Session) -> None:
    word = session.random.word()
    fills(session, f"{word}' onclick='{word}", f"'{word}'")


@check(
    "A name is never read as a template",
    "A server MUST put the name into the page as text, even if it looks like code",
    cite="course: templates",
    hint=ONCE,
)
def name_is_text(session: Session) -> None:
    word = session.random.word()
    fills(session, "{{ name }}", "{{name}}", "{{ 7*7 }}", "{% if 1 %}", "{name}", "{0}", "{}")
    fills(session, "${7*7}", "#{7*7}", "%s%d%%", "$& $1 $$", "\\1 \\g<0> \\n", f"{word}{{{word}")


@check(
    "A name with spaces and umlauts is shown",
    "A server SHOULD show a name that is not ASCII: UTF-8, percent-encoded",
    cite="RFC 3986 2.5",
    hint="Decode %XX to bytes, and these bytes as UTF-8. Send the page in UTF-8, and say so.",
    level=ADVICE,
)
def beyond_ascii(session: Session) -> None:
    word = session.random.word()
    fills(session, f"{word} {word}", f"Zoë {word}", f"世界 {word} €")


@check(
    "Without a name there is no error",
    "A server SHOULD answer GET /hello without a name with a page, or with 400 or 422",
    cite="course: templates",
    hint="A query may lack the name: take the empty text for it.",
    level=ADVICE,
)
def without_a_name(session: Session) -> None:
    template(session)
    for target in ("/hello", "/hello?", f"/hello?{session.random.word()}=1"):
        expect.status(session.get(target, ends=False), 200, 400, 404, 422)


@check(
    "Another template makes another page",
    "A server MUST read the template from its --static directory, and keep all other signs in it",
    cite="course: templates",
    hint=(
        "Replace only {{ name }}: all other signs of the template stay as they are.",
        "Compare the source of the page with the template.",
        "Others used a format string, where { and % mean something, or wrote the page into the"
        " code.",
    ),
    own_launch=True,
)
def fills_another(session: Session) -> None:
    form, name = written(session, OTHER), session.random.word()
    expect.filled_template(hello(session, name), form, name)


@check(
    "A missing template does not stop the server",
    "A server MUST go on when the template is not there",
    cite="course: templates",
    hint="Reading a file can fail: catch the error, and answer 500 or 404.",
    own_launch=True,
)
def missing_is_survived(session: Session) -> None:
    session.files.remove(FILE)
    expect.all_survived(session, [request(session, session.random.word()) for _ in range(2)])
