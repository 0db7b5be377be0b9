"""The duty that mails notices."""

from zhunsheng.platform.jobs import duties
from zhunsheng.platform.notices import mailing


def register() -> None:
    """Register the duty."""
    duties.register("mail-notices", mailing.EVERY_SECONDS, mailing.mail_what_is_due)
