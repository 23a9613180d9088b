import { QueryClientProvider, type QueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useCallback, useEffect, useState, type ReactNode } from "react";
import { readConfig, type ConsoleConfig } from "../api/config";
import { faultOf, type Fault } from "../api/errors";
import type { Session } from "../api/session";
import { newQueryClient } from "../api/queries";
import { Loading } from "../ui/Loading";
import { PlainPage } from "../ui/PlainPage";
import { ErrorBox } from "../ui/ErrorBox";
import { forgetNotices } from "../ui/notices";
import { arrival, leaveCompany, type Arrival } from "./company";
import { resume } from "./resume";
import { ConfigContext, SessionContext } from "./useSession";

const SignInPage = lazy(() => import("./SignInPage"));
const CompanyArrival = lazy(() => import("./CompanyArrival"));

/** Before anything else looks at the address: what came is there once. */
let came = arrival();

type State =
  | { at: "starting" }
  | { at: "broken"; fault: Fault }
  | { at: "arrived"; config: ConsoleConfig; arrival: Arrival }
  | { at: "signed-out"; config: ConsoleConfig; ended: boolean }
  | { at: "signed-in"; config: ConsoleConfig; session: Session; queries: QueryClient };

/** The key under which one tab tells the others that somebody left or came. */
const kChanged = "weir.sign-in-changed";

/**
 * Shows its children to who is signed in, and the sign-in page to everybody else. When a sign-in ends by itself the
 * address stays, so that who signs in again is where they were.
 *
 * A sign-in is the browser's, not the tab's: when somebody signs out or somebody else signs in, every tab follows, so that
 * no page of one person acts as another.
 */
export function SessionGate({ children }: { children: ReactNode }) {
  const [state, setState] = useState<State>({ at: "starting" });

  const start = useCallback(async () => {
    try {
      const config = await readConfig();
      if (came) return setState({ at: "arrived", config, arrival: came });
      let ended = false;
      const session = await resume(config, () => {
        localStorage.setItem(kChanged, String(Date.now()));
        forgetNotices();
        setState({ at: "signed-out", config, ended });
      });
      if (!session) return setState({ at: "signed-out", config, ended });
      // Signing out forgets what is left of the old sign-in, which would stand in the way of the next.
      const end = () => {
        if (!ended) void session.signOut();
        ended = true;
      };
      setState({ at: "signed-in", config, session, queries: newQueryClient(end) });
    } catch (thrown) {
      setState({ at: "broken", fault: faultOf(thrown) });
    }
  }, []);

  useEffect(() => {
    void start();
    const follow = (event: StorageEvent) => event.key === kChanged && location.reload();
    addEventListener("storage", follow);
    return () => removeEventListener("storage", follow);
  }, [start]);

  const changed = () => {
    localStorage.setItem(kChanged, String(Date.now()));
    void start();
  };
  const leaveArrival = () => {
    came = undefined;
    void start();
  };

  switch (state.at) {
    case "starting": return <Loading />;
    case "broken": return <PlainPage><ErrorBox fault={state.fault} retry={start} /></PlainPage>;
    case "arrived":
      return (
        <Suspense fallback={<Loading />}>
          <CompanyArrival config={state.config} arrival={state.arrival} leave={leaveArrival}
            done={() => { came = undefined; changed(); }} />
        </Suspense>
      );
    case "signed-out":
      return (
        <Suspense fallback={<Loading />}>
          <SignInPage config={state.config} ended={state.ended} done={() => { leaveCompany(); changed(); }} />
        </Suspense>
      );
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
