"""One row a figure, the same columns in every download, with the definition, the wording and the source."""

import csv
from collections.abc import Iterable, Iterator

from django.http import StreamingHttpResponse

from agglo.figures.models import Observation
from agglo.figures.vocabulary import Dating, Evidence, Origin, Qualifier, State

from .reasons import why

RELATED = (
    "series__measure_version__measure",
    "series__measure_version__denominator",
    "series__subject",
    "series__breakdown",
    "release__dataset__source",
    "quotation",
)
BOM = "\ufeff"


def row_of(observation: Observation) -> dict[str, object]:
    """The figure in full; decimal points, ISO 8601 dates, empty beside a state that says why."""
    series, release, quotation = observation.series, observation.release, observation.quotation
    version = series.measure_version
    return {
        "identifiant": observation.pk,
        "mesure": version.measure.code,
        "intitule": version.name,
        "definition": version.definition,
        "version_definition": version.number,
        "nomenclature": series.subject.scheme,
        "code_sujet": series.subject.code,
        "sujet": series.subject.name,
        "ventilation": series.breakdown.key,
        "etat": State(observation.state).label,
        "valeur": observation.value,
        "valeur_haute": observation.value_high,
        "qualificatif": Qualifier(observation.qualifier).label,
        "valeur_en_mots": quotation.value_words if quotation else "",
        "unite": version.counted_unit,
        "denominateur": version.denominator.code if version.denominator else "",
        "preuve": Evidence(observation.evidence).label,
        "obs_status": observation.obs_status,
        "periode_debut": observation.period_start,
        "periode_fin": observation.period_end,
        "datation": Dating(observation.dating).label,
        "classe": Origin(observation.origin).label,
        "perimetre_selon_la_source": quotation.perimeter if quotation else "",
        "citation": quotation.wording if quotation else "",
        "mot_pour_mot": ("oui" if quotation.verbatim else "non") if quotation else "",
        "precaution": quotation.caution if quotation else "",
        "source": release.dataset.source.name,
        "document": release.dataset.title,
        "edition": release.edition,
        "publie_le": release.published_on or release.published_words,
        "adresse": release.url or release.dataset.url,
        "licence": release.licence or release.dataset.licence,
        "connu_depuis": observation.known_from,
        "connu_jusqua": observation.known_to,
        "raison": why(release.dataset.code, observation.reason),
    }


class _Echo:
    def write(self, text: str) -> str:
        return text


def _cell(value: object) -> object:
    """A text that a spreadsheet would run as a formula is kept as text."""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@") else value


def csv_lines(rows: Iterable[dict[str, object]]) -> Iterator[str]:
    writer = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n")
    for number, row in enumerate(rows):
        if not number:
            yield BOM + writer.writerow(row)
        yield writer.writerow([_cell(value) for value in row.values()])


def csv_answer(rows: Iterable[dict[str, object]], name: str) -> StreamingHttpResponse:
    """A CSV drawn row by row: semicolons, UTF-8 with its mark, one line of headings."""
    return StreamingHttpResponse(
        csv_lines(rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )
