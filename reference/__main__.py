"""The command line: `python -m reference`."""

import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter

from .server import HTTPServer, Server
from .services import SERVICES, service
from .transports import TRANSPORTS, Timeouts


def main() -> int:
    """Serve until stopped; the exit code: 0 stopped as asked, 1 could not serve, 2 not
    understood."""
    options = _parser().parse_args()
    try:
        _server(options).start(lambda address: _say(f"listening on {address} ({options.server})"))
    except NotADirectoryError as error:
        return _refused(f"the directory {error.filename!r} does not exist")
    except ModuleNotFoundError as error:
        return _refused(f"--server {options.server} needs a package: pip install {error.name}")
    except ValueError as error:
        return _refused(str(error))
    except OSError as error:
        place = options.unix or f"{options.host} port {options.port}"
        return _refused(f"cannot listen on {place}: {(error.strerror or str(error)).lower()}")
    return 0


def _server(options: Namespace) -> Server:
    """What was asked for, not started yet."""
    timeouts = Timeouts(silence=options.timeout)
    where = {"host": options.host, "port": options.port, "unix": options.unix}
    if options.service is not None:
        return service(options.service, server=options.server, timeouts=timeouts, **where)
    return HTTPServer(
        directory=options.directory,
        static=options.static,
        server=options.server,
        timeouts=timeouts,
        **where,
    )


def _parser() -> ArgumentParser:
    servers, services = (
        "\n".join(f"  {name:10}{what}" for name, what in table.items())
        for table in (TRANSPORTS, SERVICES)
    )
    parser = ArgumentParser(
        prog="python -m reference",
        description=(
            "Serve /, /echo/, /user-agent and /files/ over HTTP/1.1, or one of the services."
            f"\n\nservices:\n{services}\n\nservers:\n{servers}"
        ),
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "service", nargs="?", choices=SERVICES, help="instead of HTTP", metavar="service"
    )
    parser.add_argument(
        "--server", choices=TRANSPORTS, default="streams", help="how bytes move (%(default)s)"
    )
    parser.add_argument("--directory", metavar="D", help="what /files/ serves (without: 404)")
    parser.add_argument(
        "--static", metavar="D", help="a site and a web application: what all other paths serve"
    )
    parser.add_argument(
        "--host", default="127.0.0.1", help="the address to listen on (%(default)s)"
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument(
        "--port", type=port, metavar="N", default=4221, help="0 takes a free one (%(default)s)"
    )
    where.add_argument("--unix", metavar="PATH", help="listen on a Unix socket instead")
    parser.add_argument(
        "--timeout",
        type=float,
        metavar="SECONDS",
        default=Timeouts().silence,
        help="how long a client may be silent before it is dropped (%(default)s)",
    )
    return parser


def port(text: str) -> int:
    """A port number; argparse names this function when it is none."""
    if not text.isdecimal() or int(text) > 65535:
        raise ValueError(text)
    return int(text)


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


def _refused(why: str) -> int:
    sys.stderr.write(f"reference: {why}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
