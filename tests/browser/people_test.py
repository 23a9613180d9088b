"""Users and groups in the console: who may manages them, and everybody changes their own sign-in."""

import pytest
from playwright.sync_api import Page, expect

from conftest import ACCOUNT
from people_words import PASSWORD, totp

from .conftest import picture, sign_in
from .page_words import looks_well

CONSOLE_USER = f"arn:aws:iam::{ACCOUNT}:role/WeirConsoleUser"


def row(page: Page, title: str, name: str):
    return page.get_by_role("grid", name=title).get_by_role("row").filter(has=page.get_by_role("rowheader", name=name, exact=True))


def act(page: Page, name: str, action: str) -> None:
    """Chooses an action for somebody of the list."""
    row(page, "Users", name).get_by_role("radio").check()
    page.get_by_role("button", name="Actions").click()
    page.get_by_role("menuitem", name=action, exact=True).click()


def status(console, name: str) -> tuple[str, bool]:
    found = console.admin.cognito_idp.admin_get_user(UserPoolId=console.config["userPoolId"], Username=name)
    return found["UserStatus"], found["Enabled"]


def test_an_administrator_invites_somebody_into_a_group_and_changes_it(console):
    page = console.signed_in(console.person("host", "administrators"), "people")
    page.get_by_role("tab", name="Groups").click()
    page.get_by_role("button", name="Create group").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name", exact=True).fill("sellers")
    dialog.get_by_label("Description").fill("Who sells")
    dialog.get_by_role("button", name="Create", exact=True).click()
    expect(row(page, "Groups", "sellers")).to_be_visible()
    page.get_by_role("tab", name="Users").click()
    page.get_by_role("button", name="Invite").click()
    dialog.get_by_label("User name").fill("guest")
    dialog.get_by_label("Mail address").fill("guest@example.org")
    dialog.get_by_role("button", name="Groups").click()
    page.get_by_role("option", name="sellers").click()
    dialog.get_by_label("Mail address").click()
    expect(dialog.get_by_text("weir mail")).to_be_visible()  # how an operator reads it where there is no relay
    picture(page, "invite")
    dialog.get_by_role("button", name="Send invitation").click()
    expect(row(page, "Users", "guest")).to_contain_text("Invited")
    assert status(console, "guest") == ("FORCE_CHANGE_PASSWORD", True)
    groups = console.admin.cognito_idp.admin_list_groups_for_user(UserPoolId=console.config["userPoolId"], Username="guest")["Groups"]
    assert [group["GroupName"] for group in groups] == ["sellers"]
    page.get_by_role("tab", name="Groups").click()
    row(page, "Groups", "sellers").get_by_role("radio").check()
    expect(row(page, "Members of sellers", "guest")).to_contain_text("Invited")
    picture(page, "members")
    page.get_by_role("button", name="Change", exact=True).click()
    dialog.get_by_label("Description").fill("Who sells and buys")
    dialog.get_by_role("button", name="Role").click()
    page.get_by_role("option", name="WeirConsoleUser").click()
    dialog.get_by_role("button", name="Save").click()
    expect(row(page, "Groups", "sellers")).to_contain_text("Who sells and buys")
    group = console.admin.cognito_idp.get_group(UserPoolId=console.config["userPoolId"], GroupName="sellers")["Group"]
    assert (group["Description"], group["RoleArn"]) == ("Who sells and buys", CONSOLE_USER)
    page.get_by_role("tab", name="Users").click()
    act(page, "guest", "Groups")
    dialog.get_by_role("button", name="Leave out sellers").click()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    assert not console.admin.cognito_idp.admin_list_groups_for_user(UserPoolId=console.config["userPoolId"], Username="guest")["Groups"]


def test_an_administrator_disables_enables_resets_and_deletes(console):
    console.person("subject")
    page = console.signed_in(console.person("warden", "administrators"), "people")
    dialog = page.get_by_role("dialog")
    for action, said, expected in [("Disable", "Disabled", ("CONFIRMED", False)), ("Enable", "Signs in", ("CONFIRMED", True)),
                                   ("Reset the password", "Must reset the password", ("RESET_REQUIRED", True))]:
        act(page, "subject", action)
        dialog.get_by_role("button", name=action).click()
        expect(row(page, "Users", "subject")).to_contain_text(said)
        assert status(console, "subject") == expected
    act(page, "subject", "Delete")
    expect(dialog.get_by_role("button", name="Delete")).to_be_disabled()
    dialog.get_by_label("Type subject to confirm").fill("subject")
    dialog.get_by_role("button", name="Delete").click()
    expect(row(page, "Users", "subject")).to_have_count(0)


def test_people_are_found_on_the_server_by_how_their_names_begin(console):
    for name in ("zoe", "zora"):
        console.person(name)
    page = console.signed_in(console.person("finder", "administrators"), "people")
    page.get_by_label("Find users").fill("zo")
    expect(page.get_by_role("grid", name="Users").get_by_role("rowheader")).to_have_text(["zoe", "zora"])
    page.get_by_label("Find users").fill('zo" or status = "x')
    expect(page.get_by_text("No name matches.")).to_be_visible()


def test_a_search_that_failed_says_so_and_can_be_tried_again(console):
    page = console.signed_in(console.person("retrier", "administrators"), "people")
    expect(row(page, "Users", "retrier")).to_be_visible()
    refused = {"status": 400, "headers": {"content-type": "application/x-amz-json-1.1"}, "json": {"__type": "InvalidParameterException", "message": "No."}}
    page.route("**/*", lambda route: route.fulfill(**refused) if "username ^=" in (route.request.post_data or "") else route.continue_())
    page.get_by_label("Find users").fill("retr")
    expect(page.get_by_text("This did not work")).to_be_visible()
    expect(page.get_by_text("No name matches.")).to_have_count(0)
    page.unroute_all(behavior="wait")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("grid", name="Users").get_by_role("rowheader")).to_have_text(["retrier"])


def test_who_would_lock_themselves_out_is_asked_first(console):
    page = console.signed_in(console.person("careless", "administrators"), "people")
    dialog = page.get_by_role("dialog")
    act(page, "careless", "Disable")
    expect(dialog.get_by_text("This is your own account.")).to_be_visible()
    expect(dialog.get_by_role("button", name="Disable")).to_be_disabled()
    dialog.get_by_role("button", name="Cancel").click()
    act(page, "careless", "Groups")
    dialog.get_by_role("button", name="Leave out administrators").click()
    expect(dialog.get_by_text("This is your own account.")).to_be_visible()
    expect(dialog.get_by_role("button", name="Save")).to_be_disabled()
    dialog.get_by_label("Type careless to confirm").fill("careless")
    expect(dialog.get_by_role("button", name="Save")).to_be_enabled()
    dialog.get_by_role("button", name="Cancel").click()
    assert status(console, "careless") == ("CONFIRMED", True)


def test_who_takes_their_own_role_out_of_the_lakes_administrators_is_asked_first(console):
    before = console.admin.lakeformation.get_data_lake_settings()["DataLakeSettings"]["DataLakeAdmins"]
    page = console.administrator("settings")
    page.get_by_role("button", name=f"Remove arn:aws:iam::{ACCOUNT}:role/WeirConsoleAdministrator").click()
    page.get_by_role("button", name="Save settings").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("Stop administering this data lake?")).to_be_visible()
    dialog.get_by_role("button", name="Cancel").click()
    expect(dialog).to_have_count(0)
    assert console.admin.lakeformation.get_data_lake_settings()["DataLakeSettings"]["DataLakeAdmins"] == before


@pytest.mark.parametrize("path", ["people", "settings"])
def test_who_may_not_administer_is_refused_and_hears_why(console, path):
    page = console.somebody(path)
    expect(page.get_by_text("You may not do this")).to_be_visible()
    assert page.get_by_role("link", name="Why?").get_attribute("href").startswith("/-/console/explain/")


def test_one_changes_ones_password(console):
    page = console.signed_in(console.person("changer"), "profile")
    page.get_by_label("Current password").fill(PASSWORD)
    page.get_by_label("New password").fill("An0ther!horse")
    page.get_by_role("button", name="Change password").click()
    expect(page.get_by_text("Your password was changed")).to_be_visible()
    console.signed_in("changer", password="An0ther!horse")


def test_a_wrong_password_changes_nothing(console):
    page = console.signed_in(console.person("guesser"), "profile")
    page.get_by_label("Current password").fill("Wr0ng!horse")
    page.get_by_label("New password").fill("An0ther!horse")
    page.get_by_role("button", name="Change password").click()
    expect(page.get_by_text("Incorrect username or password")).to_be_visible()
    console.signed_in("guesser")


def test_an_authenticator_app_is_set_up_asked_for_and_removed(console):
    page = console.signed_in(console.person("careful"), "profile")
    page.get_by_role("button", name="Set up").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("img", name="QR code")).to_be_visible()
    secret = dialog.locator(".mono").inner_text().replace(" ", "")
    picture(page, "authenticator")
    dialog.get_by_label("Code of the app").fill(totp(secret))
    dialog.get_by_role("button", name="Turn on").click()
    expect(page.get_by_text("Asked for when you sign in", exact=True)).to_be_visible()
    other = console.page()
    other.goto(console.url)
    sign_in(other, "careful")
    expect(other.get_by_label("Code")).to_be_visible()
    page.get_by_role("button", name="Remove").click()
    dialog.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("Not set up")).to_be_visible()


def test_signing_out_everywhere_ends_the_other_browser_which_comes_back_to_where_it_was(console):
    there = console.signed_in(console.person("traveller"), "about")
    here = console.signed_in("traveller", "profile")
    here.get_by_role("button", name="Sign out everywhere").click()
    here.get_by_role("dialog").get_by_role("button", name="Sign out").click()
    expect(here.get_by_label("User name")).to_be_visible()
    there.get_by_role("button", name="Open the list of pages").press("Tab")
    there.get_by_role("link", name="My profile").click()
    expect(there.get_by_text("Your sign-in has ended")).to_be_visible()
    picture(there, "sign-in-ended")
    sign_in(there, "traveller")
    expect(there.get_by_role("heading", name="My profile", level=1)).to_be_visible()


def test_settings_are_changed_and_the_rest_of_them_stays(console):
    before = console.admin.lakeformation.get_data_lake_settings()["DataLakeSettings"]
    page = console.administrator("settings")
    page.get_by_label("Session tags of external engines").fill("trusted-engine")
    page.get_by_role("button", name="Save settings").click()  # once, while the tag still stands in its field
    expect(page.get_by_text("The settings are saved.")).to_be_visible()
    after = console.admin.lakeformation.get_data_lake_settings()["DataLakeSettings"]
    assert after.pop("AuthorizedSessionTagValueList") == ["trusted-engine"]
    before.pop("AuthorizedSessionTagValueList", None)
    assert after == before
    picture(page, "settings")


def test_settings_that_somebody_else_changed_meanwhile_are_not_written_over(console):
    page = console.administrator("settings")
    expect(page.get_by_role("button", name="Save settings")).to_be_visible()
    theirs = console.admin.lakeformation.get_data_lake_settings()["DataLakeSettings"]
    theirs["ReadOnlyAdmins"] = [{"DataLakePrincipalIdentifier": CONSOLE_USER}]
    console.admin.lakeformation.put_data_lake_settings(DataLakeSettings=theirs)
    page.get_by_role("button", name="Save settings").click()
    expect(page.get_by_text("Somebody changed the settings meanwhile")).to_be_visible()
    now = console.admin.lakeformation.get_data_lake_settings()["DataLakeSettings"]
    assert now["ReadOnlyAdmins"] == theirs["ReadOnlyAdmins"]
    console.admin.lakeformation.put_data_lake_settings(DataLakeSettings=theirs | {"ReadOnlyAdmins": []})


def test_about_says_how_programs_reach_the_server(console):
    page = console.somebody("about")
    expect(page.get_by_text(f"endpoint_url = {console.server.endpoint.rstrip('/')}")).to_be_visible()


@pytest.mark.parametrize("path, title", [("people", "Users and groups"), ("settings", "Data lake settings"), ("profile", "My profile"), ("about", "About")])
def test_the_pages_look_well(console, path, title):
    looks_well(console.administrator(path), title, lambda page: page.wait_for_load_state("networkidle"))


def test_somebody_in_more_groups_than_a_page_of_them_has_all_of_them(console):
    """The last test here: other ones look for their groups on the first page of the list."""
    pool, name = console.config["userPoolId"], console.person("joiner")
    for number in range(61):
        console.admin.cognito_idp.create_group(UserPoolId=pool, GroupName=f"z{number:02}")
        console.admin.cognito_idp.admin_add_user_to_group(UserPoolId=pool, Username=name, GroupName=f"z{number:02}")
    page = console.administrator("people")
    act(page, name, "Groups")
    expect(page.get_by_role("dialog").get_by_role("button", name="Leave out z")).to_have_count(61)
