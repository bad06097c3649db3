"""The peer of the browser bench: one page, compressed once, served by the same server as ours."""

import gzip
import os
from pathlib import Path

PAGE = gzip.compress(Path(os.environ["AGGLO_VAR"], "static-page.html").read_bytes())
HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip")]


def application(environ, start_response):
    start_response("200 OK", [*HEADERS, ("Content-Length", str(len(PAGE)))])
    return [PAGE]
