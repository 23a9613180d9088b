import type { AccessItem, PreviewAccessRequestRequest, PreviewAccessRequestResponse } from "../../api/weir.gen";
import { durationText } from "../../ui/duration";

export type Verdict = "AUTO_APPROVE" | "ASK" | "DENY";

/** How each verdict of the policy is announced. */
export const verdictWords: Record<Verdict, { type: "success" | "info" | "error"; says: string }> = {
  AUTO_APPROVE: { type: "success", says: "This is approved at once." },
  ASK: { type: "info", says: "People decide about this." },
  DENY: { type: "error", says: "The policy denies this." },
};

const lower = (names: string[] = []) => names.map((name) => name.toLowerCase());
const without = (names: string[], others: string[]) => names.filter((name) => !others.includes(name));

/** In which columns an item is given less than was asked, as a sentence; nothing when it is not. */
function columnsCut(asked: AccessItem, given: AccessItem): string | undefined {
  const name = `${asked.Database}.${asked.Table}`;
  const missing = asked.Columns
    ? without(lower(asked.Columns), lower(given.Columns))
    : without(lower(given.ExcludedColumns), lower(asked.ExcludedColumns));
  if (missing.length > 0) return `${name} comes without ${missing.join(", ")}.`;
  return !asked.Columns && given.Columns ? `Of ${name} only ${given.Columns.join(", ")} is given.` : undefined;
}

/** What the policy takes away from what was asked, each in a sentence. */
export function cutsOf(asked: PreviewAccessRequestRequest, answer: PreviewAccessRequestResponse): string[] {
  const { Outcome: outcome = {}, Items: items = [] } = answer;
  const cuts: string[] = [];
  if (answer.DurationSeconds !== undefined && answer.DurationSeconds !== asked.DurationSeconds)
    cuts.push(`It ends after ${durationText(answer.DurationSeconds)}${asked.DurationSeconds ? ` instead of ${durationText(asked.DurationSeconds)}` : ": access without an end is not given here"}.`);
  asked.Items.forEach((item, index) => cuts.push(...[items[index] && columnsCut(item, items[index])].filter((cut) => cut !== undefined)));
  if (outcome.NoGrantOption && asked.Items.some((item) => item.Grantable)) cuts.push("It may not be passed on to others.");
  return cuts;
}

/** What the policy wants to be told and is not yet. */
export function missingWords(asked: PreviewAccessRequestRequest, answer: PreviewAccessRequestResponse | undefined): ("purpose" | "ticket")[] {
  const outcome = answer?.Outcome;
  return [
    ...(outcome?.PurposeRequired && !asked.Purpose ? ["purpose" as const] : []),
    ...(outcome?.TicketRequired && !asked.TicketRef ? ["ticket" as const] : []),
  ];
}
