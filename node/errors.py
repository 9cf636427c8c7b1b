"""How a deed can fail: four errors, translated to HTTP in web/middleware/errors.py and to exit codes in cli, nowhere else."""

from collections.abc import Mapping


class NodeError(Exception):
    """This could not be done. The class docstring is the default message; a message is one line that says what to do.

    `problems`: of a form, what is wrong by the name of the field, "" for the form as a whole, in the language of who filled it.
    """

    def __init__(self, message: str | None = None, *, problems: Mapping[str, str] | None = None) -> None:
        super().__init__(message or self.__doc__)
        self.problems = dict(problems or {})


class NotAllowed(NodeError):
    """This is not allowed."""


class NotFound(NodeError):
    """This does not exist, or may not be seen."""


class Invalid(NodeError):
    """What was given is not valid."""


class Conflict(NodeError):
    """This does not fit what is already there."""


class Busy(NodeError):
    """This cannot be done at the moment; try again in a while."""
