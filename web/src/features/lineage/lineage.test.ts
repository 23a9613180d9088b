import { expect, test } from "vitest";
import { drawingOfLineage, saysOf } from "./lineage";

const role = (name: string, account = "111122223333") => `arn:aws:iam::${account}:role/${name}`;
const links = [
  { Kind: "GRANT" as const, From: role("owner"), To: role("reader"), Permissions: ["SELECT"], On: "a.b", By: role("boss") },
  { Kind: "SHARE" as const, From: "444455556666", To: role("owner"), Permissions: ["SELECT"], Grantable: ["SELECT"] },
];

test("everybody stands in the drawing once, and who was asked about stands out", () => {
  const { nodes, edges } = drawingOfLineage(links, role("reader"));
  expect(nodes.map(({ title, tone }) => [title, tone])).toEqual([["reader", "going"], ["owner", "plain"], ["444455556666", "plain"]]);
  expect(edges.map(({ from, to, text }) => [from, to, text])).toEqual([
    [role("owner"), role("reader"), "SELECT"], ["444455556666", role("owner"), "SELECT · share"],
  ]);
});

test("who has nothing stands alone", () => expect(drawingOfLineage([], role("x")).nodes).toHaveLength(1));

test("a link is said as a sentence", () => {
  expect(links.map(saysOf)).toEqual([
    "owner to reader: SELECT, granted by name on a.b, by boss",
    "444455556666 to owner: SELECT, shared with the account, may pass on SELECT",
  ]);
});
