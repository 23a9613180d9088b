import { CloudTrailClient, LookupEventsCommand } from "@aws-sdk/client-cloudtrail";
import { useMemo } from "react";
import { clientOf, weirOf } from "../../api/clients";
import { usePages, useRead } from "../../api/queries";
import type { AuditEvent } from "../../api/weir.gen";
import { useSession } from "../../signin/useSession";
import { addressOf, requestOf, type Search } from "./search";

export type { AuditEvent };

/** Each page looks at a bounded part of the trail and may find nothing there: so many are asked before the person is. */
const kEmptyPages = 10;

/** Events of the account's trail that a search finds, the newest first. */
export function useAudit(search: Search) {
  const weir = weirOf(useSession());
  const key = addressOf(search).toString();
  // All pages of a search begin at the same moment.
  const request = useMemo(() => requestOf(search, Math.floor(Date.now() / 1000)), [key]);
  return usePages<AuditEvent>(["audit", key], async (token, abort) => {
    let next = token;
    for (let page = 0; ; page++) {
      const { Events = [], NextToken } = await weir("SearchAudit", { ...request, ...(next && { NextToken: next }) }, abort);
      next = NextToken;
      if (Events.length > 0 || !next || page === kEmptyPages) return { items: Events, next };
    }
  });
}

/** One event as CloudTrail tells it; undefined when the trail has none of that id. */
export function useEvent(id: string) {
  const trail = clientOf(useSession(), CloudTrailClient);
  return useRead(["event", id], async (abortSignal) => {
    const { Events } = await trail.send(new LookupEventsCommand({ LookupAttributes: [{ AttributeKey: "EventId", AttributeValue: id }] }), { abortSignal });
    return Events?.[0] ?? null;
  });
}
