"""What a person may change about one refresh."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone


@dataclass(frozen=True, slots=True)
class Options:
    """What a person may change about one refresh; stored with the run.

    `file` loads a downloaded file; `replay` reads the answers of an earlier run again, offline;
    `known_from` says from which day the figures were known (old editions, oldest first); `accept` takes an
    implausible answer, with the reason; `force` compares even when the bytes are those of last time;
    `hold` stops before writing, with the reason, until a person releases the run; `partial` says that the
    answers hold some rows only, so that nothing else is withdrawn.
    """

    file: str = ""
    base_url: str = ""
    replay: int | None = None
    known_from: str = ""
    edition: str = ""
    accept: str = ""
    force: bool = False
    hold: str = ""
    partial: bool = False

    def stored(self) -> dict:
        return {name: value for name in self.__slots__ if (value := getattr(self, name))}

    @property
    def moment(self) -> datetime | None:
        if not self.known_from:
            return None
        return timezone.make_aware(datetime.combine(date.fromisoformat(self.known_from), time.min))
