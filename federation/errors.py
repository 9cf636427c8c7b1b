"""How federating can fail: our fault (LocalError) or theirs (RemoteError), with a hint for the answer."""


class FederationError(Exception):
    """Federating failed. The class docstring is the default message.

    `status_hint` is the HTTP status that suits an answer to it; `is_final` tells whether trying again is useless.
    """

    status_hint = 500
    is_final = True

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.__doc__)


class LocalError(FederationError):
    """We did something wrong: this is our bug."""


class RemoteError(FederationError):
    """The other server did something that cannot be accepted."""

    status_hint = 400


class Unsigned(RemoteError):
    """The request carries no signature."""

    status_hint = 401


class BadSignature(RemoteError):
    """The signature does not prove who sent this."""

    status_hint = 401


class StaleSignature(BadSignature):
    """The signature is too old, or from the future: check the clock."""


class CoversTooLittle(BadSignature):
    """The signature does not cover what it must."""


class BadDigest(BadSignature):
    """The digest is missing or does not fit the body."""


class KeyUnavailable(BadSignature):
    """The key that the signature names cannot be had."""


class BadKey(BadSignature):
    """The key is of a kind or size that is not accepted, or is not its owner's."""


class BadProof(RemoteError):
    """The proof does not show who wrote this."""

    status_hint = 401


class WrongHost(RemoteError):
    """The request was made for another host."""

    status_hint = 401


class NotTheSigner(RemoteError):
    """The actor of this activity is not the one who signed it."""

    status_hint = 401


class MalformedActivity(RemoteError):
    """This is not an activity that can be read."""

    status_hint = 400


class UnsupportedMediaType(RemoteError):
    """The body is not of an ActivityPub media type."""

    status_hint = 415


class TooLarge(RemoteError):
    """The body is larger than what is accepted."""

    status_hint = 413


class Blocked(RemoteError):
    """This server does not accept messages from there."""

    status_hint = 403


class ForbiddenAddress(RemoteError):
    """This address may not be contacted."""


class UnacceptableAnswer(RemoteError):
    """The answer is not an ActivityPub document of that address."""


class Gone(RemoteError):
    """What was asked for is gone (410) or not there (404)."""


class Missing(Gone):
    """What was asked for is not there (404), for whoever asks like this: others may be shown it."""


class Unreachable(RemoteError):
    """The other server could not be reached or did not answer in time."""

    is_final = False


class Troubled(Unreachable):
    """The other server answers, and says that it cannot tell now."""


class MalformedHandle(RemoteError):
    """This is not written like an account, @name@host, or an address."""


class NotOurs(RemoteError):
    """This account or address is another server's."""

    status_hint = 404
