import type { StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import type { AccessGrantDescription, AccessRequestDescription, Approval, AskedApproval } from "../../api/weir.gen";
import { decisionWords, fulfilmentWords, isUndecided } from "./requestWords";

/** What is known of an approval of a step: what it says, or that the person may not read it. */
export interface KnownApproval {
  asked: AskedApproval;
  approval?: Approval | undefined;
}

/** Something that happened to a request, or that is waited for. */
export interface Happening {
  sign: StatusIndicatorProps.Type;
  what: string;
  /** Who did it, by the identifier. */
  by?: string | undefined;
  /** In whose words: a purpose, a comment, a reason. */
  words?: string | undefined;
  at?: number | undefined;
  /** Where it can be decided or looked at. */
  approvalId?: string | undefined;
}

const verdictSays: Record<string, string> = {
  approve: "approved", deny: "denied", request_changes: "asked for changes", abstain: "abstained",
};
const verdictSigns: Record<string, StatusIndicatorProps.Type> = {
  approve: "success", deny: "error", request_changes: "warning", abstain: "info",
};

const nameOf = ({ Step = "approval", Extension = 0 }: AskedApproval) => (Extension > 0 ? `Extension ${Extension}, step ${Step}` : `Step ${Step}`);

function asked({ asked: step, approval }: KnownApproval): Happening[] {
  const name = nameOf(step);
  const approvalId = step.ApprovalId;
  if (!approval) return [{ sign: "info", what: `${name}: people are asked`, approvalId }];
  const decided = (approval.Decisions ?? []).map((decision): Happening => ({
    sign: verdictSigns[decision.Verdict ?? ""] ?? "info",
    what: `${name}: ${verdictSays[decision.Verdict ?? ""] ?? "decided"}${decision.Narrowed ? ", with less than was asked" : ""}`,
    by: decision.By, words: decision.Comment, at: decision.At, approvalId,
  }));
  const open = approval.Status === "OPEN";
  const silent = approval.Status === "EXPIRED" || approval.Status === "CLOSED";
  return [
    { sign: open ? "in-progress" : "info", what: `${name}: ${approval.Approvers?.length === 1 ? "one approver is" : `${approval.Approvers?.length ?? 0} approvers are`} asked`, at: approval.OpenedAt, approvalId },
    ...decided,
    ...(silent ? [{ sign: "stopped" as const, what: `${name}: ${approval.Status === "EXPIRED" ? "nobody decided in time" : "no longer needed"}`, words: approval.StatusReason, at: approval.EndedAt }] : []),
  ];
}

function granted(grant: AccessGrantDescription): Happening[] {
  const name = grant.Table === "*" ? `${grant.Database}, every table` : `${grant.Database}.${grant.Table}`;
  return [
    ...(grant.State === "GRANTING" ? [] : [{ sign: "success" as const, what: `${name} was granted`, by: grant.GrantedBy, at: grant.Granted }]),
    ...(grant.Ended ? [{ sign: "stopped" as const, what: `${name} was taken back`, by: grant.EndedBy === "expiry" ? undefined : grant.EndedBy, words: grant.EndedBecause, at: grant.Ended }] : []),
  ];
}

const policySays = { AUTO_APPROVE: "The policy approves it", ASK: "The policy asks people", DENY: "The policy denies it" };

/** Ends that leave no other trace than the state of the request. */
function ended(request: AccessRequestDescription): Happening[] {
  const { Decision: state = "", Fulfilment: done = "", Reason: words, Updated: at } = request;
  const told = ["WITHDRAWN", "EXPIRED", "FAILED"].includes(state) ? decisionWords[state] : undefined;
  const failed = ["GRANT_FAILED", "REVOKE_FAILED", "BY_MACHINE"].includes(done) ? fulfilmentWords[done] : undefined;
  const last = told ?? failed;
  return last ? [{ sign: last[0], what: last[1], words, at }] : [];
}

/** What is still to come. */
function ahead(request: AccessRequestDescription): Happening[] {
  const { Fulfilment: done = "", Expires: expires } = request;
  if (isUndecided(request)) return [{ sign: "pending", what: "Granted, once it is approved" }];
  if (done === "AWAITING_RAM")
    return [{ sign: "warning", what: "An administrator of the account that gets it has to accept the share" }];
  if ((done === "ACTIVE" || done === "EXTENSION_PENDING") && expires) return [{ sign: "pending", what: "It ends by itself", at: expires }];
  return [];
}

/** A request from the asking to its end: what happened in the order of time, then what is to come. */
export function timelineOf(request: AccessRequestDescription, approvals: KnownApproval[], grants: AccessGrantDescription[]): Happening[] {
  const verdict = request.Outcome?.Verdict;
  const happened: Happening[] = [
    { sign: "info", what: "Asked", by: request.Requester, words: request.Purpose, at: request.Created },
    ...(verdict ? [{ sign: verdict === "DENY" ? "error" as const : "info" as const, what: policySays[verdict], words: request.Outcome?.Because?.join("; "), at: request.Created }] : []),
    ...approvals.flatMap(asked),
    ...grants.flatMap(granted),
    ...ended(request),
  ];
  // What has no time stays where it was said: sorting is stable, and it takes the time of what is before it.
  let last = 0;
  const timed = happened.map((one) => ({ one, at: (last = one.at ?? last) }));
  return [...timed.sort((a, b) => a.at - b.at).map(({ one }) => one), ...ahead(request)];
}
