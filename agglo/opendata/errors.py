"""What can go wrong on the way in, said in French to the operator; whether trying again may help is in the
class.
"""

from collections.abc import Iterable


class RefreshError(Exception):
    """A refresh that stops. The message is a whole French sentence: what happened, what to do.

    `detail` holds the technical part (an address, the start of an answer), shown to staff only.
    """

    kept = "Les chiffres déjà chargés restent en place."

    def __init__(self, sentence: str, detail: str = "") -> None:
        super().__init__(sentence)
        # PostgreSQL keeps no NUL, which an answer in another encoding is full of.
        self.sentence, self.detail = sentence.replace("\x00", ""), detail.replace("\x00", "")

    def __str__(self) -> str:
        return f"{self.sentence} {self.kept}"


class RetryableError(RefreshError):
    """The service is down, slow or busy: the same request may succeed later. `wait` is what it asks, in
    seconds.
    """

    wait: float | None = None


class FinalError(RefreshError):
    """The answer or the request is wrong: trying again changes nothing until somebody acts."""


class WrongAnswer(FinalError):
    """The service answered something other than what is declared (HTML, wrong JSON, missing column, cut
    file).
    """


class SchemaChanged(WrongAnswer):
    """Columns or keys that we need are gone: `missing` names them, `renamed` guesses their new names."""

    def __init__(
        self, sentence: str, detail: str = "", *, missing: Iterable[str] = (), renamed: dict | None = None
    ) -> None:
        super().__init__(sentence, detail)
        self.missing, self.renamed = list(missing), renamed or {}


class OlderRelease(FinalError):
    """The answer is older than what is already held."""


class Implausible(FinalError):
    """The answer reads well but changes too much to be believed without a person's word."""


class LeaseLost(FinalError):
    """Another worker took the run over while this one was silent."""
