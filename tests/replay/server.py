"""A real HTTP server that replays official answers and their faults.

In tests, a scene is set path by path:

    replay.play("/data/TOYS", Reply(body, "application/json"))          # the last reply repeats
    replay.play("/data/TOYS", Reply(status=429, headers={"Retry-After": "1"}), Reply(body))
    replay.play("/file/TOYS", Reply(body, "text/csv", fault="cut"))

Alone, it answers like Melodi (and like geo.api.gouv.fr when samples are there):

    python -m tests.replay.server --port 8150
    http://127.0.0.1:8150/melodi/data/DS_X?GEO=COM-62119&SIDE_MEASURE=BURE      paged JSON
    http://127.0.0.1:8150/melodi/file/DS_X/DS_X_CSV_FR                          zip of a long CSV
    http://127.0.0.1:8150/fault/<name>/melodi/data/…                            the same, spoiled
"""

import argparse
import gzip
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

from tests.replay import melodi

SERVER_ERROR = "Le serveur a rencontré une erreur inattendue.".encode()
HTML = b"<!DOCTYPE html>\n<html lang=fr><title>Maintenance</title><h1>Service en maintenance</h1></html>"

BOMB = gzip.compress(bytes(30_000_000))


@dataclass(frozen=True)
class Reply:
    """One answer. `fault`: cut (body stops short), drip (a few bytes at a time), hang (never answers), drop
    (closes without a word)."""

    body: bytes = b""
    type: str = "application/json"
    status: int = 200
    headers: dict = field(default_factory=dict)
    fault: str = ""


class Seen(NamedTuple):
    path: str
    headers: dict


def spoiled(name: str, reply: Reply) -> Reply:
    """The reply with one of FAULTS put into it."""
    return FAULTS[name](reply)


FAULTS = {
    "429": lambda r: Reply(b"", "text/plain", 429, {"Retry-After": "1"}),
    "500": lambda r: Reply(SERVER_ERROR, "text/plain", 500),
    "502": lambda r: Reply(HTML, "text/html", 502),
    "404": lambda r: Reply(b"Not Found", "text/plain", 404),
    "timeout": lambda r: replace(r, fault="hang"),
    "drip": lambda r: replace(r, fault="drip"),
    "drop": lambda r: replace(r, fault="drop"),
    "cut": lambda r: replace(r, fault="cut"),
    "html": lambda r: Reply(HTML, "text/html"),
    "wrong-json": lambda r: Reply(b'{"observations": [{"dimensions"'),
    "empty-catalogue": lambda r: Reply(b"[]"),
    "charset": lambda r: replace(r, body=r.body.decode("utf-8", "replace").encode("utf-16-le")),
    "bomb": lambda r: replace(r, body=BOMB, headers={"Content-Encoding": "gzip"}),
    "busy": lambda r: Reply(b"", "text/plain", 503, {"Retry-After": "3600"}),
    "empty": lambda r: replace(r, body=b""),
    "truncated": lambda r: replace(r, body=r.body[: len(r.body) // 2]),
    "truncated-gzip": lambda r: replace(
        r, body=gzip.compress(r.body)[:-20], headers={"Content-Encoding": "gzip"}
    ),
    "moved-away": lambda r: Reply(status=302, headers={"Location": "http://autre-site.example/data"}),
    "moved-private": lambda r: Reply(status=302, headers={"Location": "http://127.0.0.1:1/data"}),
    "decimal-comma": lambda r: replace(r, body=r.body.replace(b".0", b",0")),
    "bom": lambda r: replace(r, body=b"\xef\xbb\xbf" + r.body),
}


class ReplayServer:
    """The server and what it was asked. Unknown paths fall to the Melodi look-alike."""

    def __init__(self, port: int = 0) -> None:
        self.scenes: dict[str, list[Reply]] = {}
        self.seen: list[Seen] = []
        self.dripped = 0  # bytes sent drop by drop
        self.lock = threading.Lock()
        self.closing = threading.Event()
        handler = type("Handler", (_Handler,), {"replay": self})
        self.http = ThreadingHTTPServer(("127.0.0.1", port), handler)
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}"

    def start(self) -> "ReplayServer":
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def stop(self) -> None:
        self.closing.set()
        self.http.shutdown()
        self.http.server_close()

    def play(self, path: str, *replies: "Reply | Callable[[str], Reply]") -> None:
        """What `path` (without its query; `*` is any other) answers, in turn; the last one repeats. A
        function is given what was asked.
        """
        with self.lock:
            self.scenes[path] = list(replies)

    def asked(self, path: str) -> list[Seen]:
        return [seen for seen in self.seen if seen.path.partition("?")[0] == path]

    def reply(self, target: str) -> Reply:
        path, _, query = target.partition("?")
        if path.startswith("http://"):  # asked as a proxy is
            path = "/" + path.split("/", 3)[-1]
        with self.lock:
            replies = self.scenes.get(path) or self.scenes.get("*")
            if replies:
                reply = replies.pop(0) if len(replies) > 1 else replies[0]
                return reply if isinstance(reply, Reply) else reply(target)
        if path.startswith("/fault/"):
            _, _, name, rest = path.split("/", 3)
            return spoiled(name, self.reply(f"/{rest}?{query}"))
        found = melodi.answer(path, query, self.url)
        if found is None:
            return FAULTS["404"](Reply())
        return Reply(*found)


class _Handler(BaseHTTPRequestHandler):
    replay: ReplayServer
    protocol_version = "HTTP/1.1"
    # Headers and body go in two writes: without this each answer waits 40 ms for an acknowledgement.
    disable_nagle_algorithm = True

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        self.replay.seen.append(Seen(self.path, {k.lower(): v for k, v in self.headers.items()}))
        reply = self.replay.reply(self.path)
        if reply.fault == "hang":
            self.replay.closing.wait(60)
        if reply.fault in ("hang", "drop"):
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        if self._still(reply):
            return
        self.send_response(reply.status)
        for name, value in {"Content-Type": reply.type, **reply.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        if self.command != "HEAD":
            self._send(reply)

    def _still(self, reply: Reply) -> bool:
        pairs = (("ETag", "If-None-Match"), ("Last-Modified", "If-Modified-Since"))
        same = [n for n, c in pairs if n in reply.headers and self.headers.get(c) == reply.headers[n]]
        if not same or reply.status != 200:
            return False
        self.send_response(304)
        self.send_header(same[0], reply.headers[same[0]])
        self.end_headers()
        return True

    def _send(self, reply: Reply) -> None:
        try:
            if reply.fault == "cut":
                self.wfile.write(reply.body[: max(1, len(reply.body) // 2)])
                self.wfile.flush()
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)
            elif reply.fault == "drip":
                for at in range(0, len(reply.body), 4):
                    self.wfile.write(reply.body[at : at + 4])
                    self.wfile.flush()
                    self.replay.dripped += 4
                    if self.replay.closing.wait(0.05):
                        return
            else:
                self.wfile.write(reply.body)
        except OSError:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Quiet: what was asked is kept in `seen`."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--port", type=int, default=8150)
    server = ReplayServer(parser.parse_args().port).start()
    print(f"{server.url}/melodi", flush=True)
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        server.stop()


if __name__ == "__main__":
    main()
