import { expect, test } from "vitest";
import { tagsAt } from "./inheritance";

const tag = (TagKey: string, value: string) => ({ TagKey, TagValues: [value] });

test("a tag that only counts is inherited, one that is assigned is not", () => {
  const assigned = { LFTagsOnTable: [tag("level", "high")] };
  const counting = { LFTagOnDatabase: [tag("area", "eu")], LFTagsOnTable: [tag("area", "eu"), tag("level", "high")] };
  expect(tagsAt(assigned, counting).map(({ place, tag: { TagKey }, assigned: own }) => [place, TagKey, own])).toEqual([
    ["database", "area", true], ["table", "area", false], ["table", "level", true],
  ]);
});

test("each column has tags of its own, and another value than above is not inherited", () => {
  const assigned = { LFTagsOnColumns: [{ Name: "ssn", LFTags: [tag("level", "high")] }] };
  const counting = {
    LFTagsOnTable: [tag("level", "low")],
    LFTagsOnColumns: [{ Name: "ssn", LFTags: [tag("level", "high")] }, { Name: "id", LFTags: [tag("level", "low")] }],
  };
  expect(tagsAt(assigned, counting).filter(({ assigned: own }) => own)).toEqual([{ place: "column ssn", tag: tag("level", "high"), assigned: true }]);
});

test("a column called database is not the database", () => {
  const assigned = { LFTagOnDatabase: [tag("area", "eu")] };
  const counting = { LFTagOnDatabase: [tag("area", "eu")], LFTagsOnColumns: [{ Name: "database", LFTags: [tag("area", "eu")] }] };
  expect(tagsAt(assigned, counting).map(({ assigned: own }) => own)).toEqual([true, false]);
});

test("what the server leaves out is nothing", () => expect(tagsAt({}, {})).toEqual([]));
