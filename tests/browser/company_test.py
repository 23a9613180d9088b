"""People of a company come by its Keycloak, in a browser: there and back, and what a stranger's page makes of it."""

import re

import pytest
from playwright.sync_api import Page, expect

from company_words import by_oidc, by_saml
from conftest import Server

from .conftest import DESK, TELEPHONE, picture, unreadable

OIDC, SAML = "Company", "Company (SAML)"


@pytest.fixture(scope="module")
def realm(keycloak):
    return keycloak.realm("browser")


@pytest.fixture(scope="module")
def console_server(keycloak, realm, tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("company") / "data", f"--oidc-ca-file={keycloak.certificate}",
                    "--oidc-private-addresses=true", console=True).start()
    by_oidc(server, server.session(), realm, OIDC)
    by_saml(server, server.session(), realm, SAML)
    yield server
    server.stop()


@pytest.fixture
def console(console, keycloak):
    console.also_asked = (keycloak.address,)
    return console


def at_keycloak(page: Page, realm, user: str) -> None:
    page.get_by_label("Username").fill(user)
    page.get_by_label("Password", exact=True).fill(realm.keycloak.users_password)
    page.get_by_role("button", name="Sign In").click()


@pytest.mark.parametrize("provider", [OIDC, SAML])
def test_a_person_goes_there_and_comes_back_signed_in(console, realm, provider):
    page = console.page(ignore_https_errors=True)
    page.goto(console.url + "databases")
    page.get_by_role("button", name=f"Sign in with {provider}", exact=True).click()
    at_keycloak(page, realm, "ann")
    expect(page.get_by_role("navigation").first).to_be_attached()
    expect(page).to_have_url(console.url + "databases")
    page.reload()
    expect(page.get_by_role("navigation").first).to_be_attached()
    assert "code=" not in page.evaluate("JSON.stringify(performance.getEntriesByType('navigation'))")


def sent_here(console, realm, **options) -> Page:
    """A page that Keycloak sent to the console with bob's assertion, for which the console did not ask."""
    page = console.page(ignore_https_errors=True, **options)
    page.goto(f"{realm.issuer}/protocol/saml/clients/weir-console")
    at_keycloak(page, realm, "bob")
    expect(page.get_by_role("heading", name="Sign in as bob?")).to_be_visible()
    expect(page.get_by_role("navigation")).to_have_count(0)
    return page


def test_somebody_who_was_sent_here_is_asked_first(console, realm):
    page = sent_here(console, realm)
    page.get_by_role("button", name="No", exact=True).click()
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()


def test_who_says_yes_is_signed_in(console, realm):
    page = sent_here(console, realm)
    page.get_by_role("button", name="Continue as saml-readers", exact=True).click()
    expect(page.get_by_role("navigation").first).to_be_attached()
    expect(page).to_have_url(re.compile(f"^{re.escape(console.url)}"))
    expect(page.get_by_role("button", name="bob")).to_be_visible()


@pytest.mark.parametrize("size, scheme, kind", [(DESK, "light", "light"), (DESK, "dark", "dark"),
                                                (TELEPHONE, "light", "telephone")])
def test_buttons_and_question_look_well(console, realm, size, scheme, kind):
    asked = sent_here(console, realm, size=size, color_scheme=scheme)
    picture(asked, f"company-question-{kind}")
    buttons = console.page(size, color_scheme=scheme)
    buttons.goto(console.url)
    for provider in (OIDC, SAML):
        expect(buttons.get_by_role("button", name=f"Sign in with {provider}", exact=True)).to_be_visible()
    picture(buttons, f"company-sign-in-{kind}")
    for page in (asked, buttons):
        assert unreadable(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_code_of_somebody_else_signs_nobody_in(console, realm):
    page = console.page(ignore_https_errors=True)
    page.goto(console.url + "signed-in?code=stolen&state=" + "s" * 43)
    expect(page.get_by_text("did not begin in this tab")).to_be_visible()
    assert "stolen" not in page.url
