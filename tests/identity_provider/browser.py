"""A browser as far as a sign-in needs one: cookies, redirects, and forms that are filled in and sent."""

import ssl
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from html.parser import HTMLParser
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path


@dataclass
class Form:
    action: str
    method: str
    fields: dict[str, str]


class _Forms(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms: list[Form] = []

    def handle_starttag(self, tag, attributes):
        said = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.forms.append(Form(said.get("action", ""), said.get("method", "get").lower(), {}))
        elif tag == "input" and self.forms and "name" in said:
            self.forms[-1].fields[said["name"]] = said.get("value", "")


class _StopAt(urllib.request.HTTPRedirectHandler):
    """Redirects are followed, but for those to addresses that begin like this."""

    def __init__(self, beginning: str):
        self.beginning = beginning

    def redirect_request(self, request, answer, code, message, headers, url):
        if self.beginning and url.startswith(self.beginning):
            return None
        return super().redirect_request(request, answer, code, message, headers, url)


@dataclass
class Page:
    url: str  # of a redirect that was not followed: where it leads
    status: int
    text: str

    def form_with(self, field: str) -> Form | None:
        """The first form that has the field."""
        parser = _Forms()
        parser.feed(self.text)
        return next((form for form in parser.forms if field in form.fields), None)


class Browser:
    """Each one begins without cookies, so with nobody signed in. Never goes through a proxy. It does not go to
    addresses that begin with `stops_at`."""

    def __init__(self, certificate: Path | None = None, stops_at: str = ""):
        # Secure cookies go over plain HTTP, too: browsers hold localhost for secure.
        jar = CookieJar(DefaultCookiePolicy(secure_protocols=("https", "http")))
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), _StopAt(stops_at), urllib.request.HTTPCookieProcessor(jar),
            urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=certificate)))

    def open(self, request: str | urllib.request.Request) -> Page:
        """An answer of any status is a page."""
        try:
            answer = self._opener.open(request, timeout=60)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            return Page(answer.headers.get("Location", answer.geturl()), answer.status, answer.read().decode())

    def submit(self, page: Page, form: Form, **filled: str) -> Page:
        url = urllib.parse.urljoin(page.url, form.action)
        data = urllib.parse.urlencode(form.fields | filled)
        if form.method == "post":
            return self.open(urllib.request.Request(url, data.encode()))
        return self.open(f"{url}?{data}")
