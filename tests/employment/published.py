"""All that anybody can read about a plan or a school, at every date it was readable, in every form."""

import io
import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from urllib.parse import urljoin

import pypdf
from django.test import Client

from agglo.figures.models import Observation

INDICATORS = [f"PSE-0{n}" for n in range(1, 10)] + [f"FOR-0{n}" for n in range(5, 9)]
FOLLOWED = ("/plans/", "/ecoles/", "/bilan/")
START = (
    "/",
    "/corrections/",
    "/corrections.csv",
    "/donnees/faits-attestes.csv",
    "/axes/plans-sociaux/",
    "/axes/plans-sociaux/territoires.csv",
    "/axes/entrepreneuriat-formation/",
    *(f"/indicateurs/{code}{form}" for code in INDICATORS for form in ("/", ".csv", ".json", "/figure.json")),
)
OURS = re.compile(r"^/(plans|ecoles|bilan)/")
CHOICE = re.compile("(point|taux|base)=")
LINK = re.compile(r'(?:href|src|action)="([^"]+)"')


def documents(days: Iterable[date | None], extra: Iterable[str] = ()) -> dict[str, str]:
    """Text of each public document by address: pages of plans and schools are followed link by link, at
    every date; the others are read as they are today, indicators at every date as data.
    """
    client, found = Client(), {}
    for day in days:
        query = f"?connu_le={day}" if day else ""
        data = [path for path in START if path.endswith(".json") and "figure" not in path]
        waiting = [f"{path}{query}" for path in (*FOLLOWED, *(data if day else START), *extra)]
        seen = set(waiting)
        while waiting:
            address = waiting.pop()
            response = client.get(address)
            if response.status_code != 200:
                continue
            found[address] = text_of(response)
            if OURS.match(address) and "html" in response["Content-Type"]:
                for link in LINK.findall(found[address]):
                    link = urljoin(address, link.replace("&amp;", "&")).partition("#")[0]
                    if day and "connu_le" not in link:
                        link += f"{'&' if '?' in link else '?'}connu_le={day}"
                    # Of the choices of a rate one at a time: together they say nothing more.
                    if OURS.match(link) and link not in seen and len(CHOICE.findall(link)) < 2:
                        seen.add(link)
                        waiting.append(link)
    return found


def text_of(response) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if response["Content-Type"].startswith("application/pdf"):
        pages = pypdf.PdfReader(io.BytesIO(content)).pages
        return "\n".join(page.extract_text() for page in pages)
    return content.decode("utf-8-sig")


def figures() -> Iterator[dict]:
    """Every figure that a card answers for, with all it was before; closed series are asked for too."""
    client = Client()
    ours = Observation.objects.filter(series__subject__scheme__in=("PLAN", "ECOLE", "CONVENTION"))
    for pk in ours.values_list("pk", flat=True).order_by("pk"):
        response = client.get(f"/chiffres/{pk}.json")
        if response.status_code == 200:
            yield from json.loads(text_of(response))["historique"]
