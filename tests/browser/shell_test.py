"""What stays while pages change: the bar, the navigation, where the keyboard is, colours."""

import subprocess

from playwright.sync_api import Locator, Page, expect

from conftest import ACCOUNT, WEIR

from .conftest import unreadable
from .page_words import heading

LOW = {"width": 1280, "height": 400}


def test_a_new_page_begins_at_its_top_and_the_keyboard_in_it(console):
    page = console.signed_in(console.person("reader", "administrators"), "settings", size=LOW)
    heading(page, "Data lake settings")
    page.get_by_role("button", name="Save settings").scroll_into_view_if_needed()
    assert page.evaluate("scrollY") > 0
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="About").click()
    heading(page, "About")
    assert page.evaluate("scrollY") == 0
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)"), "not back at the navigation"


def test_a_dialog_gives_the_keyboard_back_to_what_opened_it(console):
    page = console.signed_in(console.person("typist", "administrators"), "tags")
    opener = page.get_by_role("button", name="New LF-Tag")
    opener.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").get_by_label("Key")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(opener).to_be_focused()


def test_a_dialog_of_a_row_gives_the_keyboard_to_the_list_when_nothing_is_selected_any_more(console):
    console.admin.lakeformation.create_lf_tag(TagKey="kept", TagValues=["x"])
    page = console.administrator("tags")
    page.get_by_role("row", name="kept").get_by_role("radio").check()
    page.get_by_role("button", name="Change values").click()
    expect(page.get_by_role("dialog").get_by_label("Values")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("heading", name="Keys").get_by_text("Keys", exact=True)).to_be_focused()


def new_tag(page: Page, key: str) -> Locator:
    """The dialog of a new tag, filled in."""
    page.get_by_role("button", name="New LF-Tag").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Key").fill(key)
    dialog.get_by_label("Values").fill("x")
    return dialog


def test_a_dialog_whose_call_hangs_can_be_closed_and_its_end_is_told(console):
    page = console.administrator("tags")
    held = []
    page.route("**/CreateLFTag", lambda route: held.append(route))
    dialog = new_tag(page, "slow")
    with page.expect_request("**/CreateLFTag"):
        dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_role("status").get_by_text("The server has not answered yet.")).to_be_visible()
    assert not unreadable(page)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(page.get_by_text('"New LF-Tag" was closed before the server answered. What was sent may still be done.')).to_be_visible()
    expect(page.get_by_role("button", name="New LF-Tag")).to_be_focused()
    # Whatever stands open when it ends is somebody's work: it stays.
    expect(new_tag(page, "another")).to_be_visible()
    held.pop().continue_()
    expect(page.get_by_text("What you did not wait for is done.")).to_be_visible()
    expect(dialog.get_by_label("Key")).to_have_value("another")
    dialog.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("link", name="slow", exact=True)).to_be_visible()


def test_a_call_that_never_answers_is_given_up_and_not_sent_again(console):
    page = console.administrator("tags")
    held = []
    page.route("**/CreateLFTag", lambda route: held.append(route))
    dialog = new_tag(page, "never")
    page.clock.install()
    with page.expect_request("**/CreateLFTag"):
        dialog.get_by_role("button", name="Save").click()
    page.clock.fast_forward(31_000)
    expect(dialog.get_by_text("No answer")).to_be_visible()
    expect(dialog.get_by_text("The server did not answer within 30 seconds. What was sent may still be done")).to_be_visible()
    expect(dialog.get_by_role("button", name="Cancel")).to_be_enabled()
    assert len(held) == 1


def test_a_dialog_closes_with_its_deed_and_a_list_that_cannot_be_read_again_says_so(console):
    page = console.administrator("tags")
    expect(page.get_by_role("button", name="New LF-Tag")).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.route("**/ListLFTags", lambda route: route.abort())
    dialog = new_tag(page, "made")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_text("No connection").first).to_be_visible()
    page.unroute_all()
    page.get_by_role("button", name="Try again").first.click()
    expect(page.get_by_role("link", name="made", exact=True)).to_be_visible()


def test_the_first_stop_of_the_tab_key_leads_to_the_content(console):
    page = console.administrator("about")
    page.reload()
    heading(page, "About")
    skip = page.get_by_role("link", name="Skip to content")
    assert skip.bounding_box()["width"] <= 1
    page.keyboard.press("Tab")
    expect(skip).to_be_focused()
    assert skip.bounding_box()["width"] > 50
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)"), "past the navigation"


def test_a_page_whose_file_the_server_has_no_longer_offers_to_load_the_console_anew(console):
    page = console.administrator("about")
    heading(page, "About")
    page.route("**/-/console/assets/**", lambda route: route.abort())
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Audit").click()
    expect(page.get_by_text("This page is out of date")).to_be_visible()
    page.unroute_all()
    page.get_by_role("button", name="Reload").click()
    heading(page, "Audit")


def test_a_page_that_cannot_be_reached_can_be_visited_again(console):
    """Browsers that remember what was missing need a new page for it: that is offered then."""
    page = console.administrator("about")
    heading(page, "About")
    page.route("**/*", lambda route: route.abort())
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Usage").click()
    expect(page.get_by_text("No connection").first).to_be_visible()
    page.unroute_all()
    page.get_by_role("button", name="Try again").first.click()
    there = page.get_by_role("heading", name="Usage", level=1)
    anew = page.get_by_role("button", name="Reload")
    expect(there.or_(anew)).to_be_visible()
    if anew.count():
        anew.click()
    expect(there).to_be_visible()


def test_the_name_leads_home_without_loading_the_console_anew(console):
    page = console.signed_in(console.person("walker"), "about")
    page.evaluate("window.kept = true")
    page.get_by_role("banner").get_by_role("link", name="Weir").click()
    heading(page, "Databases")
    assert page.evaluate("window.kept")


def test_colours_are_chosen_and_stay(console):
    page = console.signed_in(console.person("owl"), "about", color_scheme="light")
    dark = page.locator("body.awsui-dark-mode")
    expect(dark).to_have_count(0)
    page.get_by_role("button", name="owl").click()
    page.get_by_role("menuitemcheckbox", name="Dark").click()
    expect(dark).to_have_count(1)
    page.reload()
    heading(page, "About")
    expect(dark).to_have_count(1)


def test_pages_that_are_reached_from_others_keep_their_entry_marked(console):
    page = console.signed_in(console.person("looker"), "executions/arn:aws:states:us-east-1:111122223333:execution:none:none")
    marked = page.get_by_role("navigation", name="Pages").locator("[aria-current]")
    expect(marked).to_have_text("State machines")
    page.goto(console.url + "databases/none")
    expect(marked).to_have_text("Databases")


def test_a_tab_of_a_second_account_stays_in_it(console):
    """Links and reloads do not name the account; no other tab is led there."""
    other = "444455556666"
    subprocess.run([WEIR, "admin", "create-account", "--data-dir", console.server.data_dir, "--id", other, "--name", "second"],
                   check=True, capture_output=True)
    subprocess.run([WEIR, "console", "init", "--profile", "second"], env=console.server.cli_env, check=True, capture_output=True)

    def account_at(page, path: str) -> str:
        with page.expect_response("**/config.json*") as told:
            page.goto(console.url + path)
        return told.value.json()["account"]

    page = console.page()
    assert [account_at(page, path) for path in (f"?account={other}", "sql", "")] == [other] * 3
    assert account_at(console.page(), "sql") == ACCOUNT
    assert account_at(page, f"?account={ACCOUNT}") == account_at(page, "sql") == ACCOUNT
