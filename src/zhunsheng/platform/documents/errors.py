"""Why a file isn't taken."""

from zhunsheng.foundation.errors import DomainError


class FileRefused(DomainError):
    """A file that can't be kept: nothing of it is stored."""

    code = "file-refused"


class FileTooLarge(FileRefused):
    """A file, or what an archive holds, is larger than the limits allow."""

    code = "too-large"


class ArchiveRefused(FileRefused):
    """An archive that can't be trusted: a bomb, a damaged one, one with dangerous names."""

    code = "archive-refused"


class FileMissing(DomainError):
    """No stored file has that digest, or its bytes are gone from the store."""

    code = "not-found"


class FileAltered(DomainError):
    """A stored file's bytes no longer have the digest under which they are kept."""

    code = "file-altered"
