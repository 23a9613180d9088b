import type { AccessItem, AccessRequestDescription } from "../../api/weir.gen";
import type { StateWords } from "../../ui/StateText";

/** What people decided. */
export const decisionWords: StateWords = {
  SUBMITTED: ["pending", "Submitted"],
  PENDING: ["in-progress", "Waiting for approval"],
  AUTO_APPROVED: ["success", "Approved by the policy"],
  APPROVED: ["success", "Approved"],
  DENIED: ["error", "Denied"],
  EXPIRED: ["stopped", "Nobody decided in time"],
  CHANGES_REQUESTED: ["warning", "Changes requested"],
  WITHDRAWN: ["stopped", "Withdrawn"],
  FAILED: ["error", "Failed"],
};

/** What was done about it. */
export const fulfilmentWords: StateWords = {
  NONE: ["pending", "Nothing granted yet"],
  GRANTING: ["in-progress", "Being granted"],
  AWAITING_RAM: ["warning", "Share not accepted yet"],
  ACTIVE: ["success", "Active"],
  EXTENSION_PENDING: ["success", "Active, being extended"],
  GRANT_FAILED: ["error", "Could not be granted"],
  REVOKE_FAILED: ["error", "Could not be ended yet"],
  REVOKED: ["stopped", "Revoked"],
  ENDED: ["stopped", "Ended"],
  BY_MACHINE: ["success", "Done by a machine"],
};

const kRefused = ["DENIED", "EXPIRED", "CHANGES_REQUESTED", "WITHDRAWN", "FAILED"];
const kEnded = ["REVOKED", "ENDED"];
const kUndecided = ["SUBMITTED", "PENDING"];
const kHeld = ["GRANTING", "AWAITING_RAM", "ACTIVE", "EXTENSION_PENDING", "REVOKE_FAILED"];

export const isUndecided = ({ Decision = "" }: AccessRequestDescription) => kUndecided.includes(Decision);
/** Whether nothing more happens to it. */
export const isOver = ({ Decision = "", Fulfilment = "" }: AccessRequestDescription) => kRefused.includes(Decision) || kEnded.includes(Fulfilment);
export const isHeld = ({ Fulfilment = "" }: AccessRequestDescription) => kHeld.includes(Fulfilment);

/** How a request stands, in the one state that says most: what is held, once something is decided in its favour. */
export const standing = (request: AccessRequestDescription): { state: string | undefined; words: StateWords } =>
  request.Fulfilment && request.Fulfilment !== "NONE"
    ? { state: request.Fulfilment, words: fulfilmentWords }
    : { state: request.Decision, words: decisionWords };

/** What was done about a request. Where nothing was, nothing more will be once it is over. */
export const fulfilmentOf = (request: AccessRequestDescription): { state: string | undefined; words: StateWords } =>
  isOver(request) && request.Fulfilment === "NONE"
    ? { state: "NONE", words: { NONE: ["stopped", "Nothing was granted"] } }
    : { state: request.Fulfilment, words: fulfilmentWords };

/** When and how a request ended, or what it gave did; undefined while something may still happen to it. */
export function endOf(request: AccessRequestDescription): { at: number | undefined; says: string } | undefined {
  if (!isOver(request)) return undefined;
  const { Fulfilment = "", Decision = "", Updated: at } = request;
  const words = kEnded.includes(Fulfilment) ? fulfilmentWords[Fulfilment] : decisionWords[Decision];
  return { at, says: words?.[1] ?? Decision };
}

/** An item in one line: "sales.orders, without email, rows: country = 'NL'". */
export function itemText(item: Partial<AccessItem>): string {
  const name = item.Table === "*" ? `${item.Database}, every table` : `${item.Database}.${item.Table}`;
  return [
    name,
    item.Columns?.length ? `columns ${item.Columns.join(", ")}` : "",
    item.ExcludedColumns?.length ? `without ${item.ExcludedColumns.join(", ")}` : "",
    item.RowFilter ? `rows: ${item.RowFilter}` : "",
  ].filter(Boolean).join("; ");
}

/** What a request is about, in one line. */
export const aboutText = ({ Items = [] }: AccessRequestDescription): string =>
  Items.length === 1 && Items[0] ? itemText(Items[0]) : Items.map((item) => `${item.Database}.${item.Table}`).join(", ");
