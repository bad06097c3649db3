"""The one e-mail that gathers what waits for a person, on the day and at the rhythm they chose."""

from dataclasses import dataclass, field
from datetime import date

from agglo.figures.vocabulary import Review
from projects.models import Mention, Taste, Update
from projects.updates.colleagues import colleagues
from projects.updates.letters import send
from projects.updates.reminders import Due, due, taste_of

Rhythm = Taste.Rhythm


@dataclass(slots=True)
class Digest:
    """What would be written; an empty one is not sent."""

    person: object
    late: list[Due] = field(default_factory=list)
    sent_back: list[Update] = field(default_factory=list)
    to_read: list[Update] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.late) + len(self.sent_back) + len(self.to_read) + len(self.mentions)


def falls_on(taste: Taste, today: date) -> bool:
    """Whether this person gets a letter that day. Pure."""
    if taste.rhythm == Rhythm.NEVER or today.weekday() > 4:
        return False
    if taste.rhythm == Rhythm.DAILY:
        return True
    return today.weekday() == taste.weekday and (taste.rhythm == Rhythm.WEEKLY or today.day <= 7)


def digest_of(person, today: date) -> Digest:
    mine = Update.objects.select_related("project", "site", "author")
    reads = person.holds("reviewer")
    return Digest(
        person=person,
        late=due(person, today),
        sent_back=list(mine.filter(author=person, review=Review.SENT_BACK)),
        to_read=list(mine.filter(review=Review.SUBMITTED).exclude(author=person)) if reads else [],
        mentions=list(
            Mention.objects.filter(person=person, seen_at__isnull=True).select_related(
                "remark__update__project", "remark__update__site", "remark__by"
            )
        ),
    )


def send_digests(today: date) -> dict[str, int]:
    """To everybody whose day it is and for whom something waits; never twice the same day.

    A letter that the mail server refuses stops no other one; its error is raised once all have been tried.
    """
    counts, refused = {"sent": 0, "nothing": 0, "already": 0}, None
    for person in colleagues():
        if not falls_on(taste_of(person), today):
            continue
        found = digest_of(person, today)
        if not len(found):
            counts["nothing"] += 1
            continue
        subject = f"{len(found)} chose{'s' if len(found) > 1 else ''} à lire ou à mettre à jour"
        try:
            done = send(person, "digest", today.isoformat(), subject, "digest", {"digest": found})
        except OSError as error:  # SMTP errors are of this kind too
            refused = error
            continue
        counts["sent" if done else "already"] += 1
    if refused is not None:
        raise refused
    return counts
