import { expect, test } from "vitest";
import { lasted } from "./durations";

test.each([[0, "0 ms"], [999, "999 ms"], [61_000, "1 minute 1 second"], [-5, "0 ms"]])(
  "%d milliseconds are told as %s", (milliseconds, said) => expect(lasted(new Date(0), new Date(milliseconds))).toBe(said));

test("what has no end took no time yet", () => expect(lasted(new Date(), undefined)).toBe("–"));
