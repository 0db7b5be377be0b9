"""State machines as tables: buttons, API and tests read the same rows."""

from collections.abc import Hashable, Mapping
from typing import Generic, TypeVar

from zhunsheng.foundation.errors import DomainError

S = TypeVar("S", bound=Hashable)


class IllegalMove(DomainError):
    """An action that the present stage doesn't allow; people read the sentence, the log and the API have the codes."""

    code = "illegal-move"

    def __init__(self, workflow: str, stage: object, action: str, allowed: tuple[str, ...]) -> None:
        self.workflow, self.stage, self.action, self.allowed = workflow, stage, action, allowed
        super().__init__(
            "This step is not possible at the present stage.",
            params={"action": action, "workflow": workflow, "stage": str(stage)},
            field="stage",
            remedy="Open the page again: its buttons show what is possible now.",
        )

    def __str__(self) -> str:
        return f"{self.message} ({self.workflow}: {self.action} at {self.stage})"


class Workflow(Generic[S]):
    """Legal moves of one kind of thing: `{(stage, action): next stage}`."""

    def __init__(self, name: str, table: Mapping[tuple[S, str], S]) -> None:
        if not table:
            raise ValueError(f"workflow {name} has no moves")
        self.name = name
        self.table: Mapping[tuple[S, str], S] = dict(table)

    @property
    def stages(self) -> tuple[S, ...]:
        """Return every stage, in the order of first mention."""
        seen = dict.fromkeys(stage for (start, _), end in self.table.items() for stage in (start, end))
        return tuple(seen)

    def actions(self, stage: S) -> tuple[str, ...]:
        """Return what may be done at a stage; empty when it is final or unknown."""
        return tuple(action for start, action in self.table if start == stage)

    def target(self, stage: S, action: str) -> S:
        """Return the stage that an action leads to.

        Raises: IllegalMove.
        """
        try:
            return self.table[stage, action]
        except KeyError:
            raise IllegalMove(self.name, stage, action, self.actions(stage)) from None
