import { expect, test } from "vitest";
import { mapOf, moved, pairsOf, readDocument, withoutEmpty, writeDocument } from "./document";
import { thenText, whenText } from "./ruleWords";

test("what the form does not know stays in the document", () => {
  const text = '{"Version":"2026-11-01","Rules":[{"Name":"a","When":{"Tables":["x"]},"Then":{"AutoApprove":true},"Later":1}],"More":{"x":[1]}}';
  const read = readDocument(text);
  expect("document" in read && JSON.parse(writeDocument(read.document))).toEqual(JSON.parse(text));
});

test.each([["{", /not JSON/], ["[]", /object/], ["null", /object/], ['{"Rules":{}}', /list/], ['{"Rules":[1]}', /list/], ['{"Rules":[{"When":[]}]}', /list/]])(
  "%s cannot be shown as a form", (text, why) => {
    const read = readDocument(text);
    expect("fault" in read && read.fault).toMatch(why);
  });

test("keys with globs are edited as pairs, and come back", () => {
  const map = { sensitivity: ["pii", "secret"], team: ["*"] };
  expect(pairsOf(map)).toEqual(["sensitivity=pii", "sensitivity=secret", "team=*"]);
  expect(mapOf(pairsOf(map))).toEqual(map);
  expect(mapOf(["team"])).toEqual({ team: ["*"] });
  expect(mapOf(["a=b=c"])).toEqual({ a: ["b=c"] });
});

test("what says nothing is left out", () => {
  expect(withoutEmpty({ Databases: [], Tables: ["x"], Deny: "", NoGrantOption: false, LFTags: {} })).toEqual({ Tables: ["x"] });
});

test("a rule moves within the list and not beyond it", () => {
  expect(moved(["a", "b", "c"], 2, 0)).toEqual(["c", "a", "b"]);
  expect(moved(["a", "b"], 0, -1)).toEqual(["a", "b"]);
  expect(moved(["a", "b"], 1, 2)).toEqual(["a", "b"]);
});

test("a rule is told in sentences", () => {
  expect(whenText({ Databases: ["sales", "hr"], LFTags: { sensitivity: ["pii"] }, Sensitive: false }))
    .toEqual(["the database is sales or hr", "an LF-Tag is sensitivity=pii", "it is not sensitive"]);
  expect(thenText({ Require: [{ Name: "owner", Approvers: ["owner", "a@x.org"], Quorum: 2, TimeoutSeconds: 86_400 }], MaxDurationSeconds: 3600 }))
    .toEqual(["ask owner: 2 of owner, a@x.org, within 1 day", "for at most 1 hour"]);
  expect(whenText(undefined)).toEqual([]);
});
