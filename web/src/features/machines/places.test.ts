import { describe, expect, it } from "vitest";
import { lineOfPlace, placesOf } from "./places";

const text = `{
  "StartAt": "A",
  "States": {
    "A": { "Type": "Parallel",
      "Branches": [
        { "StartAt": "B" },
        {}
      ]
    }
  }
}`;
const line = (location: string) => lineOfPlace(text, placesOf(text), location);

describe("placesOf", () => {
  it("finds the lines of members and of elements", () => {
    expect([line("/StartAt"), line("/States/A"), line("/States/A/Branches[0]/StartAt"), line("/States/A/Branches[1]")]).toEqual([2, 4, 6, 7]);
  });
  it("leads to what stands above where there is no such part, and to the first line without any", () => {
    expect([line("/States/A/Next"), line("/States/Z"), line("/States/A/Branches[7]/States/Q"), line(""), line("elsewhere")]).toEqual([4, 3, 5, 1, 1]);
  });
  it("knows escaped names, and ends where the text breaks off", () => {
    expect(placesOf('{"a\\"b": 1}').has('/a"b')).toBe(true);
    for (let end = 0; end <= text.length; end++) expect(placesOf(text.slice(0, end)).get("")).toBe(0);
    for (const broken of ["[,]", "{,}", "{1}", "}", "[[", '{"a"', "\\", '"\\', "[".repeat(100_000)]) expect(placesOf(broken).size).toBeGreaterThan(0);
  });
});
