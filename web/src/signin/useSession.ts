import { createContext, use } from "react";
import type { ConsoleConfig } from "../api/config";
import type { Session } from "../api/session";

/** Given by SessionGate to the pages of who is signed in. */
export const SessionContext = createContext<Session | undefined>(undefined);
export const ConfigContext = createContext<ConsoleConfig | undefined>(undefined);

/** The session of who is signed in. Only below SessionGate. */
export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error("nobody is signed in here");
  return session;
}

/** What the server told of itself and of the account's pool before anybody signed in. Only below SessionGate. */
export function useConfig(): ConsoleConfig {
  const config = use(ConfigContext);
  if (!config) throw new Error("nobody is signed in here");
  return config;
}
