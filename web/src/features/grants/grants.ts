import { weirOf } from "../../api/clients";
import { useChange, usePages } from "../../api/queries";
import type { AccessGrantDescription } from "../../api/weir.gen";
import { useSession } from "../../signin/useSession";

export type Grant = AccessGrantDescription;

/** What was granted for requests, as far as the person may see it. @param principal only what this one has. */
export function useGrants(wanted: { principal?: string | undefined; resource?: string | undefined }) {
  const weir = weirOf(useSession());
  return usePages<Grant>(["grants", wanted], async (NextToken, abort) => {
    const answer = await weir("ListAccessGrants", {
      MaxResults: 100, ...(wanted.principal && { Principal: wanted.principal }), ...(wanted.resource && { Resource: wanted.resource }),
      ...(NextToken && { NextToken }),
    }, abort);
    return { items: answer.Grants ?? [], next: answer.NextToken };
  });
}

/** Compares what was granted with what is held; with repair, what is missing is granted again. */
export function useVerify() {
  const weir = weirOf(useSession());
  return useChange(({ request, repair }: { request?: string | undefined; repair: boolean }) =>
    weir("VerifyAccessGrants", { Repair: repair, ...(request && { RequestId: request }) }));
}
