import { useEffect, useId } from "react";

// Pages know what they would lose; whatever takes all of them away asks here first: signing out, and the end of a sign-in.
const losses = new Map<string, string>();

/** What would be lost if every page went away now, in sentences; undefined where there is nothing to lose. */
export const lossesNow = (): string | undefined => [...losses.values()].join(" ") || undefined;

/** Says what the page that shows would lose; nothing when undefined. */
export function useLosses(loses: string | undefined): void {
  const id = useId();
  useEffect(() => {
    if (loses === undefined) return;
    losses.set(id, loses);
    return () => void losses.delete(id);
  }, [id, loses]);
}
