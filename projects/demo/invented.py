"""Names and numbers that cannot be taken for real ones. Pure; the same at every run."""

from decimal import Decimal
from random import Random

from projects.identifiers import is_siren

SOURCE = "Jeu de démonstration"
WORDING = "Inventé pour essayer les écrans."
PREFIX = "fictif-"
SITES, PROJECTS, COMPANIES, PROMISES = 165, 60, 90, 12
COLOURS = ("ardoise", "brique", "craie", "houille", "lin", "osier", "paille", "sable", "tuile", "zinc")
TRADES = ("plasturgie", "mécanique", "agroalimentaire", "logistique", "bois", "textile", "verre", "recyclage")


def siren(random: Random) -> str:
    """Nine digits whose check digit is wrong, so that no company can have them."""
    stem = f"99{random.randrange(10**6):06d}"
    return next(stem + last for last in "0123456789" if not is_siren(stem + last))


def siret(siren: str, random: Random) -> str:
    return f"{siren}{random.randrange(1, 99):05d}"


def site_name(number: int) -> str:
    return f"Site fictif {number:03d}, {COLOURS[number % len(COLOURS)]}"


def company_name(number: int) -> str:
    return f"Entreprise fictive {number:03d}"


def project_name(number: int, trade: str) -> str:
    return f"Projet fictif {number:03d}, {trade}"


def plot(latitude: Decimal | None, longitude: Decimal | None, area: Decimal, rank: int) -> dict | None:
    """A square of that many square metres, the one of `rank` east of the others; none without a place."""
    if latitude is None or longitude is None:
        return None
    metres = float(area) ** 0.5
    high, wide = metres / 111_200, metres / 70_800  # degrees, at the latitude of Béthune
    south, west = float(latitude), float(longitude) + rank * wide * 1.05
    north, east = south + high, west + wide
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [[[round(x, 6), round(y, 6)] for x, y in ring]]}
