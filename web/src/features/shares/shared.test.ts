import { expect, test } from "vitest";
import { lacking, sharedBy, sharedText, stepsOf, type Plan } from "./shared";

const owner = "444455556666";
const days = { account: owner, database: "weather", table: "days" };
const weather = { account: owner, database: "weather" };
const plan: Plan = { invitation: "invited", shared: [days, weather], into: "local", link: true, names: {}, readers: ["ada"] };

test.each([
  [`arn:aws:glue:us-east-1:${owner}:table/weather/days`, days, "weather.days"],
  [`arn:aws-cn:glue:cn-north-1:${owner}:database/weather`, weather, "weather"],
  [`arn:aws:glue:us-east-1:${owner}:catalog`, { account: owner }, "The whole catalog"],
])("%s is %j", (arn, shared, text) => {
  expect(sharedBy(arn)).toEqual(shared);
  expect(sharedText(shared)).toBe(text);
});

test.each([undefined, "", "arn:aws:s3:::bucket", `arn:aws:glue:us-east-1:12:table/a/b`, `arn:aws:glue:us-east-1:${owner}:table/a`])(
  "%s is nothing of a catalog", (arn) => expect(sharedBy(arn)).toBeUndefined());

test("a plan accepts first, then links each resource and grants on link and target", () => {
  expect(stepsOf(plan)).toEqual([
    { does: "accept", invitation: "invited" },
    { does: "link", to: days, name: "days", into: "local" },
    { does: "grant-link", to: days, name: "days", into: "local", reader: "ada" },
    { does: "grant", on: days, reader: "ada" },
    { does: "link", to: weather, name: "weather" },
    { does: "grant-link", to: weather, name: "weather", reader: "ada" },
    { does: "grant", on: weather, reader: "ada" },
  ]);
});

test("without links nothing is linked and nothing granted on one", () => {
  expect(stepsOf({ ...plan, link: false }).map(({ does }) => does)).toEqual(["accept", "grant", "grant"]);
});

test("a whole catalog is accepted, and neither linked nor granted", () => {
  expect(stepsOf({ ...plan, shared: [{ account: owner }] }).map(({ does }) => does)).toEqual(["accept"]);
});

test("a link takes the name that was said", () => {
  expect(stepsOf({ ...plan, shared: [days], names: { "weather.days": " their_days " }, readers: [] })[1]).toMatchObject({ name: "their_days" });
});

test("a plan says what it lacks", () => {
  expect(lacking(plan)).toBeUndefined();
  expect(lacking({ ...plan, into: undefined })).toContain("database");
  expect(lacking({ ...plan, names: { weather: " " } })).toContain("name");
  expect(lacking({ ...plan, invitation: undefined, link: false, readers: [] })).toContain("who may read");
  expect(lacking({ ...plan, shared: [weather], into: undefined })).toBeUndefined();
});
