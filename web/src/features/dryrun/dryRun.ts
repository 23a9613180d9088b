import { weirOf } from "../../api/clients";
import { useRead, type Read } from "../../api/queries";
import type { Operations } from "../../api/weir.gen";
import { useSession } from "../../signin/useSession";
import { useSettled } from "../../ui/settled";

export type Outcome = Operations["DryRun"]["output"];
export type OutcomeRow = NonNullable<Outcome["Gains"]>[number];

/** A change that is thought about: an operation of the API with its input, as it would be sent. */
export interface Rehearsal {
  service: "lakeformation" | "glue";
  operation: string;
  input: object;
}

/** What a change would do; nothing is asked while there is no change. Nothing is kept: a rehearsal is about this moment. */
export function useDryRun(rehearsal: Rehearsal | undefined): Read<Outcome> & { of: Rehearsal | undefined } {
  const weir = weirOf(useSession());
  const settled = useSettled(rehearsal);
  const read = useRead<Outcome>(
    ["dry-run", settled],
    (abort) => weir("DryRun", {
      Service: settled?.service ?? "", Operation: settled?.operation ?? "", Input: JSON.stringify(settled?.input),
    }, abort),
    { when: settled !== undefined, momentary: true },
  );
  return { ...read, of: settled };
}
