"""An empty server: what it shows who administers it, and that steps are marked as done by what is there."""

from playwright.sync_api import Page, expect

from conftest import ACCOUNT
from lake import location_policy, role_arn, trust_service

from .conftest import picture
from .page_words import looks_well

STEPS = ["Register a location", "Create a database", "Create a table", "Grant somebody access", "Invite people"]


def progress(page: Page) -> dict[str, str]:
    """What is said of each step."""
    expect(page.get_by_role("heading", name="What a lake needs")).to_be_visible()
    expect(page.get_by_text("Checking")).to_have_count(0)
    items = page.get_by_role("main").get_by_role("listitem").filter(has=page.get_by_role("heading", level=3)).all()
    return {item.get_by_role("heading", level=3).inner_text(): "Done" if item.get_by_text("Done", exact=True).count() else "To do"
            for item in items}


def test_an_empty_lake_shows_its_administrator_how_it_begins(console):
    page = console.signed_in(console.person("founder", "administrators"))
    assert progress(page) == dict.fromkeys(STEPS, "To do") | {"Invite people": "Done"}  # `admin`, and who looks
    picture(page, "first-steps")
    console.admin.s3.create_bucket(Bucket="first")
    console.admin.iam.create_role(RoleName="first-location", AssumeRolePolicyDocument=trust_service())
    console.admin.iam.put_role_policy(RoleName="first-location", PolicyName="data", PolicyDocument=location_policy("first"))
    console.admin.lakeformation.register_resource(ResourceArn="arn:aws:s3:::first", RoleArn=role_arn("first-location"))
    page.reload()
    assert progress(page)["Register a location"] == "Done"
    page.get_by_role("button", name="Create database").click()
    page.get_by_role("dialog").get_by_label("Name", exact=True).fill("first")
    page.get_by_role("dialog").get_by_role("button", name="Create", exact=True).click()
    expect(page.get_by_role("link", name="first", exact=True)).to_be_visible()
    page.goto(console.url + "start")
    assert progress(page)["Create a database"] == "Done" and progress(page)["Create a table"] == "To do"
    page.get_by_role("link", name="Open first").click()
    page.get_by_role("button", name="Create table").click()
    page.get_by_role("dialog").get_by_role("textbox", name="Name", exact=True).fill("t")
    page.get_by_role("dialog").get_by_label("Location").fill("s3://elsewhere/t/")
    page.get_by_role("dialog").get_by_label("Name of column 1").fill("id")
    page.get_by_role("dialog").get_by_role("button", name="Create", exact=True).click()
    expect(page.get_by_role("link", name="t", exact=True)).to_be_visible()
    console.admin.lakeformation.grant_permissions(
        Principal={"DataLakePrincipalIdentifier": f"arn:aws:iam::{ACCOUNT}:role/WeirConsoleUser"},
        Resource={"Table": {"DatabaseName": "first", "Name": "t"}}, Permissions=["SELECT"])
    page.goto(console.url + "start")
    assert progress(page) == dict.fromkeys(STEPS, "Done")


def test_everybody_else_hears_that_they_see_nothing(console):
    page = console.somebody("databases/first")
    page.goto(console.url + "start")
    expect(page.get_by_text("You may not do this")).to_be_visible()
    expect(page.get_by_role("heading", name="What a lake needs")).to_have_count(0)


def test_the_page_looks_well(console):
    looks_well(console.administrator("start"), "First steps", progress)
