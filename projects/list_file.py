"""A filtered list as a file: all that is kept, in the order shown; one query and one pass over its rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, StreamingHttpResponse

from projects.exporting import FORMATS, Notice
from projects.filters import filters_in_words
from projects.listing import Listing, ordered

AT_ONCE = 2000  # rows that the database gives at once


@dataclass(frozen=True, slots=True)
class ListFile:
    """`columns` says each column; `paths` are the values of a record that `row` makes a row of, in order."""

    title: str
    definition: str
    columns: Mapping[str, str]
    paths: Sequence[str]
    row: Callable[[tuple], tuple]


def list_file(
    request: HttpRequest, form: str, listing: Listing, file: ListFile, rows: QuerySet
) -> FileResponse | StreamingHttpResponse:
    if form not in FORMATS:
        raise Http404("Ce fichier n’existe pas.")
    chosen, rows = ordered(request, listing, rows)
    notice = Notice(file.title, file.definition, filters_in_words(chosen), tuple(file.columns.items()))
    values = rows.values_list(*file.paths).iterator(chunk_size=AT_ONCE)
    return FORMATS[form](listing.code, notice, list(file.columns), map(file.row, values))
