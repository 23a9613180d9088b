import { expect, test } from "vitest";
import { faultOf, faultOfChange, isPassing } from "./errors";

const named = (name: string, message: string, httpStatusCode = 400) => Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });
const lost = new TypeError("Failed to fetch");

test.each([
  named("NotAuthorizedException", "Invalid timestamp."),
  named("InvalidSignatureException", "Signature expired: 20260803T101500Z is now earlier than 20260803T101501Z (20260803T102001Z - 5 min.)", 403),
  named("InvalidSignatureException", "Signature not yet current: 20260803T101500Z is still later than 20260803T100459Z (20260803T095959Z + 5 min.)", 403),
])("a clock that is wrong is told so: $message", (thrown) =>
  expect(faultOf(thrown).message).toBe("The clock of this computer is wrong. Set it to the right time and sign in again."));

test("what nobody answered may have been done, what was refused was not", () => {
  const may = "What was sent may still be done: look before you send it again.";
  expect(faultOfChange(lost).message).toBe(`The server cannot be reached. ${may}`);
  expect(faultOfChange(named("NoAnswer", "The server did not answer within 30 seconds.")).message).toContain(may);
  expect(faultOfChange(named("AccessDeniedException", "No. (decision d1)", 403))).toEqual({ code: "AccessDeniedException", message: "No.", decisionId: "d1" });
});

test.each([
  [lost, true], [named("Throttling", "Later.", 429), true], [named("InternalServiceException", "", 500), true], [named("", "", 502), true],
  [named("AccessDeniedException", "No.", 403), false], [named("EntityNotFoundException", "None."), false],
  [named("NoAnswer", "The server did not answer within 30 seconds.", 0), false], [undefined, false],
])("%s may pass: %s", (thrown, passes) => expect(isPassing(thrown)).toBe(passes));
