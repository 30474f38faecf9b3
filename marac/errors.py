"""What stops the program: each kind has an exit code and a sentence that says what to do next.

A form's mistakes are not here. They are values (`marac.referral.Problem`) that a person is shown.
"""

import traceback


class MaracError(Exception):
    """The program cannot go on.

    The docstring of a subclass is its message where none is given. No message may carry a name, an address, a
    subject or the name of a file that somebody sent.
    """

    exit_code = 1

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or (self.__doc__ or "").strip())


class UsageError(MaracError):
    """The command cannot be understood."""

    exit_code = 2


class SettingsError(MaracError):
    """config.toml or agencies.toml has mistakes; every one is named."""

    exit_code = 2


class StoreError(MaracError):
    """The store cannot be read or written. Nothing was half done; run the same command again when it can."""

    exit_code = 3


class BusyError(MaracError):
    """Another marac is at work in this folder. Wait until it has finished, then run this again."""

    exit_code = 4


class MailboxError(MaracError):
    """The mailbox cannot be reached. No message was lost; run the same command again when it can be reached."""

    exit_code = 5


class RefusedError(MailboxError):
    """The other side will not take this message, now or later. It did not leave."""


class UnknownOutcomeError(MailboxError):
    """The connection broke after the message was handed over: it may or may not have been sent."""


class SealingError(MaracError):
    """A document could not be sealed for an agency. Nothing was sent to it."""

    exit_code = 6


class TemplateError(MaracError):
    """A Word template cannot be used as it is."""

    exit_code = 7


class NotFoundError(MaracError):
    """There is no such case, meeting or agency."""

    exit_code = 8


class ConflictError(MaracError):
    """Somebody else changed this at the same moment, and your change was not made. Look again, then say it once more."""

    exit_code = 9


class WorkbookError(MaracError):
    """A workbook cannot be used as it is; nothing was taken from it, and it is kept."""

    exit_code = 10


class UnforeseenError(MaracError):
    """Something that nobody foresaw; its own text may hold what stands on a form, so only its kind and place are told."""

    exit_code = 70

    def __init__(self, error: BaseException) -> None:
        frames = traceback.extract_tb(error.__traceback__)
        file = frames[-1].filename.replace("\\", "/").rpartition("/")[2] if frames else ""
        place = f" at {file}, line {frames[-1].lineno}" if frames else ""
        super().__init__(
            f"Something unexpected happened ({type(error).__name__}{place}). Nothing is lost: what was waiting is still "
            "waiting, and is tried again by the next run. Please tell whoever looks after this program."
        )
