"""What is declared for the length of a test: registered and forgotten through the registry itself."""

from collections.abc import Iterator
from contextlib import contextmanager

from agglo.opendata.declaration import Declaration, declared, find, register, unregister


class Registry:
    """The registry by code: `registry["toy"] = replace(registry["toy"], complete=False)` declares anew."""

    def __getitem__(self, code: str) -> Declaration:
        return find(code)

    def __setitem__(self, code: str, declaration: Declaration) -> None:
        if code in declared():
            unregister(code)
        register(declaration)


@contextmanager
def restored(*, empty: bool = False) -> Iterator[Registry]:
    """The registry as it is, or emptied; whatever a test declares in it, it is as before afterwards."""
    before = declared()
    if empty:
        _clear()
    try:
        yield Registry()
    finally:
        _clear()
        for declaration in before.values():
            register(declaration)


def _clear() -> None:
    for code in declared():
        unregister(code)
