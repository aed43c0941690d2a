"""What is wrong with a case, and what is in it: plain data that the commands and the window print."""

from __future__ import annotations

from explorer.model.problems import Problem


class ProblemsFound(Exception):  # noqa: N818 - the name says what was found
    """An input that cannot be opened as it is: problems says all that is wrong, source where it came from."""

    def __init__(self, problems: tuple[Problem, ...], source: str = "") -> None:
        super().__init__("; ".join(str(problem) for problem in problems[:3]))
        self.problems = problems
        self.source = source
