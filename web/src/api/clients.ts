import type { Session } from "./session";
import { weirClient, type WeirCall } from "./weir";

/** What every client of the AWS SDK is told: our address, the person's credentials. */
interface ClientOptions {
  region: string;
  endpoint: string;
  credentials: Session["credentials"];
}

type ClientClass<Client> = new (options: ClientOptions & Record<string, unknown>) => Client;

const made = new WeakMap<Session, Map<unknown, unknown>>();

function kept<Client>(session: Session, key: unknown, make: () => Client): Client {
  const clients = made.get(session) ?? new Map<unknown, unknown>();
  made.set(session, clients);
  if (!clients.has(key)) clients.set(key, make());
  return clients.get(key) as Client;
}

/**
 * The session's client of a service, one for each class: `clientOf(session, GlueClient)`.
 * Import the client and its commands in the feature that uses them, so that no other page loads them.
 */
export const clientOf = <Client>(session: Session, Class: ClientClass<Client>): Client =>
  kept(session, Class, () =>
    new Class({
      region: session.region,
      endpoint: location.origin,
      credentials: session.credentials,
      // Of a proxy that answers for the server: what it says is not about the call.
      maxAttempts: 3,
    }));

/** The session's client of our own service. */
export const weirOf = (session: Session): WeirCall =>
  kept(session, weirClient, () => weirClient(session.region, session.credentials));
