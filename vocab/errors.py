"""How a document can fail to say something: every error that reading or checking may raise."""


class VocabError(Exception):
    """This document cannot be read. The class docstring is the default message."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.__doc__)


class Malformed(VocabError):
    """This is not a JSON object in UTF-8."""


class TooLarge(VocabError):
    """This document exceeds a limit on size, depth, members or digits."""


class UnknownType(VocabError):
    """This object has no type that can be read."""


class RedefinesTerm(VocabError):
    """This document gives a core ActivityStreams term another meaning."""


class ForbiddenKeyword(VocabError):
    """This document uses a JSON-LD keyword that has no place in a message: @graph, @included, @reverse, @nest, @import."""


class WrongValue(VocabError):
    """A property has a value that it may not have."""
