import { QueryClientProvider, type QueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useState, type ReactNode } from "react";
import { flushSync } from "react-dom";
import { readConfig, type ConsoleConfig } from "../api/config";
import { faultOf, type Fault } from "../api/errors";
import type { Session } from "../api/session";
import { newQueryClient } from "../api/queries";
import { late } from "../ui/late";
import { Loading } from "../ui/Loading";
import { PlainPage } from "../ui/PlainPage";
import { ErrorBox } from "../ui/ErrorBox";
import { lossesNow } from "../ui/losses";
import { forgetNotices } from "../ui/notices";
import { arrival, leaveCompany, type Arrival } from "./company";
import { resume } from "./resume";
import { ConfigContext, SessionContext } from "./useSession";

const SignInPage = late(() => import("./SignInPage"));
const CompanyArrival = late(() => import("./CompanyArrival"));

/** Before anything else looks at the address: what came is there once. */
let came = arrival();

type State =
  | { at: "starting" }
  | { at: "broken"; fault: Fault }
  | { at: "arrived"; config: ConsoleConfig; arrival: Arrival }
  | { at: "signed-out"; config: ConsoleConfig; ended: boolean; lost?: string | undefined }
  | { at: "signed-in"; config: ConsoleConfig; session: Session; queries: QueryClient };

/** The key under which one tab tells the others that somebody left or came. */
const kChanged = "weir.sign-in-changed";

/** How far this tab has come with the sign-in, `start`, which looks anew, and `changed`, which tells the other tabs as well. */
function useSignIn() {
  const [state, setState] = useState<State>({ at: "starting" });
  const start = useCallback(async () => {
    try {
      const config = await readConfig();
      setState(came ? { at: "arrived", config, arrival: came } : await resumed(config, setState));
    } catch (thrown) {
      setState({ at: "broken", fault: faultOf(thrown) });
    }
  }, []);
  useEffect(() => {
    void start();
    // Nothing of the person is left before the page is asked for anew, and nothing that would keep it: an editor asks before it is left.
    const follow = (event: StorageEvent) => {
      if (event.key !== kChanged) return;
      flushSync(() => setState({ at: "starting" }));
      location.reload();
    };
    addEventListener("storage", follow);
    return () => removeEventListener("storage", follow);
  }, [start]);
  const changed = () => {
    tellOthers();
    void start();
  };
  return { state, start, changed };
}

const tellOthers = () => localStorage.setItem(kChanged, String(Date.now()));

/** Whoever signed in before, if their sign-in still lasts. @param then called once it does not */
async function resumed(config: ConsoleConfig, then: (state: State) => void): Promise<State> {
  let ended = false;
  const session = await resume(config, () => {
    tellOthers();
    forgetNotices();
    then({ at: "signed-out", config, ended, lost: ended ? lossesNow() : undefined });
  });
  if (!session) return { at: "signed-out", config, ended };
  // Signing out forgets what is left of the old sign-in, which would stand in the way of the next.
  const end = () => {
    if (!ended) void session.signOut();
    ended = true;
  };
  return { at: "signed-in", config, session, queries: newQueryClient(end) };
}

/**
 * Shows its children to who is signed in, and the sign-in page to everybody else. When a sign-in ends by itself the
 * address stays, so that who signs in again is where they were.
 *
 * A sign-in is the browser's, not the tab's: when somebody signs out or somebody else signs in, every tab follows, so that
 * no page of one person acts as another.
 */
export function SessionGate({ children }: { children: ReactNode }) {
  const { state, start, changed } = useSignIn();
  switch (state.at) {
    case "starting": return <Loading />;
    case "broken": return <PlainPage><ErrorBox fault={state.fault} retry={() => void start()} /></PlainPage>;
    case "arrived":
      return (
        <CompanyArrival config={state.config} arrival={state.arrival} leave={() => { came = undefined; void start(); }}
          done={() => { came = undefined; changed(); }} />
      );
    case "signed-out":
      return <SignInPage config={state.config} ended={state.ended} lost={state.lost} done={() => { leaveCompany(); changed(); }} />;
    case "signed-in":
      return (
        <ConfigContext value={state.config}>
          <SessionContext value={state.session}>
            <QueryClientProvider client={state.queries}>{children}</QueryClientProvider>
          </SessionContext>
        </ConfigContext>
      );
  }
}
