"""How far a refresh has come, said through the beat that its stages carry anyway.

A beat is any callable that gives a sign of life; the one of a worker (`queueing.Heartbeat`) also listens.
"""

from collections.abc import Callable

Beat = Callable[[], None]


def begins(beat: Beat, step: str) -> None:
    """Another part of the work begins."""
    _listener(beat, "step")(step)


def received(beat: Beat, done: int, length: str | None, rank: int) -> None:
    """Bytes on the wire of the answer of this rank (from 1), and its Content-Length if it has one."""
    _listener(beat, "received")(done, int(length) if length and length.isdecimal() else None, rank)


def rows(beat: Beat, more: int) -> None:
    """So many more rows were handed to the database."""
    _listener(beat, "rows")(more)


def _listener(beat: Beat, name: str) -> Callable:
    return getattr(beat, name, None) or (lambda *_: None)
