"""Why a well-formed report was refused, in English and Chinese, and refusals as RFC 9457 problems."""

from http import HTTPStatus
from typing import Any, Final

from django.utils.translation import get_language

from zhunsheng.foundation.errors import DomainError

WORDS: Final[dict[str, tuple[str, str, str, str]]] = {
    # code: (rule, 规则, remedy, 处理办法)
    "unknown-body": (
        "The register holds no body {body}, or the identifiers given name different bodies.",
        "机构名录中没有 {body}，或所填代码指向不同机构。",
        "Copy body.cma or body.uscc from the certificate; a new body must be entered in the register first.",
        "请照证书填写 body.cma 或 body.uscc；新机构须先登记入名录。",
    ),
    "foreign-body": (
        "You may not hand in reports of {body}.",
        "您无权报送 {body} 的报告。",
        "Sign in as a member, or with an API client, of the body that issued the report.",
        "请用出具报告的机构的账号或接口凭证报送。",
    ),
    "file-reports": (
        "The file holds more than {limit} reports.",
        "文件中的报告超过 {limit} 份。",
        "Split the file, or send it through the API as a batch.",
        "请拆分文件，或通过接口批量报送。",
    ),
    "pdf-unconfirmed": (
        "What was read from a PDF is sent only after the body has compared it with the signed original.",
        "从 PDF 读出的内容须由机构与签发原件核对确认后才能报送。",
        "Upload the PDF on the page “Submit reports” and confirm it there.",
        "请在“报送报告”页面上传 PDF 并确认。",
    ),
    "unsigned": (
        "The report carries no signature, and you are not signed in as {body}.",
        "报告没有签名，且您不是以 {body} 的身份报送。",
        "Let the body sign the report with its key, or submit it with the body's own account.",
        "请由机构用其密钥签名，或用机构账号报送。",
    ),
    "unknown-key": (
        "{body} has no key named {key}.",
        "{body} 没有名为 {key} 的密钥。",
        "Register the public key on the page of the body before signing with it.",
        "请先在机构页登记公钥，再用它签名。",
    ),
    "key-revoked": (
        "The key {key} was revoked on {on}, before this signature.",
        "密钥 {key} 已于 {on} 吊销，早于本次签名。",
        "Sign with a key that is in force.",
        "请用有效的密钥重新签名。",
    ),
    "key-revoked-since": (
        "The key {key} was revoked on {on}: the date of the signature can no longer be relied on.",
        "密钥 {key} 已于 {on} 吊销，签名日期不再可信。",
        "Sign with a key that is in force, or submit with the body's own account.",
        "请用有效的密钥重新签名，或用机构账号报送。",
    ),
    "key-not-in-force": (
        "The key {key} is not in force at the time of signing, {on}.",
        "签名时间 {on} 不在密钥 {key} 的有效期内。",
        "Sign with a key that is in force.",
        "请用有效期内的密钥签名。",
    ),
    "signed-in-future": (
        "The signature says it was made at {on}, which has not come yet.",
        "签名时间 {on} 尚未到来。",
        "Set the clock of the signing computer.",
        "请校准签名计算机的时钟。",
    ),
    "signature-algorithm": (
        "The key {key} is for {expected}, and the signature says {found}.",
        "密钥 {key} 的算法是 {expected}，签名写的是 {found}。",
        "Write the algorithm of the key in proof.type.",
        "请在 proof.type 中写明密钥的算法。",
    ),
    "wrong-signature": (
        "The signature does not fit the report: it was changed after signing, or signed with another key.",
        "签名与报告内容不符：签名后内容被改动，或用了别的密钥。",
        "Sign exactly the report that you send; docs/formats/report.md says over which bytes.",
        "请对所报送的内容重新签名；签名的字节见 docs/formats/report.md。",
    ),
    "manifest-not-first": (
        "A manifest may only be the first line of a batch.",
        "清单只能是批量文件的第一行。",
        "Send each signed manifest with its own reports as one batch.",
        "请将每份清单与其报告作为单独一批报送。",
    ),
    "manifest-refused": (
        "The manifest of this batch was refused, so nothing in it was read.",
        "本批清单未通过，整批未予读取。",
        "Mend what line 1 says and send the batch again.",
        "请按第 1 行的说明改正后重新报送。",
    ),
    "batch-lines": (
        "A batch has at most {limit} lines.",
        "一批不超过 {limit} 行。",
        "Everything before this line was answered; send the rest as another batch.",
        "此行之前的均已答复，其余请另批报送。",
    ),
    "batch-bytes": (
        "A batch has at most {limit} bytes.",
        "一批不超过 {limit} 字节。",
        "Everything before this line was answered; send the rest as another batch.",
        "此行之前的均已答复，其余请另批报送。",
    ),
    "batch-cut": (
        "The transfer was cut before the end of the batch.",
        "批量传输中途断开。",
        "Send what was not answered again; what was answered is kept once.",
        "未答复的请重新报送；已答复的只保存一份。",
    ),
    "gzip": (
        "The body of the request is not sound gzip ({found}).",
        "请求内容不是完整的 gzip（{found}）。",
        "Compress the file again, or send it uncompressed.",
        "请重新压缩，或不压缩直接报送。",
    ),
    "gzip-bomb": (
        "The request unpacks to more than {limit} times its size.",
        "请求解压后超过原大小的 {limit} 倍。",
        "Send it uncompressed or in smaller parts.",
        "请不压缩报送，或分批报送。",
    ),
    "encoding-unknown": (
        "The content encoding {found} is not understood.",
        "不支持的内容编码 {found}。",
        "Use gzip or none.",
        "请使用 gzip 或不压缩。",
    ),
    "idempotency-key-reused": (
        "This Idempotency-Key was used for another request.",
        "该 Idempotency-Key 已用于另一请求。",
        "Use a new key for a new request.",
        "新请求请使用新的键。",
    ),
    "try-again": (
        "The database was busy with the same reports; nothing of this was stored.",
        "数据库正在处理相同的报告，本条未保存。",
        "Send it again.",
        "请重新报送。",
    ),
}

STATUS: Final[dict[str, int]] = {
    "foreign-body": 403,
    "unsigned": 403,
    "unknown-body": 422,
    "encoding-unknown": 415,
    "batch-lines": 413,
    "batch-bytes": 413,
    "gzip-bomb": 413,
    "gzip": 400,
    "batch-cut": 400,
    "try-again": 503,
    "format.size": 413,
    "not-allowed": 403,
    "not-found": 404,
    "too-large": 413,
}
UNPROCESSABLE: Final = 422


class Refusal(DomainError):
    """A report, manifest or batch that is refused whole: which field, by which rule, and what to do about it."""

    def __init__(self, code: str, field: str | None = None, **params: Any) -> None:
        rule, rule_zh, remedy, remedy_zh = WORDS[code]
        self.rule, self.rule_zh = rule.format(**params), rule_zh.format(**params)
        self.remedy_zh = remedy_zh
        self.status = STATUS.get(code, UNPROCESSABLE)
        super().__init__(self.rule, code=code, field=field, remedy=remedy)

    def __str__(self) -> str:
        return f"{self.field}: {self.rule} {self.remedy}" if self.field else f"{self.rule} {self.remedy}"

    def words(self, language: str) -> tuple[str, str]:
        """Return rule and remedy in Chinese for a language tag that begins with `zh`, else in English."""
        return (self.rule_zh, self.remedy_zh) if language.lower().startswith("zh") else (self.rule, self.remedy)


def status_of(error: DomainError) -> int:
    """Return the HTTP status that answers this refusal."""
    return int(getattr(error, "status", None) or STATUS.get(error.code, UNPROCESSABLE))


def as_problem(error: DomainError, *, language: str | None = None) -> dict[str, Any]:
    """Return the refusal as an RFC 9457 problem with `field`, `rule` and `remedy`, in the reader's language."""
    words = getattr(error, "words", None)
    rule, remedy = words(language or get_language() or "en") if words else (str(error), error.remedy)
    status = status_of(error)
    problem: dict[str, Any] = {
        "type": f"urn:zhunsheng:problem:{error.code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": rule,
        "rule": error.code,
    }
    if error.field:
        problem["field"] = error.field
    if remedy:
        problem["remedy"] = remedy
    return problem
