import { useEffect } from "react";
import { useBlocker } from "react-router";
import { ConfirmDialog } from "./ConfirmDialog";
import { useLosses } from "./losses";

interface UnsavedProps {
  /** Whether there is something to lose. */
  changed: boolean;
  /** What is lost, in a sentence. */
  loses: string;
}

/** The state of a navigation away from something that is deleted: there is nothing left to save. */
export const kGone = { gone: true };

const isGone = (state: unknown) => (state as Partial<typeof kGone> | null)?.gone === true;

/**
 * Asks before a page with unsaved changes is left for another page of the console, and, in the browser's own words, for anything else. Who
 * signs out is asked where they do (`lossesNow`).
 */
export function Unsaved({ changed, loses }: UnsavedProps) {
  useLosses(changed ? loses : undefined);
  const leaving = useBlocker(({ currentLocation, nextLocation }) =>
    changed && currentLocation.pathname !== nextLocation.pathname && !isGone(nextLocation.state));
  useEffect(() => {
    if (!changed) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [changed]);
  if (leaving.state !== "blocked") return null;
  return <ConfirmDialog title="Leave this page?" confirm="Leave" loses={loses} onConfirm={leaving.proceed} onClose={leaving.reset} />;
}
