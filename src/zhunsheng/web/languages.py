"""Which language a page speaks: the address first (/en/, /zh-hant/), then the cookie, then Accept-Language."""

from collections.abc import Callable, Mapping
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation
from django.utils.cache import patch_vary_headers
from opencc.opencc import OpenCC

DEFAULT = "zh-hans"
PREFIXES = ("en", "zh-hant")
YEAR = 365 * 24 * 60 * 60


class LanguageMiddleware:
    """Take the language out of the address and put it into the script prefix, so that `reverse()` keeps it.

    /zh-hans/… is the way back to the default: it forgets the choice and redirects to the plain address.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request in the reader's language."""
        prefix, rest = _split(request.path_info)
        if prefix == DEFAULT:
            return self._chosen(HttpResponseRedirect(_with_query(request, _mount() + rest.lstrip("/"))), DEFAULT)
        if prefix and not rest:
            return HttpResponseRedirect(_with_query(request, f"{_mount()}{prefix}/"))
        language = prefix or translation.get_language_from_request(request)
        mount = get_script_prefix()
        request.LANGUAGE_CODE = language
        if prefix:
            request.path_info = rest
            set_script_prefix(f"{mount}{prefix}/")
        try:
            with translation.override(language):
                response = self.get_response(request)
        finally:
            set_script_prefix(mount)
        response.headers.setdefault("Content-Language", translation.to_locale(language).replace("_", "-"))
        if prefix:
            return self._chosen(response, prefix) if request.COOKIES.get(_cookie()) != prefix else response
        if response.headers.get("Content-Type", "").startswith("text/html"):  # tiles and data speak no language
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response

    @staticmethod
    def _chosen(response: HttpResponse, language: str) -> HttpResponse:
        response.set_cookie(
            _cookie(), language, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE, httponly=True
        )
        return response


def addresses(request: HttpRequest) -> list[tuple[str, str, str, bool]]:
    """Return (code, name, address of this same page, is the one shown) for every language."""
    now = translation.get_language()
    mount = _mount(get_script_prefix())
    return [
        (code, name, _with_query(request, f"{mount}{code}{request.path_info}"), code == now)
        for code, name in settings.LANGUAGES
    ]


def in_language(words: Mapping[str, str] | str) -> str:
    """Return the text for the language being shown from {"zh": …, "en": …}; traditional characters are converted.

    Law texts and findings carry their words this way.
    """
    if isinstance(words, str):
        return words
    language = translation.get_language() or DEFAULT
    if language.startswith("en"):
        return words.get("en") or words.get("zh", "")
    text = words.get("zh") or words.get("en", "")
    return traditional(text) if language == "zh-hant" else text


@lru_cache(maxsize=20_000)
def traditional(text: str) -> str:
    """Return simplified Chinese in the traditional characters used in Hong Kong and Macao."""
    return str(_converter().convert(text))


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    return OpenCC("s2hk")


def _cookie() -> str:
    return settings.LANGUAGE_COOKIE_NAME


def _split(path: str) -> tuple[str, str]:
    for prefix in (*PREFIXES, DEFAULT):
        if path == f"/{prefix}" or path.startswith(f"/{prefix}/"):
            return prefix, path[len(prefix) + 1 :]
    return "", path


def _mount(prefix: str | None = None) -> str:
    """Return where the whole site is mounted: the script prefix without a language."""
    current = prefix if prefix is not None else get_script_prefix()
    for language in PREFIXES:
        if current.endswith(f"/{language}/"):
            return current[: -len(language) - 1]
    return current


def _with_query(request: HttpRequest, path: str) -> str:
    query = request.META.get("QUERY_STRING", "")
    safe = "/" + path.lstrip("/")
    return f"{safe}?{query}" if query else safe
