"""Says HTTP/1.0 in its status lines, and closes after each answer.

passes: bind-port ok paths echo headers concurrency files gzip
fails: keep-alive/second_request
advice: none
"""

from right import REASONS, Server


class Odd(Server):
    def closes(self, request):
        return True

    def status_line(self, status):
        return f"HTTP/1.0 {status} {REASONS[status]}"


if __name__ == "__main__":
    Odd.main()
