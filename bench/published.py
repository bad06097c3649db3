"""Seconds from a change published through a page to the same number on the public pages, on a running portal.

    bin/run                                        # a portal of its own: AGGLO_VAR=/somewhere/new PORT=8111
    python -m bench.published http://localhost:8111 agent@demo.invalid PASSWORD --rounds 6

Nothing is called but pages: worker and beat are those that `bin/run` started. A member of staff pauses a
project, then takes it up again, by turns; the page of IND-01 and the dashboard of industry are asked twice a
second until they show the other number of sites with a project. The portal keeps these passages: never run
it on one that people read.
"""

import argparse
import re
import statistics
import time

import httpx

PROJECT, TOLD, PAUSED, IDEA = "plateforme-bridgestone", "Avec un projet en cours", 8, 1
PAGES = ("/indicateurs/IND-01/", "/axes/industrie/")
EVERY, LONGEST = 0.5, 180.0  # seconds
TAG = re.compile(r"<[^>]+>|\s|\u00a0|&nbsp;|\u202f")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("portal")
    asked.add_argument("account")
    asked.add_argument("password")
    asked.add_argument("--rounds", type=int, default=6)
    said = asked.parse_args()
    staff, public = (httpx.Client(base_url=said.portal, timeout=60, follow_redirects=True) for _ in range(2))
    _send(staff, "/compte/connexion/", {"username": said.account, "password": said.password})
    waits: dict[str, list[float]] = {page: [] for page in PAGES}
    for _ in range(said.rounds):
        before = {page: _number(public, page) for page in PAGES}
        gate = IDEA if before[PAGES[0]].startswith("0") else PAUSED
        day = time.strftime("%Y-%m-%d")
        _send(
            staff,
            f"/equipe/projets/{PROJECT}/etapes/",
            {"gate": gate, "on": day, "reason": "mesure", "source": "banc"},
        )
        start = time.monotonic()
        left = dict(before)
        while left and time.monotonic() - start < LONGEST:
            for page in list(left):
                if _number(public, page) != before[page]:
                    waits[page].append(time.monotonic() - start)
                    del left[page]
            time.sleep(EVERY)
        for page in left:
            print(f"{page} : le nombre n’a pas changé en {LONGEST:.0f} s", flush=True)
        print({page: round(held[-1], 1) for page, held in waits.items() if held}, flush=True)
    for page, held in waits.items():
        if held:
            print(
                f"{page} : de {min(held):.1f} à {max(held):.1f} s, médiane {statistics.median(held):.1f} s,"
                f" {len(held)} changements sur {said.rounds}"
            )


def _send(client: httpx.Client, address: str, fields: dict) -> None:
    """As a form does: the page first, for its token. Raises when the page comes back with a fault."""
    form = client.get(address)
    form.raise_for_status()
    token = dict(re.findall(r'name="(csrfmiddlewaretoken)" value="([^"]+)"', form.text))
    answer = client.post(address, data=fields | token, headers={"Referer": str(client.base_url)})
    answer.raise_for_status()
    if answer.url.path == address:
        raise SystemExit(f"{address} a refusé : {re.findall(r'field__error[^>]*>([^<]*)', answer.text)}")


def _number(client: httpx.Client, page: str) -> str:
    """What stands after the name of the figure, where the page has it first."""
    answer = client.get(page)
    answer.raise_for_status()
    plain = TAG.sub("", answer.text)
    after = plain[plain.index(TAG.sub("", TOLD)) + len(TAG.sub("", TOLD)) :]
    return re.sub(r"^(?:novembre2026|[a-zé]+20\d\d)", "", after)[:6]


if __name__ == "__main__":
    main()
