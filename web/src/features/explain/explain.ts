import { weirOf } from "../../api/clients";
import { useRead } from "../../api/queries";
import type { ExplainRequest, ExplainResponse, Proof } from "../../api/weir.gen";
import { useSession } from "../../signin/useSession";

export type { Proof };
export type Question = Pick<ExplainRequest, "Principal" | "Action" | "Resource" | "GrantOption">;

/** Why somebody may or may not; nothing is asked while the question is not complete. */
export function useExplanation(question: Question) {
  const weir = weirOf(useSession());
  const complete = Boolean(question.Principal && question.Action && question.Resource);
  return useRead<ExplainResponse>(["explanation", question], (abort) => weir("Explain", question, abort), { when: complete });
}

/** What decided a denial that somebody met. */
export function useDecision(id: string) {
  const weir = weirOf(useSession());
  return useRead<ExplainResponse>(["decision", id], (abort) => weir("Explain", { DecisionId: id }, abort));
}

/** What one can be asked about: Lake Formation's permissions, the most asked first. */
export const permissions = [
  "SELECT", "DESCRIBE", "INSERT", "DELETE", "ALTER", "DROP", "CREATE_TABLE", "CREATE_DATABASE", "ASSOCIATE", "DATA_LOCATION_ACCESS",
] as const;

/** The address of the page that answers a question. */
export function pathOfQuestion({ Principal, Action, Resource, GrantOption }: Question): string {
  const words = new URLSearchParams();
  if (Principal) words.set("principal", Principal);
  if (Action) words.set("action", Action);
  if (Resource) words.set("resource", Resource);
  if (GrantOption) words.set("option", "true");
  return `/explain?${words}`;
}

/** The question that an address asks, as far as it does. */
export const questionOf = (words: URLSearchParams): Question => ({
  ...(words.get("principal") && { Principal: words.get("principal") ?? "" }),
  ...(words.get("action") && { Action: words.get("action") ?? "" }),
  ...(words.get("resource") && { Resource: words.get("resource") ?? "" }),
  ...(words.get("option") === "true" && { GrantOption: true }),
});
