"""Errors of reading Oracle: OracleError ends a run, RecordError rejects one record.

Their texts are sentences for people and never hold payloads or credentials.
"""


class OracleError(Exception):
    """Report that Oracle did not give us the data we asked for; the text says what to do."""


class OracleConfigError(OracleError):
    """Say that settings cannot work, a sentence for each that has to change."""

    def __init__(self, *problems: str) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


class OracleLoginRefused(OracleError):
    """Stop after a 401: each further try may lock the account."""


class OracleSignInPage(OracleError):
    """Report that a page for people, or the way to one, answers in Oracle's place."""


class OracleForbidden(OracleError):
    """Report that the user is known but may not see this."""


class OracleNotFound(OracleError):
    """Report that there is nothing at this address."""


class OracleQueryRefused(OracleError):
    """Report that Oracle does not understand our query (400)."""


class OracleUnavailable(OracleError):
    """Report that every attempt has failed."""


class OracleProtocolError(OracleError):
    """Report an answer of a form that Oracle does not document; taking it would lose records."""


class RecordError(Exception):
    """Report one record that cannot be imported."""

    def __init__(self, attribute: str, reason: str, remote_id: str | None = None) -> None:
        super().__init__(f"{attribute}: {reason}" if attribute else reason)
        self.attribute = attribute
        self.reason = reason
        self.remote_id = remote_id
