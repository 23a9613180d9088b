// What the audit trail is searched for; it stands in the address, so that a search can be passed on.

import type { SearchAuditRequest } from "../../api/weir.gen";
import { periods } from "../../ui/periods";

export interface Search {
  principal?: string;
  resource?: string;
  event?: string;
  outcome?: string;
  decision?: string;
  words?: string;
  when?: string;
}

const searchKeys = ["principal", "resource", "event", "outcome", "decision", "words", "when"] as const;

export const searchOf = (address: URLSearchParams): Search =>
  Object.fromEntries(searchKeys.flatMap((key) => (address.get(key) ? [[key, address.get(key) ?? ""]] : [])));

export const addressOf = (search: Search): URLSearchParams =>
  new URLSearchParams(searchKeys.flatMap((key): [string, string][] => (search[key] ? [[key, search[key]]] : [])));

export const pathOfSearch = (search: Search): string => `/audit?${addressOf(search)}`;

/** The request of a search. @param now in seconds. */
export function requestOf(search: Search, now: number): SearchAuditRequest {
  const { principal, resource, event, outcome, decision, words, when } = search;
  const period = periods.find(({ id }) => id === when);
  return {
    ...(principal && { Principal: principal }),
    ...(resource && { Resource: resource }),
    ...(event && { EventName: event }),
    ...((outcome === "ALLOWED" || outcome === "DENIED") && { Outcome: outcome }),
    ...(decision && { DecisionId: decision }),
    ...(words && { Words: words }),
    ...(period && { StartTime: now - period.seconds }),
  };
}
