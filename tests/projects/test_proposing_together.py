"""Two people who propose at the same moment: one change waits, the other person is told and loses nothing."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from projects.forms.typed import held
from projects.models import Project, Publication
from projects.proposing import MEANWHILE, form_of, fresh, propose, state_of
from projects.publishable import CannotPublish
from tests.people import person


@pytest.mark.django_db(transaction=True)
def test_two_changes_at_the_same_moment_keep_one_and_tell_the_other(attested):
    record = Project.objects.get(slug="tech-3e")
    seen, both_ready = state_of(record, None), Barrier(2, timeout=30)

    def proposes(words: str) -> str:
        try:
            who = person("staff", email=f"{words}@exemple.fr")
            said = held(form_of(fresh(record))) | {"about": words}
            form = form_of(fresh(record), {name: text for name, text in said.items() if text})
            assert form.is_valid(), form.errors
            both_ready.wait()
            propose(fresh(record), form, who, seen=seen)
            return words
        except CannotPublish as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        kept, told = sorted(both.map(proposes, ["lea", "noe"]), key=lambda one: one == MEANWHILE)
    assert told == MEANWHILE
    assert Publication.objects.get().changes["about"] == [record.about, kept]
