import { weirOf } from "../../api/clients";
import { faultOfChange } from "../../api/errors";
import { useChange, usePages, useRead } from "../../api/queries";
import type { Approval, ApprovalNarrowing, DecideApprovalRequest } from "../../api/weir.gen";
import { useSession } from "../../signin/useSession";

export type { Approval };
export type Status = NonNullable<Approval["Status"]>;
export type Verdict = DecideApprovalRequest["Verdict"];

/** Approvals that wait for the person, or, of the account, those in a status or all of them; the newest first. */
export function useApprovals(wanted: { toDecide: boolean; status?: Status | undefined }) {
  const weir = weirOf(useSession());
  return usePages<Approval>(["approvals", wanted], async (NextToken, abort) => {
    const answer = await weir("ListApprovals", {
      MaxResults: 50, ...(wanted.toDecide ? { ToDecide: true } : wanted.status && { Status: wanted.status }), ...(NextToken && { NextToken }),
    }, abort);
    return { items: answer.Approvals ?? [], next: answer.NextToken };
  });
}

/** How often an open question is looked at: others may decide meanwhile. */
const kLook = 10_000;

/** One approval with what was decided. */
export function useApproval(id: string) {
  const weir = weirOf(useSession());
  return useRead(["approval", id], async (abort) => (await weir("GetApproval", { ApprovalId: id }, abort)).Approval,
    { every: (last) => (last?.Status === "OPEN" ? kLook : 0) });
}

/** Several approvals; those that the person may not read are absent. */
export function useApprovalsNamed(ids: string[]) {
  const weir = weirOf(useSession());
  return useRead(["approval", "of", ids], async (abort) => {
    const read = await Promise.allSettled(ids.map((ApprovalId) => weir("GetApproval", { ApprovalId }, abort)));
    return new Map(ids.map((id, index) => {
      const answer = read[index];
      return [id, answer?.status === "fulfilled" ? answer.value.Approval : undefined] as const;
    }));
  }, { when: ids.length > 0, every: (last) => ([...(last?.values() ?? [])].some((one) => one?.Status === "OPEN") ? kLook : 0) });
}

export interface Ballot {
  verdict: Verdict;
  comment: string;
  narrowed?: ApprovalNarrowing | undefined;
}

const wireOf = (id: string, { verdict, comment, narrowed }: Ballot): DecideApprovalRequest => ({
  ApprovalId: id, Verdict: verdict, ...(comment.trim() && { Comment: comment.trim() }), ...(narrowed && { Narrowed: narrowed }),
});

/** Records one's own decision about an approval. */
export function useDecide() {
  const weir = weirOf(useSession());
  return useChange(({ id, ballot }: { id: string; ballot: Ballot }) => weir("DecideApproval", wireOf(id, ballot)));
}

/** Decides several in one way, one after the other; tells which were refused, and why. */
export function useDecideMany() {
  const weir = weirOf(useSession());
  return useChange(async ({ ids, ballot }: { ids: string[]; ballot: Ballot }, left) => {
    const refused: { id: string; why: string }[] = [];
    for (const id of ids) {
      left.throwIfAborted();
      await weir("DecideApproval", wireOf(id, ballot)).catch((thrown: unknown) => refused.push({ id, why: faultOfChange(thrown).message }));
    }
    return refused;
  });
}
