"""What every page of the console is asked: readable in light and dark, nothing beside a telephone's screen, names stay text."""

import re

from playwright.sync_api import Locator, Page, expect

from .conftest import DESK, TELEPHONE, picture, unreadable

# What somebody may call a thing. A page that took it for markup would set window.entered.
MARKUP = "<img src=x onerror=\"window.entered=1\"><script>window.entered=1</script>"


def heading(page: Page, title: str) -> None:
    """Waits until the page of that title is there."""
    expect(page.get_by_role("heading", name=title, exact=True, level=1)).to_be_visible()


def looks_well(page: Page, title: str, ready=None) -> None:
    """The page in light, in dark, and on a telephone. `ready(page)` waits for what matters on it."""
    name = re.split("[/?]", page.url.split("/-/console/")[1])[0] or "databases"
    for kind, size, scheme in (("light", DESK, "light"), ("dark", DESK, "dark"), ("telephone", TELEPHONE, "light")):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        if kind != "light":  # as it was opened
            page.reload()
        heading(page, title)
        if ready:
            ready(page)
        picture(page, f"{name}-{title.split()[0].lower()}-{kind}")
        found = unreadable(page)
        assert not found, f"{kind}: {found}"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), kind
        assert page.evaluate("window.entered") is None


def is_refused(where: Page | Locator) -> None:
    """Waits until the page, or a part of it, says that its reader may not do this, and leads to the reason."""
    expect(where.get_by_text("You may not do this").last).to_be_visible()
    expect(where.get_by_role("link", name="Why?").last).to_be_visible()


def choose(page: Page, label: str, option: str) -> None:
    """Opens a list by its label, whatever is chosen in it, and takes the option of this name."""
    lists = page.locator("button[aria-haspopup]")  # headings of tables, by which one sorts, are buttons too
    lists.and_(page.get_by_role("button", name=re.compile(f"^{re.escape(label)}\\b"))).click()
    page.get_by_role("option", name=re.compile(f"^{re.escape(option)}\\b")).click()


def say_role(page: Page, name: str) -> None:
    """Types a role's name into the picker of principals, which offers roles first."""
    page.get_by_role("combobox", name="Role", exact=True).fill(name)
    page.get_by_role("option", name=f'Use "{name}"').click()
