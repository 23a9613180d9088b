import { describe, expect, it } from "vitest";
import type { Proof } from "../../api/weir.gen";
import { pathOfQuestion, questionOf } from "./explain";
import { drawingOfProof, gatesOf } from "./proof";

const proof: Proof = {
  Decision: "DENY", Action: "SELECT", Resource: "sales.orders",
  Gates: [
    { Name: "IAM: glue:GetTable", Verdict: "ALLOW", Reason: "allowed", Statements: [{ Effect: "ALLOW", PolicyType: "identity-based policy", Policy: "p", Statement: 2, Says: "allows" }] },
    { Name: "LakeFormation", Verdict: "DENY", Reason: "nothing is granted", Remedy: "grant SELECT" },
  ],
  Grants: [{ Principal: "arn:aws:iam::111122223333:role/analyst", Permissions: ["DESCRIBE"], Counts: false, Ground: "SET_ASIDE", Says: "set aside" }],
};

describe("gatesOf", () => {
  it("marks the first gate that stays shut as the one that decided", () => {
    expect(gatesOf(proof).map(({ opens, decided }) => [opens, decided])).toEqual([[true, false], [false, true]]);
  });
  it("gives grants to Lake Formation, and says which do not count", () => {
    expect(gatesOf(proof)[1]!.parts).toMatchObject([{ title: "DESCRIBE", note: "to analyst", verdict: "does not count", tone: "idle" }]);
    expect(gatesOf(proof)[0]!.parts).toMatchObject([{ title: "Statement 2", verdict: "allows" }]);
  });
  it("takes a verdict that is not there for shut", () => expect(gatesOf({ Gates: [{ Name: "x" }] })[0]).toMatchObject({ opens: false, decided: true }));
});

describe("drawingOfProof", () => {
  const drawing = drawingOfProof(proof);
  it("leads from the question through every gate to the answer", () => {
    expect(drawing.edges.map(({ from, to, tone }) => [from, to, tone])).toEqual([
      ["question", "gate 0", "good"], ["gate 0", "gate 1", "good"], ["gate 1", "answer", "bad"],
    ]);
    expect(drawing.nodes.at(-1)).toMatchObject({ title: "Denied", tone: "bad" });
  });
  it("shows what is shown only when something is", () => {
    const View = { AllColumns: false, AuthorizedColumns: ["id"], AllRows: false, FinalRowPredicate: "a = 1" };
    expect(drawingOfProof({ ...proof, View }).nodes.some(({ id }) => id === "view")).toBe(false);
    expect(drawingOfProof({ Decision: "ALLOW", View }).nodes.find(({ id }) => id === "view")).toMatchObject({ title: "1 columns, some rows", tone: "warned" });
  });
  it("bounds the boxes of a gate and counts the others", () => {
    const many = { Gates: [{ Name: "IAM", Statements: Array.from({ length: 30 }, () => ({ Effect: "DENY" as const })) }] };
    expect(drawingOfProof(many).nodes.find(({ id }) => id === "gate 0 more")?.title).toBe("and 22 more");
  });
  it("stacks the boxes of a gate where it leads downwards", () => {
    const many = { Gates: [{ Name: "IAM", Statements: [{ Effect: "DENY" as const }, { Effect: "ALLOW" as const }] }] };
    expect(drawingOfProof(many, false).edges.filter(({ unseen }) => unseen)).toEqual([{ from: "gate 0 part 0", to: "gate 0 part 1", unseen: true }]);
  });
  it("denies where nothing is told", () => expect(drawingOfProof({}).nodes.at(-1)?.title).toBe("Denied"));
});

describe("questions", () => {
  it("stand in the address and come back from it", () => {
    const question = { Principal: "arn:aws:iam::1:role/a b&c", Action: "SELECT", Resource: "a.b", GrantOption: true };
    expect(questionOf(new URLSearchParams(pathOfQuestion(question).split("?")[1]))).toEqual(question);
    expect(questionOf(new URLSearchParams())).toEqual({});
  });
});
