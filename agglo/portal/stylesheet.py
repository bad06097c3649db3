"""Static files as they are published: the sheets that css/site.css imports travel inside it, as one file.

In development the browser follows the imports itself; `collectstatic` writes them out in their order, and
then fingerprints and compresses the result like any other file.
"""

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator

import brotli
from django.core.files.base import ContentFile
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

BUNDLES = ("css/site.css",)
IMPORT = re.compile(r"""@import\s+url\(["']?([^"')]+)["']?\)\s*;""")
ADDRESS = re.compile(r"""url\((["']?)(?!data:|https?:|/|#)([^"')]+)\1\)""")
LARGE = 100_000  # bytes; our own sheets and scripts are smaller
COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


class OneStyleSheet(CompressedManifestStaticFilesStorage):
    """Manifest storage that writes imported sheets out before it names the file after its content."""

    def post_process(self, paths: dict, dry_run: bool = False, **options: object) -> Iterator[tuple]:
        if dry_run:
            return

        def read(name: str) -> str:
            storage, path = paths[name]
            with storage.open(path) as sheet:
                return sheet.read().decode()

        # All are read before any is written: the published folder may be the source of a later one.
        for name, text in [(name, written_out(name, read)) for name in BUNDLES if name in paths]:
            self.delete(name)
            self.save(name, ContentFile(text.encode()))
            paths[name] = (self, name)
        yield from super().post_process(paths, dry_run, **options)

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Only under fingerprinted names, the ones pages ask for: half the work of a first start."""
        fingerprinted = set(self.hashed_files.values())
        return super().compress_files(path for path in paths if path in fingerprinted)

    def create_compressor(self, **options: object) -> Compressor:
        return QuickOnLarge(**options)


class QuickOnLarge(Compressor):
    """The last tenth of a large file costs more than all the rest: 3.2 s of processor for Plotly, not 0.2."""

    @staticmethod
    def compress_brotli(data: bytes) -> bytes:
        return brotli.compress(data, quality=9 if len(data) > LARGE else 11)


def written_out(name: str, read: Callable[[str], str], home: str = "") -> str:
    """The sheet with those it imports in their place; addresses are relative to the first one."""
    folder = posixpath.dirname(name)
    home = home or folder

    def moved(found: re.Match) -> str:
        return f'url("{posixpath.relpath(posixpath.join(folder, found[2]), home)}")'

    def imported(found: re.Match) -> str:
        return written_out(posixpath.normpath(posixpath.join(folder, found[1])), read, home)

    text = COMMENT.sub("", read(name))
    pieces, end = [], 0
    for found in IMPORT.finditer(text):
        pieces += [ADDRESS.sub(moved, text[end : found.start()]), imported(found)]
        end = found.end()
    return "".join([*pieces, ADDRESS.sub(moved, text[end:])])
