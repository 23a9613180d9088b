import { kDeadline, within } from "./deadline";
import type { Session } from "./session";
import { weirClient, type WeirCall } from "./weir";

/** What every client of the AWS SDK is told: our address, the person's credentials. */
interface ClientOptions {
  region: string;
  endpoint: string;
  credentials: Session["credentials"];
}

type Send = (command: unknown, options?: { abortSignal?: AbortSignal }) => Promise<unknown>;
type ClientClass<Client> = new (options: ClientOptions & Record<string, unknown>) => Client;

const made = new WeakMap<Session, Map<unknown, unknown>>();

function kept<Client>(session: Session, key: unknown, make: () => Client): Client {
  const clients = made.get(session) ?? new Map<unknown, unknown>();
  made.set(session, clients);
  if (!clients.has(key)) clients.set(key, make());
  return clients.get(key) as Client;
}

/** What every client of the AWS SDK is told of sending again: nothing. Reads are sent again by who reads (api/queries.ts), changes are not. */
export const kOnce = { maxAttempts: 1 };

/** The client, each of whose calls is given up when its time is over: of the SDK's own limit the answer's body is no part. */
export function inTime<Client extends { send: unknown }>(client: Client): Client {
  const send = (client.send as Send).bind(client);
  const timed: Send = (command, options) => within(kDeadline, (abortSignal) => send(command, { ...options, abortSignal }), options?.abortSignal);
  return Object.assign(client, { send: timed });
}

/**
 * The session's client of a service, one for each class: `clientOf(session, GlueClient)`.
 * Import the client and its commands in the feature that uses them, so that no other page loads them.
 */
export const clientOf = <Client extends { send: unknown }>(session: Session, Class: ClientClass<Client>): Client =>
  kept(session, Class, () =>
    inTime(new Class({ ...kOnce, region: session.region, endpoint: location.origin, credentials: session.credentials })));

/** The session's client of our own service. */
export const weirOf = (session: Session): WeirCall =>
  kept(session, weirClient, () => weirClient(session.region, session.credentials));
