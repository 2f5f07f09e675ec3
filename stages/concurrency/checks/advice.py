"""What many clients should not cost: workers, file descriptors, processor time, pauses."""

from grader.author import ADVICE, Connection, Failure, Kind, Session, check, expect

IDLE = 100
PAUSE_S = 0.5
REQUESTS = 200
FEWEST = 20  # of a server that takes so long that all of them would take minutes


@check(
    "A hundred idle clients do not block others",
    "A server SHOULD answer a client while a hundred others are idle",
    cite="RFC 9112 9.4",
    hint=(
        "Do not let an idle client occupy a worker: a small pool has no worker left for the others."
    ),
    level=ADVICE,
)
def idle_clients(session: Session) -> None:
    for _ in range(IDLE):
        session.connect_accepted()
    expect.status(session.get("/", ends=False), 200)


@check(
    "File descriptors do not leak",
    "A server SHOULD NOT leak file descriptors over two hundred requests",
    cite="course: concurrency",
    hint="Close the socket of a connection when its client has left, also after an error.",
    level=ADVICE,
)
def no_descriptor_leak(session: Session) -> None:
    staying: list[Connection] = []
    _comes_and_leaves(session, staying)
    before = session.descriptors()
    asked, deadline = 0, session.deadline(session.budgets.message)
    deadline.observe()
    most = FEWEST if staying else REQUESTS
    while asked < FEWEST or (asked < most and session.rests and deadline.left_s()):
        _comes_and_leaves(session, staying)
        asked += 1
    for connection in staying:
        connection.close()
    after = session.descriptors(at_most=None if before is None else before + asked // 4)
    if before is not None and after is not None and after - before > asked // 4:
        raise Failure(
            Kind.RESOURCE,
            f"After {asked} requests your program holds {after - before} more file descriptors than"
            " before.",
            expected="about as many as before",
            actual=f"{before} before, {after} after",
        )


@check(
    "The server sleeps while its clients are idle",
    "A server SHOULD NOT use processor time while its clients are idle",
    cite="course: concurrency",
    hint="Wait in accept, recv or select: do not ask again and again whether something is there.",
    level=ADVICE,
)
def sleeps_while_idle(session: Session) -> None:
    for _ in range(3):
        session.connect()
    expect.idle(session, "although its clients are silent")


@check(
    "Answers come without a pause",
    "A server SHOULD answer without a pause when it has nothing else to do",
    cite="course: concurrency",
    level=ADVICE,
)
def answers_without_a_pause(session: Session) -> None:
    session.get("/", ends=False)
    expect.prompt(session, session.build("GET", "/"), PAUSE_S)


def _comes_and_leaves(session: Session, staying: list[Connection]) -> None:
    """One client more, which leaves before the next one comes, unless it may stay."""
    connection = session.connect()
    connection.ask(session.build("GET", "/"))
    connection.read(ends=False)
    if session.may_stay(len(staying)):
        staying.append(connection)
    else:
        connection.close()
