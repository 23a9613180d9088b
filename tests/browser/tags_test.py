"""LF-Tags in the console: keys and values, what carries them, where they come from, what goes with them."""

import pytest
from playwright.sync_api import expect

from conftest import ACCOUNT
from lf_words import trust_account
from people_words import PeopleClients

from .conftest import picture
from .page_words import choose, looks_well, is_refused

PAGES = [("tags", "LF-Tags"), ("tags/area", "area"), ("tags/-/assign?database=shop&table=orders", "Assign LF-Tags")]


@pytest.fixture(scope="module", autouse=True)
def lake(console_server) -> PeopleClients:
    """`shop` is tagged area=eu; a role may SELECT what is tagged so."""
    admin = PeopleClients(console_server.endpoint, *console_server.keys(), None)
    admin.glue.create_database(DatabaseInput={"Name": "shop"})
    admin.glue.create_table(DatabaseName="shop", TableInput={
        "Name": "orders", "StorageDescriptor": {"Location": "s3://lake/orders", "Columns": [
            {"Name": "id", "Type": "bigint"}, {"Name": "email", "Type": "string"}]}})
    for key, values in {"area": ["eu", "us"], "level": ["low", "high"], "going": ["x"]}.items():
        admin.lakeformation.create_lf_tag(TagKey=key, TagValues=values)
    admin.lakeformation.add_lf_tags_to_resource(Resource={"Database": {"Name": "shop"}},
                                                LFTags=[{"TagKey": "area", "TagValues": ["eu"]}])
    admin.iam.create_role(RoleName="european", AssumeRolePolicyDocument=trust_account())
    admin.lakeformation.grant_permissions(
        Principal={"DataLakePrincipalIdentifier": f"arn:aws:iam::{ACCOUNT}:role/european"}, Permissions=["SELECT"],
        Resource={"LFTagPolicy": {"ResourceType": "TABLE", "Expression": [{"TagKey": "area", "TagValues": ["eu"]}]}})
    return admin


def values(lake: PeopleClients, key: str) -> list[str]:
    return lake.lakeformation.get_lf_tag(TagKey=key)["TagValues"]


def test_a_tag_is_made_and_its_values_changed(console, lake):
    page = console.administrator("tags")
    page.get_by_role("button", name="New LF-Tag").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Key").fill("owner")
    dialog.get_by_label("Values").fill("sales\n hr \n\nsales")
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="owner")).to_be_visible()
    assert sorted(values(lake, "owner")) == ["hr", "sales"]
    page.get_by_role("row", name="owner").get_by_role("radio").check()
    page.get_by_role("button", name="Change values").click()
    dialog.get_by_label("Values").fill("sales\nit")
    expect(dialog.get_by_text("Nobody gains or loses anything by this.")).to_be_visible()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    assert sorted(values(lake, "owner")) == ["it", "sales"]


def test_a_tag_shows_what_carries_it_and_who_may_use_it(console):
    page = console.administrator("tags/area")
    expect(page.get_by_role("grid", name="Databases it matches now").get_by_role("link", name="shop")).to_be_visible()
    expect(page.get_by_role("grid", name="Tables it matches now").get_by_role("link", name="shop.orders")).to_be_visible()
    expect(page.get_by_role("grid", name="Who may use it").get_by_role("row", name="administrator")).to_be_visible()
    picture(page, "lf-tag")


def test_a_column_is_tagged_and_the_rest_is_inherited(console, lake):
    page = console.administrator("tags/-/assign?database=shop&table=orders")
    grid = page.get_by_role("grid", name="LF-Tags")
    expect(grid.get_by_role("row", name="table").get_by_text("Inherited")).to_be_visible()
    expect(grid.get_by_role("row", name="database").get_by_text("Assigned here")).to_be_visible()
    choose(page, "Columns", "email")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Assign", exact=True).click()
    choose(page, "Key", "area")
    choose(page, "Value", "us")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("Loses")).to_be_visible()
    expect(dialog.get_by_text("columns email").first).to_be_visible()
    picture(page, "assign-lf-tag")
    dialog.get_by_role("button", name="Assign").click()
    expect(page.get_by_text("area = us was assigned.")).to_be_visible()
    expect(grid.get_by_role("row", name="column email").get_by_text("us")).to_be_visible()


def test_deleting_says_what_it_takes_along_and_wants_the_name(console, lake):
    lake.lakeformation.add_lf_tags_to_resource(Resource={"Table": {"DatabaseName": "shop", "Name": "orders"}},
                                               LFTags=[{"TagKey": "going", "TagValues": ["x"]}])
    lake.lakeformation.grant_permissions(
        Principal={"DataLakePrincipalIdentifier": f"arn:aws:iam::{ACCOUNT}:role/european"}, Permissions=["INSERT"],
        Resource={"LFTagPolicy": {"ResourceType": "TABLE", "Expression": [{"TagKey": "going", "TagValues": ["x"]}]}})
    page = console.administrator("tags")
    page.get_by_role("row", name="going").get_by_role("radio").check()
    page.get_by_role("button", name="Delete", exact=True).first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("INSERT")).to_be_visible()
    delete = dialog.get_by_role("button", name="Delete")
    expect(delete).to_be_disabled()
    dialog.get_by_label("Type going to confirm").fill("going")
    delete.click()
    expect(page.get_by_text("The LF-Tag going was deleted.")).to_be_visible()
    assert "going" not in [tag["TagKey"] for tag in lake.lakeformation.list_lf_tags()["LFTags"]]


def test_an_expression_is_saved(console, lake):
    page = console.administrator("tags")
    page.get_by_role("button", name="New expression").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("europe")
    choose(page, "Key", "area")
    choose(page, "Values", "eu")
    page.keyboard.press("Escape")
    expect(dialog.get_by_role("link", name="shop.orders")).to_be_visible()
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("grid", name="Saved expressions").get_by_text("area = eu")).to_be_visible()
    saved = lake.lakeformation.get_lf_tag_expression(Name="europe")["Expression"]
    assert saved == [{"TagKey": "area", "TagValues": ["eu"]}]


def test_who_may_not_make_tags_is_refused_and_told_why(console):
    page = console.somebody("tags")
    page.get_by_role("button", name="New LF-Tag").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Key").fill("mine")
    dialog.get_by_label("Values").fill("x")
    dialog.get_by_role("button", name="Save").click()
    is_refused(dialog)


@pytest.mark.parametrize("path,title", PAGES)
def test_the_pages_look_well(console, path, title):
    looks_well(console.administrator(path), title,
               lambda page: expect(page.get_by_text("eu", exact=True).first).to_be_visible())
