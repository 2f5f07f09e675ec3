"""How the track `store` is compared with the reference: lines drawn at random, and the answers to them.

A comparison for `grade fuzz`, from beginning to end. docs/course-author.md says what each method is for.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from hypothesis import strategies as st

from grader.author import Failure, Kind
from grader.author.comparison import BrokenCase, Case, Comparison, Difference, ReferenceFault, UsageError

PING, SET_GET, MANY_CLIENTS = "ping", "set-get", "many-clients"
KEYS = ("color", "size", "k")
NEVER_SET = ("unknown", "u")
"""The reference runs on while the other server is started anew, so it knows keys that the other does not. Only what
this conversation has set, or what no conversation ever sets, has the same answer on both."""

VALUES = st.text("abcXYZ019-_=:", min_size=1, max_size=20) | st.sampled_from(["dark blue", "a  b", " x", "GET k", "1 2 3"])
MOST_ASKS = 8


@dataclass(frozen=True)
class Ask:
    """One line, and the number of the client that sends it."""

    client: int
    line: str


Asks = tuple[Ask, ...]


class KeyValueStore(Comparison[Asks]):
    known = (PING, SET_GET, MANY_CLIENTS)

    # --- what is asked

    def conversations(self, taught, *, strict):
        lines = st.just("PING")
        if SET_GET in taught:
            stored = st.builds("SET {} {}".format, st.sampled_from(KEYS), VALUES)
            lines = st.one_of(lines, stored, st.sampled_from([f"GET {key}" for key in (*KEYS, *NEVER_SET)]))
        if strict:
            lines = lines | st.sampled_from(["HELLO", "ping"])
        clients = st.integers(1, 3 if MANY_CLIENTS in taught else 1)
        asks = st.lists(st.builds(Ask, clients, lines), min_size=1, max_size=MOST_ASKS).map(tuple)
        return asks.filter(lambda found: self.is_covered(found, taught, strict=strict))

    def requests(self, conversation: Asks):
        return [ask.line for ask in conversation]

    def smaller(self, conversation: Asks) -> Iterator[Asks]:
        for i, ask in enumerate(conversation):
            if len(conversation) > 1:
                yield conversation[:i] + conversation[i + 1 :]
            if ask.client > 1:
                yield (*conversation[:i], Ask(1, ask.line), *conversation[i + 1 :])
            command, _, value = ask.line.rpartition(" ")
            if command.startswith("SET ") and len(value) > 1:
                yield (*conversation[:i], Ask(ask.client, f"{command} {value[:-1]}"), *conversation[i + 1 :])

    def preceded(self, earlier, last: Asks) -> Asks:
        return tuple(ask for asks in (*earlier, last) for ask in asks)[-10 * MOST_ASKS :]

    def is_covered(self, conversation: Asks, taught, *, strict) -> bool:
        stored = set()
        for ask in conversation:
            command, _, rest = ask.line.partition(" ")
            if command == "SET":
                stored.add(rest.partition(" ")[0])
            if command == "GET" and rest not in stored and rest not in NEVER_SET:
                return False
        return True

    # --- what has to be equal

    def difference(self, session, conversation: Asks, taught, *, strict, thorough):
        clients = {ask.client: (session.connect(), session.connect_reference()) for ask in conversation}
        for number, ask in enumerate(conversation):
            yours, reference = clients[ask.client]
            try:
                wanted = reference.ask(ask.line)
            except Failure as failure:
                raise ReferenceFault(f"the reference does not answer: {failure.summary}") from failure
            try:
                came = yours.ask(ask.line)
            except Failure as failure:
                return Difference("answer", number, failure)
            if came != wanted:
                problem = f"The answer to {ask.line!r} is not the answer of the reference."
                failure = Failure(Kind.MISMATCH, problem, expected=wanted, actual=came)
                return Difference("line", number, failure)
        return self._lives_on(session, len(conversation) - 1) if thorough else None

    def _lives_on(self, session, last: int):
        session.close()  # a client that leaves may be what it dies of
        try:
            session.ask("PING")
        except Failure as failure:
            return Difference("program", last, failure)
        return None

    def by_hand(self, conversation: Asks, failure, entries, port):
        runs = [[ask.line for ask in asks] for _, asks in groupby(conversation, lambda ask: ask.client)]
        return "\n".join(rf"printf '%s\n' {_quoted(run)} | nc -w 2 localhost {port}" for run in runs)

    # --- what `grade ask` sends

    def bytes_of(self, words, headers, body, port):
        if headers or body is not None:
            raise UsageError("a command of the store is one line: leave out -H and -d")
        return words.encode(errors="surrogateescape") + b"\n"

    def conversation_of(self, data: bytes, taught, port) -> Asks | None:
        *lines, rest = data.decode("latin-1").split("\n")
        asks = tuple(Ask(1, line) for line in lines)
        known = all(re.fullmatch(r"PING|GET [^ ]+|SET [^ ]+ .+", line) and line.isascii() for line in lines)
        fixed = asks and known and not rest and self.needed(asks) <= set(taught)
        return asks if fixed and self.is_covered(asks, taught, strict=False) else None

    # --- what is saved

    def needed(self, conversation: Asks, field: str = "") -> frozenset[str]:
        found = {SET_GET if ask.line[:4] in ("SET ", "GET ") else PING for ask in conversation}
        return frozenset(found | ({MANY_CLIENTS} if len({ask.client for ask in conversation}) > 1 else set()))

    def needs_directory(self, conversation: Asks) -> bool:
        return False

    def to_json(self, case: Case[Asks]) -> str:
        asks = [[ask.client, ask.line] for ask in case.conversation]
        return json.dumps({"what": case.what, "stage": case.stage, "strict": case.strict, "asks": asks}) + "\n"

    def from_json(self, text: str) -> Case[Asks]:
        try:
            match json.loads(text):
                case {"what": str(what), "stage": str(stage), "strict": bool(strict), "asks": [*pairs]}:
                    asks = tuple(Ask(client, line) for client, line in pairs)
                case _:
                    raise BrokenCase("it needs what, stage, strict and asks")
        except (ValueError, TypeError, RecursionError) as error:
            raise BrokenCase("it is not a saved case of the store") from error
        if stage not in self.known or not 1 <= len(asks) <= 11 * MOST_ASKS or not all(map(_can_be_sent, asks)):
            raise BrokenCase("it holds what no search asks for")
        return Case(asks, stage, strict, what[:500])


def _can_be_sent(ask: Ask) -> bool:
    return ask.client in (1, 2, 3) and isinstance(ask.line, str) and len(ask.line) < 200 and ask.line.isprintable()


def _quoted(lines) -> str:
    return " ".join("'" + line.replace("'", r"'\''") + "'" for line in lines)


COMPARISON = KeyValueStore()
