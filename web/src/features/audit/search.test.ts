import { expect, test } from "vitest";
import { addressOf, pathOfSearch, requestOf, searchOf } from "./search";

const search = { principal: "arn:aws:iam::1:role/a b", outcome: "DENIED", words: "x&y=z", when: "1h" };

test("a search stands in the address and comes back from it", () => {
  expect(searchOf(addressOf(search))).toEqual(search);
  expect(searchOf(new URLSearchParams("?principal=&other=1"))).toEqual({});
  expect(pathOfSearch({ resource: "a.b" })).toBe("/audit?resource=a.b");
});

test("only what was filled in is asked", () => {
  expect(requestOf(search, 10_000)).toEqual({ Principal: search.principal, Outcome: "DENIED", Words: "x&y=z", StartTime: 6400 });
  expect(requestOf({}, 1)).toEqual({});
});

test("words of an address that mean nothing are not asked", () => expect(requestOf({ outcome: "MAYBE", when: "for ever" }, 1)).toEqual({}));
