// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, expect, test } from "vitest";
import { HeatMap } from "./HeatMap";

afterEach(cleanup);

const tables = ["days", "people", "sales"];
const rows = ["ada", "bob"].map((name) => ({ Principal: `arn:aws:iam::111122223333:user/${name}`, Levels: ["NONE" as const, "NONE" as const, "NONE" as const] }));
const map = (from: number, count: number) => <MemoryRouter><HeatMap database="lake" tables={tables} from={from} count={count} rows={rows} /></MemoryRouter>;

const stops = () => screen.getAllByRole("button").filter(({ tabIndex }) => tabIndex === 0).map(({ title }) => title.split(":")[0]);
const press = (key: string) => fireEvent.keyDown(document.activeElement as HTMLElement, { key });

test("cells are one stop of the Tab key, and arrows lead to their neighbours and no further", () => {
  render(map(0, 3));
  expect(stops()).toEqual(["ada, lake.days"]);
  screen.getByTitle(/^ada, lake.days/).focus();
  for (const key of ["ArrowRight", "ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight"]) press(key);
  expect(stops()).toEqual(["bob, lake.sales"]);
  expect(document.activeElement?.getAttribute("title")).toContain("bob, lake.sales");
});

test("there is a stop also where fewer tables are turned to", () => {
  const { rerender } = render(map(0, 3));
  screen.getByTitle(/^bob, lake.sales/).focus();
  rerender(map(2, 1));
  expect(stops()).toEqual(["bob, lake.sales"]);
  rerender(map(0, 1));
  expect(stops()).toEqual(["bob, lake.days"]);
});
