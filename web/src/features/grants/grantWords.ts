import type { VerifiedGrant } from "../../api/weir.gen";
import type { StateWords } from "../../ui/StateText";
import type { Grant } from "./grants";

export const grantWords: StateWords = {
  GRANTING: ["in-progress", "Being granted"],
  IN_FORCE: ["success", "In force"],
  ENDED: ["stopped", "Ended"],
};

/** What was granted, compared with what is held. */
export const healthWords: StateWords = {
  HEALTHY: ["success", "As granted"],
  MISSING: ["error", "Revoked by hand"],
  WIDER: ["warning", "More is held"],
  NARROWER: ["error", "Less is held"],
  SHARE_NOT_ACCEPTED: ["pending", "The share is not accepted"],
  INVITATION_EXPIRED: ["error", "The invitation has expired"],
};

/** What is in force first, what ends soonest at the top; then what never ends, then what has ended, the newest first. */
export function inOrderOfEnd(grants: Grant[]): Grant[] {
  const rank = ({ Ended, Expires }: Grant) => (Ended ? 2 : Expires ? 0 : 1);
  return [...grants].sort((a, b) =>
    rank(a) - rank(b) || (a.Ended ? (b.Ended ?? 0) - a.Ended : (a.Expires ?? 0) - (b.Expires ?? 0)));
}

const kSoonSeconds = 14 * 86_400;

/** Whether it ends within two weeks: the time in which the server begins to warn. */
export const endsSoon = ({ Ended, Expires }: Grant, now = Date.now() / 1000): boolean =>
  !Ended && Expires !== undefined && Expires - now < kSoonSeconds;

/** What a comparison of grants found, in one sentence. */
export function verifiedText(found: VerifiedGrant[]): string {
  const off = found.filter(({ Health }) => Health !== "HEALTHY").length;
  const repaired = found.filter(({ Repaired }) => Repaired).length;
  if (found.length === 0) return "Nothing is in force.";
  const looked = found.length === 1 ? "One grant was compared" : `${found.length} grants were compared`;
  const differing = off === 0 ? "all is as it was granted" : `${off} ${off === 1 ? "is" : "are"} not as granted`;
  return `${looked}: ${differing}${repaired ? `, ${repaired} repaired` : ""}.`;
}
