"""The statutory file of grants: SCDL Subventions 2.1.1, one line per beneficiary.

Schema: https://schema.data.gouv.fr/scdl/subventions/2.1.1. A line that lacks what the schema requires is left
out and told, never filled with a guess. Legal persons only: the register holds no other.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from agglo.figures.vocabulary import Qualifier
from projects.models import Beneficiary, FundingLine, Movement

COLUMNS = (
    "nomAttribuant", "idAttribuant", "dateConvention", "referenceDecision", "nomBeneficiaire",
    "idBeneficiaire", "rnaBeneficiaire", "objet", "montant", "nature", "conditionsVersement",
    "datesPeriodeVersement", "idRAE", "notificationUE", "pourcentageSubvention", "dispositifAide",
)  # fmt: skip
NATURE = {
    FundingLine.Form.GRANT: "aide en numéraire",
    FundingLine.Form.IN_KIND: "aide en nature",
    FundingLine.Form.REBATE: "aide en nature",
}
LEAST = Decimal("0.01")
DE_MINIMIS = ("de_minimis", "sgei", "agriculture", "fisheries")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A grant that the file cannot hold yet, and what it lacks."""

    line: FundingLine
    lacks: tuple[str, ...]


def own_grants(siren: str) -> Iterable[FundingLine]:
    """Attested grants of the authority that were decided in public; four queries whatever their number."""
    held = FundingLine.objects.published().attested().granted()
    return held.filter(form__in=NATURE, funder__siren=siren).for_list()


def split(lines: Iterable[FundingLine], siret: str) -> tuple[list[dict[str, str]], list[LeftOut]]:
    """The rows of the file, and the grants it cannot hold yet. `siret`: the authority’s head office."""
    rows, left = [], []
    for line in lines:
        lacks = tuple(dict.fromkeys(_lacks(line, siret)))
        if lacks:
            left.append(LeftOut(line, lacks))
        else:
            rows += [_row(line, one, siret) for one in line.beneficiaries.all()]
    return rows, left


def _grants(line: FundingLine) -> list[Movement]:
    rows = list(line.movements.all())
    gone = {row.cancels_id for row in rows if row.cancels_id}
    return [row for row in rows if row.kind == Movement.Kind.GRANTED and row.pk not in gone]


def _lacks(line: FundingLine, siret: str) -> Iterator[str]:
    if not siret:
        yield "le SIRET de l’attribuant"
    for grant in _grants(line):
        if grant.on != grant.until:
            yield "le jour de la convention"
        if grant.amount is None or grant.qualifier != Qualifier.EXACT:
            yield "le montant exact"
    if not all(one.siret or one.rna for one in line.beneficiaries.all()):
        yield "le SIRET ou le numéro RNA du bénéficiaire"
    if any(one.share < LEAST for one in line.beneficiaries.all()):
        yield "une part d’au moins 1\u00a0% par bénéficiaire"
    if line.pay_from is None:
        yield "la date de versement"
    if line.regime == "unknown":
        yield "le régime d’aide"
    if line.payment == FundingLine.Payment.OTHER and not line.payment_words:
        yield "les conditions de versement"


def _row(line: FundingLine, one: Beneficiary, siret: str) -> dict[str, str]:
    grants = _grants(line)
    conditions = line.payment_words if line.payment == FundingLine.Payment.OTHER else line.payment
    period = line.pay_from.isoformat()
    if line.pay_until and line.pay_until != line.pay_from:
        period += f"/{line.pay_until.isoformat()}"
    said = (
        line.funder.name,
        siret,
        grants[0].on.isoformat(),
        grants[0].reference,
        one.organisation.name,
        one.siret,
        one.rna,
        line.about,
        f"{sum(grant.amount for grant in grants):.2f}",
        NATURE[line.form],
        conditions,
        period,
        line.rae,
        "oui" if line.regime in DE_MINIMIS else "non",
        _share(one.share),
        "",
    )
    return dict(zip(COLUMNS, said, strict=True))


def _share(share: Decimal) -> str:
    """« 1.00 », « 0.45 », « 0.3333 »."""
    return f"{share:.2f}" if share == round(share, 2) else format(share.normalize(), "f")


def as_csv(rows: Iterable[dict[str, str]]) -> str:
    """Comma, UTF-8, decimal point, as the schema asks; no line above the columns."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
