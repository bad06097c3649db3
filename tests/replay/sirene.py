"""Stock files of Sirene made by hand: the columns of the official Parquet files, invented companies."""

from pathlib import Path

import duckdb

# The first columns are those the counts read; a name and an address stand for all that must not stay.
ESTABLISHMENT = {
    "siren": "900000001",
    "siret": "90000000100011",
    "statutDiffusionEtablissement": "O",
    "dateCreationEtablissement": "2015-03-01",
    "activitePrincipaleRegistreMetiersEtablissement": None,
    "etablissementSiege": True,
    "codeCommuneEtablissement": "62119",
    "libelleVoieEtablissement": "RUE SECRETE",
    "denominationUsuelleEtablissement": "MADAME DUPONT",
    "dateDebut": "2015-03-01",
    "etatAdministratifEtablissement": "A",
    "activitePrincipaleEtablissement": "25.11Z",
    "nomenclatureActivitePrincipaleEtablissement": "NAFRev2",
    "caractereEmployeurEtablissement": "N",
}
LEGAL_UNIT = {
    "siren": "900000001",
    "nomUniteLegale": "DUPONT",
    "dateCreationUniteLegale": "2015-03-01",
    "dateDebut": "2015-03-01",
    "etatAdministratifUniteLegale": "A",
    "economieSocialeSolidaireUniteLegale": None,
}


def establishment(siren: int, commune: str = "62119", **said) -> dict:
    said = {"siren": f"{siren:09d}", "codeCommuneEtablissement": commune, **said}
    return ESTABLISHMENT | said


def unit(siren: int, **said) -> dict:
    return LEGAL_UNIT | {"siren": f"{siren:09d}", **said}


def parquet(path: Path, rows: list[dict], *, days: str = "DATE", without: tuple[str, ...] = ()) -> Path:
    """A Parquet file of these rows; `days` is the type of its dates, which changes with editions."""
    base = duckdb.connect()
    names = [name for name in rows[0] if name not in without]
    kinds = {name: _kind(name, days) for name in names}
    base.execute(f"CREATE TABLE t ({', '.join(f'{name} {kinds[name]}' for name in names)})")
    marks = ", ".join("?" for _ in names)
    base.executemany(f"INSERT INTO t VALUES ({marks})", [[row[name] for name in names] for row in rows])
    base.execute(f"COPY t TO '{path}' (FORMAT parquet)")
    return path


def _kind(name: str, days: str) -> str:
    if name.startswith("date"):
        return days
    return "BOOLEAN" if name == "etablissementSiege" else "VARCHAR"
