import { weirOf } from "../../api/clients";
import { allItems, useChange, usePages, useRead } from "../../api/queries";
import type {
  AccessGrantDescription, AccessRequestDescription, CreateAccessRequestRequest, PreviewAccessRequestRequest,
} from "../../api/weir.gen";
import { useSession } from "../../signin/useSession";
import { isOver } from "./requestWords";

/** The person's requests (for administrators everybody's), the newest first. @param decision only those that were decided so. */
export function useRequests(decision?: string) {
  const weir = weirOf(useSession());
  return usePages<AccessRequestDescription>(["requests", decision], async (NextToken, abort) => {
    const answer = await weir("ListAccessRequests", { MaxResults: 50, ...(decision && { Decision: decision }), ...(NextToken && { NextToken }) }, abort);
    return { items: answer.Requests ?? [], next: answer.NextToken };
  });
}

/** One request; asked for again while something is still to happen to it. */
export function useRequest(catalog: string, id: string) {
  const weir = weirOf(useSession());
  return useRead(["request", catalog, id], (abort) => weir("GetAccessRequest", { CatalogId: catalog, RequestId: id }, abort),
    { every: (last) => (last && isOver(last) ? 0 : 5000) });
}

/** Everything that was granted for a request, which is little. @param standing how it stands: they are read again when that is another */
export function useGrantsOf(catalog: string, id: string, standing: string | undefined) {
  const weir = weirOf(useSession());
  return useRead(["grants", catalog, id, standing], (abort) => allItems<AccessGrantDescription>(async (NextToken) => {
    const answer = await weir("ListAccessGrants", { CatalogId: catalog, RequestId: id, ...(NextToken && { NextToken }) }, abort);
    return { items: answer.Grants ?? [], next: answer.NextToken };
  }), { list: true });
}

/** What the policy would make of a request. Nothing is asked while there is no complete one. */
export function usePreview(wanted: PreviewAccessRequestRequest | undefined) {
  const weir = weirOf(useSession());
  return useRead(["preview", wanted], (abort) => weir("PreviewAccessRequest", wanted ?? { Items: [], Target: "" }, abort), { when: wanted !== undefined });
}

/** Makes a request. */
export function useAsk() {
  const weir = weirOf(useSession());
  return useChange((wanted: CreateAccessRequestRequest) => weir("CreateAccessRequest", wanted));
}

interface OfRequest { catalog: string; id: string }

/** Takes a request back that is not decided yet. */
export function useWithdraw() {
  const weir = weirOf(useSession());
  return useChange(({ catalog, id }: OfRequest) => weir("WithdrawAccessRequest", { CatalogId: catalog, RequestId: id }));
}

/** Ends what was granted for a request, with a reason for the record. */
export function useRevoke() {
  const weir = weirOf(useSession());
  return useChange(({ catalog, id, reason }: OfRequest & { reason: string }) =>
    weir("RevokeAccessGrant", { CatalogId: catalog, RequestId: id, ...(reason && { Reason: reason }) }));
}

/** Asks that it may last longer: the policy is asked again. */
export function useExtend() {
  const weir = weirOf(useSession());
  return useChange(({ catalog, id, seconds, purpose }: OfRequest & { seconds: number; purpose: string }) =>
    weir("ExtendAccessGrant", { CatalogId: catalog, RequestId: id, DurationSeconds: seconds, ...(purpose && { Purpose: purpose }) }));
}
