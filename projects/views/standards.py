"""Files of published sites in the national formats, and the page that lists them with what they leave out."""

import json
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agglo.accounts.gates import public
from projects.standards import STANDARDS, writing
from projects.standards.declaring import Standard

LICENCE = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"


@dataclass(frozen=True, slots=True)
class File:
    """One class: how many rows its file has, and the records that lack what the standard asks for."""

    standard: Standard
    count: int
    left_out: list[writing.Written]

    @property
    def is_drawn(self) -> bool:
        return self.standard.record == "site"

    @property
    def lacking(self) -> list[tuple[str, int]]:
        """Titles of the missing fields, the most often missing first."""
        found: dict[str, int] = {}
        for one in self.left_out:
            for name in one.lacking:
                title = self.standard.described[name]["title"].strip()
                found[title] = found.get(title, 0) + 1
        return sorted(found.items(), key=lambda pair: -pair[1])


@public
@require_safe
def files(request: HttpRequest) -> HttpResponse:
    found = []
    for standard in STANDARDS.values():
        written = writing.rows(standard, public=True)
        left_out = [one for one in written if one.lacking]
        found.append(File(standard, len(written) - len(left_out), left_out))
    return render(request, "projects/standards.html", {"files": found, "licence": LICENCE})


def _standard(code: str) -> Standard:
    if code not in STANDARDS:
        raise Http404("Cette classe n’est pas d’un standard que nous écrivons.")
    return STANDARDS[code]


@public
@require_safe
def csv_file(request: HttpRequest, code: str) -> HttpResponse:
    standard = _standard(code)
    return as_file(
        f"{standard.code}-{standard.edition}.csv",
        writing.csv_text(standard, writing.rows(standard, public=True)),
        "text/csv; charset=utf-8",
    )


@public
@require_safe
def geojson_file(request: HttpRequest, code: str) -> HttpResponse:
    standard = _standard(code)
    if standard.record != "site":
        raise Http404("Cette classe n’est pas dessinée.")
    drawn = writing.geojson(standard, writing.rows(standard, public=True))
    return as_file(
        f"{standard.code}-{standard.edition}.geojson",
        json.dumps(drawn, ensure_ascii=False),
        "application/geo+json",
    )


def as_file(name: str, text: str, kind: str) -> HttpResponse:
    """The standard leaves no room for a licence inside the file: it stands in the header, and on the page."""
    response = HttpResponse(text, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Link"] = f'<{LICENCE}>; rel="license"'
    return response
