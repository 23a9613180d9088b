import { expect, test } from "vitest";
import type { AccessRequestDescription } from "../../api/weir.gen";
import { timelineOf } from "./timeline";

const request = (more: Partial<AccessRequestDescription> = {}): AccessRequestDescription => ({
  RequestId: "1", Requester: "arn:aws:iam::111122223333:user/ada", Purpose: "churn", Created: 100, Updated: 100,
  Decision: "PENDING", Fulfilment: "NONE", Outcome: { Verdict: "ASK", Because: ["rule personal data"] }, ...more,
});
const said = (...told: Parameters<typeof timelineOf>) => timelineOf(...told).map(({ what }) => what);

test("a new request was asked, evaluated, and waits", () => {
  expect(said(request(), [], [])).toEqual(["Asked", "The policy asks people", "Granted, once it is approved"]);
});

test("a decision tells who decided what and in which words", () => {
  const approval = { Status: "APPROVED" as const, Approvers: ["a@x.org", "b@x.org"], OpenedAt: 110,
    Decisions: [{ By: "a@x.org", Verdict: "approve" as const, Comment: "only the Dutch ones", At: 120, Narrowed: { RowFilter: "country = 'NL'" } }] };
  const found = timelineOf(request({ Decision: "APPROVED", Fulfilment: "ACTIVE", Expires: 900 }),
    [{ asked: { Step: "owner", ApprovalId: "x" }, approval }],
    [{ Database: "sales", Table: "orders", State: "IN_FORCE", Granted: 130, GrantedBy: "arn:aws:iam::111122223333:role/Machine" }]);
  expect(found.map(({ what }) => what)).toEqual([
    "Asked", "The policy asks people", "Step owner: 2 approvers are asked", "Step owner: approved, with less than was asked",
    "sales.orders was granted", "It ends by itself"]);
  expect(found[3]).toMatchObject({ by: "a@x.org", words: "only the Dutch ones", approvalId: "x" });
});

test("an approval that may not be read is there without its words", () => {
  expect(said(request(), [{ asked: { Step: "owner", ApprovalId: "x" } }], [])).toContain("Step owner: people are asked");
});

test("what happened stands in the order of time, whichever list it is from", () => {
  const grants = [{ Database: "sales", Table: "orders", State: "ENDED", Granted: 130, Ended: 300, EndedBy: "expiry" }];
  const extension = { asked: { Step: "owner", ApprovalId: "y", Extension: 1 }, approval: { Status: "EXPIRED" as const, Approvers: ["a@x.org"], OpenedAt: 200, EndedAt: 250 } };
  expect(said(request({ Decision: "APPROVED", Fulfilment: "ENDED" }), [extension], grants)).toEqual([
    "Asked", "The policy asks people", "sales.orders was granted", "Extension 1, step owner: one approver is asked",
    "Extension 1, step owner: nobody decided in time", "sales.orders was taken back"]);
});

test("a share that is not accepted says who has to", () => {
  expect(said(request({ Decision: "APPROVED", Fulfilment: "AWAITING_RAM", Expires: 900 }), [], []).at(-1))
    .toBe("An administrator of the account that gets it has to accept the share");
});

test("what was withdrawn or failed ends so, with the reason", () => {
  expect(timelineOf(request({ Decision: "WITHDRAWN", Updated: 150 }), [], []).at(-1)).toMatchObject({ what: "Withdrawn", at: 150 });
  expect(timelineOf(request({ Decision: "APPROVED", Fulfilment: "GRANT_FAILED", Reason: "no grant option", Updated: 150 }), [], []).at(-1))
    .toMatchObject({ what: "Could not be granted", words: "no grant option" });
});
