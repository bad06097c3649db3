"""What became of the figures of an answer, counted."""

from dataclasses import dataclass


@dataclass(slots=True)
class Counts:
    added: int = 0
    revised: int = 0
    unchanged: int = 0
    withdrawn: int = 0

    @property
    def changes(self) -> int:
        return self.added + self.revised + self.withdrawn

    def take(self, counts: "Counts") -> None:
        """The same numbers as there."""
        self.added, self.revised = counts.added, counts.revised
        self.unchanged, self.withdrawn = counts.unchanged, counts.withdrawn
