"""What can go wrong with Oracle: OracleError ends a run, RecordError ends one record.

Their texts are sentences for people and never hold payloads or credentials.
"""


class OracleError(Exception):
    """Oracle did not give us what we asked for; the text says what to do."""


class OracleConfigError(OracleError):
    """Our own settings cannot work."""


class OracleLoginRefused(OracleError):
    """The user is refused."""


class OracleSignInPage(OracleLoginRefused):
    """A page for people, or the way to one, answers in Oracle's place."""


class OracleForbidden(OracleLoginRefused):
    """The user is known but may not see this."""


class OracleNotFound(OracleError):
    """There is nothing at this address."""


class OracleQueryRefused(OracleError):
    """Oracle does not understand our query (400)."""


class OracleUnavailable(OracleError):
    """Still failing after every attempt."""


class OracleProtocolError(OracleError):
    """An answer of another form than Oracle documents; taking it would lose records."""


class RecordError(Exception):
    """One record cannot be taken in."""

    def __init__(self, attribute: str, reason: str, remote_id: str | None = None) -> None:
        super().__init__(f"{attribute}: {reason}" if attribute else reason)
        self.attribute = attribute
        self.reason = reason
        self.remote_id = remote_id
