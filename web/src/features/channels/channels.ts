import { weirOf } from "../../api/clients";
import { useChange, useRead } from "../../api/queries";
import type { ChannelSummary, PutChannelRequest } from "../../api/weir.gen";
import { useSession } from "../../signin/useSession";

export type { ChannelSummary };
export type Kind = PutChannelRequest["Kind"];

/** Every channel, without addresses in full and without secrets. */
export function useChannels() {
  const weir = weirOf(useSession());
  return useRead(["channels"], async (abort) => (await weir("ListChannels", {}, abort)).Channels ?? []);
}

/** Adds a channel, or changes the one of that name; the answer has a secret that the server made. */
export function usePutChannel() {
  const weir = weirOf(useSession());
  return useChange((channel: PutChannelRequest) => weir("PutChannel", channel));
}

/** Removes the channel of that name. */
export function useDeleteChannel() {
  const weir = weirOf(useSession());
  return useChange((Name: string) => weir("DeleteChannel", { Name }));
}

/** What each kind of channel is sent, and what it needs. */
export const kinds: { value: Kind; label: string; description: string; secret: boolean }[] = [
  { value: "slack", label: "Slack", description: "An incoming webhook", secret: false },
  { value: "teams", label: "Teams", description: "An incoming webhook", secret: false },
  { value: "signed", label: "Signed messages", description: "CloudEvents, signed with a secret", secret: true },
  { value: "ticket", label: "Ticket system", description: "Tickets that can decide approvals", secret: true },
];

/** Types of what is announced, for choosing; patterns can be typed. */
export const eventTypes = [
  "request.*", "request.submitted", "request.auto_approved", "request.decided", "request.expired", "request.withdrawn",
  "request.step_started", "request.reminder", "request.escalated", "grant.*", "grant.created", "grant.active",
  "grant.expiring", "grant.extended", "grant.revoked", "grant.failed", "grant.drifted", "catalog.pii_flag_changed",
  "policy.violation", "mail.quota_reached", "ticket.created",
];
