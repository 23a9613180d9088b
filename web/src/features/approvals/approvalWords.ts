import type { Approval } from "../../api/weir.gen";
import type { StateWords } from "../../ui/StateText";
import type { Verdict } from "./approvals";

export const statusWords: StateWords = {
  OPEN: ["in-progress", "Open"],
  APPROVED: ["success", "Approved"],
  DENIED: ["error", "Denied"],
  CHANGES_REQUESTED: ["warning", "Changes requested"],
  EXPIRED: ["stopped", "Nobody decided in time"],
  CLOSED: ["stopped", "No longer needed"],
};

export const verdictWords: StateWords = {
  approve: ["success", "Approved"],
  deny: ["error", "Denied"],
  request_changes: ["warning", "Asked for changes"],
  abstain: ["info", "Abstained"],
};

/** What a person may do with a question, as its buttons and dialogs say it. */
export const verdicts: { verdict: Verdict; button: string; says: string }[] = [
  { verdict: "approve", button: "Approve", says: "It counts as your approval." },
  { verdict: "request_changes", button: "Ask for changes", says: "The request ends. It can be made again with the changes that you ask for." },
  { verdict: "deny", button: "Deny", says: "One denial ends the request." },
  { verdict: "abstain", button: "Abstain", says: "It is left to the others. You can still decide later." },
];

/** How a decision came. */
export const channelWords: Record<string, string> = { mail: "by a link in a mail", api: "signed in", chat: "in a chat", ticket: "by a ticket" };

/** What is asked for, in one line: the things, without the rest of the facts. */
export const aboutText = ({ Facts = [], Subject = "" }: Approval): string =>
  Facts.filter(({ Label }) => Label === "Item").map(({ Value }) => Value).join(", ") || Subject;

export const factOf = ({ Facts = [] }: Approval, label: string): string | undefined =>
  Facts.find(({ Label }) => Label === label)?.Value;
