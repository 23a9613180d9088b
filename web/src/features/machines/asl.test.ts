import { describe, expect, it } from "vitest";
import { drawingOf, taskWords, ruleWords } from "./asl";

const drawn = (machine: unknown) => drawingOf(JSON.stringify(machine))!;
const arrows = (machine: unknown) => drawn(machine).edges.map(({ from, to, text }) => [from, to, text].filter(Boolean).join(" "));

describe("drawingOf", () => {
  it("leads from Start along Next, choices, catches and the default to End", () => {
    expect(arrows({
      StartAt: "A",
      States: {
        A: { Type: "Choice", Choices: [{ Variable: "$.n", NumericGreaterThan: 3, Next: "B" }], Default: "C" },
        B: { Type: "Task", Resource: "x", Catch: [{ ErrorEquals: ["States.ALL"], Next: "C" }], End: true },
        C: { Type: "Fail" },
      },
    })).toEqual(["Start /States/A", "/States/A /States/B n > 3", "/States/A /States/C otherwise", "/States/B /States/C any error",
      "/States/B End", "/States/C End"]);
  });

  it("puts the states of branches and iterations inside of theirs, at the places that diagnostics name", () => {
    const leaf = (name: string) => ({ StartAt: name, States: { [name]: { Type: "Pass", End: true } } });
    const { nodes } = drawn({
      StartAt: "P",
      States: {
        P: { Type: "Parallel", Branches: [leaf("X"), leaf("Y")], Next: "M" },
        M: { Type: "Map", ItemProcessor: leaf("Z"), End: true },
      },
    });
    expect(nodes.filter(({ inside }) => inside).map(({ id, inside }) => [id, inside])).toEqual([
      ["/States/P/Branches[0]/States/X", "/States/P"], ["/States/P/Branches[1]/States/Y", "/States/P"],
      ["/States/M/ItemProcessor/States/Z", "/States/M"],
    ]);
  });

  it("draws what can be drawn of what is wrong, and nothing of what is no machine", () => {
    expect(drawn({ States: { A: 7, B: { Type: "Pass", Next: "Nowhere", Choices: {}, Catch: [null] } } }).states).toHaveLength(2);
    for (const text of ["", "{", "[]", "null", "7"]) expect(drawingOf(text)).toBeUndefined();
  });
});

describe("words", () => {
  it("of resources are the part that tells", () => {
    expect(taskWords("arn:aws:states:::aws-sdk:weir:fulfilAccessRequest")).toBe("weir:fulfilAccessRequest");
    expect(taskWords("arn:aws:states:::lambda:invoke.waitForTaskToken")).toBe("lambda:invoke.waitForTaskToken");
    expect(taskWords("arn:aws:lambda:us-east-1:1:function:Approve")).toBe("Approve");
    expect(taskWords("arn:aws:states:us-east-1:1:activity:people")).toBe("activity:people");
  });

  it("of rules read as they decide", () => {
    expect(ruleWords({ Variable: "$.a", StringEquals: "x" })).toBe('a = "x"');
    expect(ruleWords({ And: [{ Variable: "$.a", IsPresent: true }, { Not: { Variable: "$.b", BooleanEquals: false } }] }))
      .toBe("a is present and not b = false");
    expect(ruleWords({ Condition: "{% $states.input.a > 1 %}" })).toBe("$states.input.a > 1");
    expect(ruleWords({})).toBe("");
  });
});
