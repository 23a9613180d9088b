"""Signing in at an issuer as a person does, on its pages, or as a program does, at its token endpoint."""

import json
import urllib.parse
import urllib.request

from .browser import Browser, Form


class Refused(Exception):
    """The provider does not let this sign-in through."""


def signed_in(browser: Browser, start: str, user: str, password: str) -> Form:
    """Fills in the sign-in page behind `start`; the form with the SAMLResponse that a browser would then post."""
    asked = browser.open(start)
    sign_in = asked.form_with("password")
    if sign_in is None:
        raise Refused(f"{start} shows no sign-in page: {asked.status} {asked.text[:2000]}")
    page = browser.submit(asked, sign_in, username=user, password=password)
    answer = page.form_with("SAMLResponse")
    if answer is None:
        raise Refused(f"{user} was not signed in: {page.status}")
    return answer


def token_request(browser: Browser, issuer: str, **fields: str) -> dict:
    """The password grant; Refused with the endpoint's reason."""
    form = urllib.parse.urlencode({"grant_type": "password", **fields}).encode()
    page = browser.open(urllib.request.Request(f"{issuer}/protocol/openid-connect/token", form))
    answer = json.loads(page.text)
    if page.status != 200:
        raise Refused(answer.get("error_description") or answer["error"])
    return answer
