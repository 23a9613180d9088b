"""SQL in the console: what a person may see of a table, as a grid and as a file."""

import csv
import io

import pytest
from playwright.sync_api import Page, expect

from conftest import ACCOUNT
from lake import Lake
from people_words import PeopleClients

from .conftest import picture
from .page_words import MARKUP, looks_well

NOTES = ["=1+1", None, "", MARKUP, "-5", "five"]
EVERYBODY = f"arn:aws:iam::{ACCOUNT}:role/WeirConsoleUser"
# Eight thousand million pairs: longer than anybody waits, in bounded memory.
ENDLESS = "SELECT count(*) FROM numbers a, numbers b, numbers c WHERE a.id + b.id * c.id = -1"


@pytest.fixture(scope="module", autouse=True)
def lake(console_server) -> Lake:
    """`notes`, of which people see two of three columns; `numbers`, all of it; `hidden`, nothing."""
    lake = Lake(console_server, PeopleClients(console_server.endpoint, *console_server.keys(), None), "desk").build()
    lake.table("notes", [("id", "bigint"), ("note", "string"), ("secret", "string")],
               [(at, note, "s") for at, note in enumerate(NOTES)])
    lake.table("numbers", [("id", "bigint")], [(at,) for at in range(2000)])
    lake.table("hidden", [("id", "bigint")], [(1,)])
    lake.grant(EVERYBODY, ["DESCRIBE"], {"Database": {"Name": lake.database}})
    lake.grant(EVERYBODY, ["SELECT"], lake.columns("notes", "id", "note"))
    lake.grant(EVERYBODY, ["SELECT"], lake.whole("numbers"))
    return lake


def ask(page: Page, sql: str) -> None:
    page.get_by_role("textbox", name="Query").fill(sql)
    page.get_by_role("textbox", name="Query").press("Control+Enter")


def shown(page: Page) -> list[list[str]]:
    """The rows of the result."""
    rows = page.get_by_role("grid", name="Result").locator("tbody tr")
    expect(rows.first).to_be_visible()
    return [row.locator("td, th").all_inner_texts() for row in rows.all()]


def test_a_table_is_looked_at_from_its_page_without_what_is_hidden(console):
    page = console.somebody("databases/desk/notes")
    page.get_by_role("link", name="Try it in SQL").click()
    expect(page.get_by_role("textbox", name="Query")).to_have_value('SELECT *\nFROM "notes"\nLIMIT 100')
    page.get_by_role("button", name="Run").click()
    assert shown(page) == [[str(at), "NULL" if note is None else note] for at, note in enumerate(NOTES)]
    expect(page.get_by_text("6 rows")).to_be_visible()
    assert page.evaluate("window.entered") is None
    picture(page, "sql")


def test_null_is_told_from_empty_text_and_from_the_word(console):
    page = console.somebody("sql?database=desk")
    ask(page, "SELECT NULL AS nothing, '' AS empty, 'NULL' AS word")
    assert shown(page) == [["NULL", "", "NULL"]]
    expect(page.get_by_title("No value")).to_have_count(1)


def test_a_file_of_the_rows_runs_nothing_in_a_spreadsheet(console):
    page = console.somebody("sql?database=desk")
    ask(page, "SELECT note FROM notes ORDER BY id")
    shown(page)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save all rows as CSV").click()
    text = saved.value.path().read_text()
    assert next(csv.reader(io.StringIO(text))) == ["note"]
    assert text.splitlines()[1:] == ['"\'=1+1"', "", '""', '"' + MARKUP.replace('"', '""') + '"', '"-5"', '"five"']


def test_long_answers_come_page_by_page(console):
    page = console.somebody("sql?database=desk")
    ask(page, "SELECT id FROM numbers ORDER BY id")
    assert shown(page)[0] == ["0"] and len(shown(page)) == 50
    for number in range(1, 6):  # two hundred were loaded with the first page
        page.get_by_role("button", name="Next page").click()
        expect(page.get_by_role("grid", name="Result").get_by_text(str(number * 50), exact=True)).to_be_visible()
    assert page.locator("tbody tr").count() == 50


@pytest.mark.parametrize("sql", ["SELECT secret FROM notes", "SELECT * FROM hidden", "SELECT FROM", "SELECT * FROM read_csv('/etc/passwd')"])
def test_what_cannot_be_asked_is_refused_in_words(console, sql):
    page = console.signed_in(console.person(f"asker{abs(hash(sql)) % 10_000}"), "sql?database=desk")
    ask(page, sql)
    expect(page.get_by_text("This did not work").or_(page.get_by_text("You may not do this"))).to_be_visible()
    expect(page.get_by_role("grid", name="Result")).to_have_count(0)


def test_a_denial_says_why(console):
    page = console.somebody("sql?database=desk")
    ask(page, "SELECT * FROM hidden")
    assert page.get_by_role("link", name="Why?").get_attribute("href").startswith("/-/console/explain/")


def test_a_query_is_cancelled(console):
    page = console.somebody("sql?database=desk")
    ask(page, ENDLESS)
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("The query was cancelled.")).to_be_visible()


def test_ones_own_queries_are_shown_again_and_nobody_elses(console):
    page = console.signed_in(console.person("first"), "sql?database=desk")
    ask(page, "SELECT count(*) AS how_many FROM numbers")
    assert shown(page) == [["2000"]]
    address = page.url
    page.get_by_role("tab", name="My queries").click()
    expect(page.get_by_role("grid", name="My queries").get_by_text("how_many")).to_be_visible()
    page.get_by_role("button", name="Show the answer").click()
    assert shown(page) == [["2000"]]
    other = console.signed_in(console.person("second"))
    other.goto(address)
    expect(other.get_by_text("This did not work")).to_be_visible()
    other.get_by_role("tab", name="My queries").click()
    expect(other.get_by_text("You have no recent queries.")).to_be_visible()


def test_going_back_shows_text_and_answer_of_the_same_query(console):
    page = console.somebody("sql?database=desk")
    text, rows = page.get_by_role("textbox", name="Query"), page.get_by_role("grid", name="Result").locator("tbody")
    for number in (1, 2):
        ask(page, f"SELECT {number} AS number")
        expect(rows).to_have_text(str(number))
    text.fill("SELECT 3 AS number")
    page.go_back()
    expect(text).to_have_value("SELECT 1 AS number")
    expect(rows).to_have_text("1")
    page.go_forward()
    expect(text).to_have_value("SELECT 3 AS number")  # as it was left
    expect(rows).to_have_text("2")
    page.go_back()
    expect(text).to_have_value("SELECT 1 AS number")
    another = page.context.new_page()  # which does not know what was typed here
    another.goto(page.url)
    expect(another.get_by_role("textbox", name="Query")).to_have_value("SELECT 1 AS number")


def test_what_is_written_stays_in_this_tab(console):
    page = console.somebody("sql")
    page.get_by_role("textbox", name="Query").fill("SELECT 'half a thought'")
    page.reload()
    expect(page.get_by_role("textbox", name="Query")).to_have_value("SELECT 'half a thought'")
    another = page.context.new_page()
    another.goto(console.url + "sql")
    expect(another.get_by_role("textbox", name="Query")).to_have_value("")


def test_the_page_looks_well(console):
    def with_an_answer(page: Page) -> None:
        ask(page, "SELECT * FROM notes ORDER BY id")
        shown(page)
    looks_well(console.somebody("sql?database=desk"), "SQL", with_an_answer)
