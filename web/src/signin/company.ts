// Signing in by the company's identity provider. The page makes what protects the way there and back (state, nonce, code
// verifier), keeps it in its tab, and shows what comes back to STS, as any program would. Nothing here needs React.
import { AssumeRoleWithSAMLCommand, AssumeRoleWithWebIdentityCommand, STSClient, type Credentials } from "@aws-sdk/client-sts";
import { inTime, kOnce } from "../api/clients";
import type { ConsoleConfig, SignInProvider } from "../api/config";
import { kDeadline, within } from "../api/deadline";
import type { CredentialSource } from "../api/session";
import { weirUnsigned } from "../api/weir";
import { readAssertion, type Pair } from "./assertion";
import { base64url, textOf } from "./base64";

/** What a tab remembers of a sign-in that it began. */
interface Begun {
  account: string;
  provider: string;
  state: string;
  nonce: string;
  verifier: string;
  issuer?: string | undefined;
  /** The page that was wanted. */
  back: string;
}

/** What an identity provider sent the browser back with. */
export type Arrival =
  | { kind: "OIDC"; code: string; begun: Begun }
  | { kind: "SAML"; response: string; who: string; pairs: Pair[]; begun: Begun | undefined }
  | { kind: "failed"; message: string };

/** A door that an arrival opens: by which provider, to become what. */
export interface Door {
  provider: SignInProvider;
  role: string;
}

/** A sign-in as the browser keeps it, for all of its tabs. */
interface Kept {
  account: string;
  provider: string;
  name: string;
  subject: string;
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken: string; expiration: string };
  renewal?: { role: string; nonce: string; token: string } | undefined;
}

const kBegun = "weir.company.begun";
const kKept = "weir.company";
const kSignedIn = `${import.meta.env.BASE_URL}signed-in`;
const kResponses = `${import.meta.env.BASE_URL}saml`;
/** Credentials that end sooner are renewed. */
const kMargin = 120_000;

const refused = (message: string) => Object.assign(new Error(message), { name: "SignInRefused" });
const ended = () => Object.assign(new Error("Your sign-in has ended."), { name: "SignInEnded" });

/** 32 random bytes in base64url: 43 characters, which is what PKCE wants at least. */
const random = (): string => base64url(crypto.getRandomValues(new Uint8Array(32)));

function taken<Value>(store: Storage, key: string): Value | undefined {
  try {
    return (JSON.parse(store.getItem(key) ?? "null") as Value | null) ?? undefined;
  } catch {
    return undefined;
  }
}

// --- the way there

/** Sends the browser to the provider. It comes back to `arrival()`, in this tab. */
export async function begin(config: ConsoleConfig, provider: SignInProvider): Promise<void> {
  const secrets = { state: random(), nonce: random(), verifier: random() };
  const way = await weirUnsigned("BeginSignIn", {
    Account: config.account, Provider: provider.name, State: secrets.state,
    ...(provider.kind === "OIDC" && { Nonce: secrets.nonce, CodeVerifier: secrets.verifier }),
  });
  const here = new URL(way.ComesBackTo ?? "").origin;
  // What this tab remembers is the address's: elsewhere nothing of it would be there.
  if (here !== location.origin) throw refused(`People come back to ${here}: open the console there.`);
  const begun: Begun = {
    ...secrets, account: config.account, provider: provider.name, issuer: way.Issuer, back: location.pathname + location.search,
  };
  sessionStorage.setItem(kBegun, JSON.stringify(begun));
  location.assign(way.Location ?? "");
}

// --- the way back

function codeArrival(begun: Begun | undefined): Arrival {
  const said = new URLSearchParams(location.search);
  const mine = begun !== undefined && said.get("state") === begun.state;
  const issuer = said.get("iss");
  if (!mine || (issuer && issuer !== begun.issuer))
    return { kind: "failed", message: "This sign-in did not begin in this tab. Please sign in again." };
  const code = said.get("code");
  if (!code) return { kind: "failed", message: said.get("error_description") ?? "The identity provider did not sign you in." };
  return { kind: "OIDC", code, begun };
}

function responseArrival(begun: Begun | undefined): Arrival {
  const text = document.getElementById("arrived")?.textContent;
  if (!text) return { kind: "failed", message: "The identity provider sent nothing. Please sign in again." };
  const { response, relayState } = JSON.parse(text) as { response: string; relayState: string };
  const mine = begun !== undefined && relayState === begun.state;
  return { kind: "SAML", response, ...readAssertion(response), begun: mine ? begun : undefined };
}

function accountOf(arrival: Arrival): string | undefined {
  if (arrival.kind === "failed") return undefined;
  if (arrival.begun) return arrival.begun.account;
  return arrival.kind === "SAML" ? arrival.pairs[0]?.provider.split(":")[4] : undefined;
}

/**
 * What the browser was sent back with, if this page is where it comes back to. It is there once: the address becomes that
 * of the page which was wanted, so that nothing of it stays in the history.
 */
export function arrival(): Arrival | undefined {
  if (location.pathname !== kSignedIn && location.pathname !== kResponses) return undefined;
  const begun = taken<Begun>(sessionStorage, kBegun);
  sessionStorage.removeItem(kBegun);
  const found = location.pathname === kSignedIn ? codeArrival(begun) : responseArrival(begun);
  document.getElementById("arrived")?.remove();
  const account = accountOf(found);
  const home = import.meta.env.BASE_URL + (account ? `?account=${encodeURIComponent(account)}` : "");
  history.replaceState(null, "", (found.kind !== "failed" && found.begun?.back) || home);
  return found;
}

/** Whether this tab asked for it. */
export const isAskedFor = (found: Arrival): boolean => found.kind !== "failed" && found.begun !== undefined;

/** The doors that an arrival opens here. Of a sign-in that began here: those of its provider. */
export function doorsOf(config: ConsoleConfig, found: Arrival): Door[] {
  if (found.kind === "failed") return [];
  const { begun } = found;
  const providers = config.providers.filter((one) => one.kind === found.kind && (!begun || one.name === begun.provider));
  if (found.kind === "OIDC") return providers.map((provider) => ({ provider, role: provider.roleArn ?? "" }));
  return providers.flatMap((provider) =>
    found.pairs
      .filter((pair) => pair.provider === provider.providerArn && (!provider.roleArn || provider.roleArn === pair.role))
      .map((pair) => ({ provider, role: pair.role })));
}

// --- credentials

const sts = (config: ConsoleConfig) => inTime(new STSClient({ ...kOnce, region: config.region, endpoint: location.origin }));

function keysOf(given: Credentials | undefined): Kept["credentials"] {
  if (!given?.AccessKeyId || !given.SecretAccessKey || !given.SessionToken || !given.Expiration) throw refused("No credentials came.");
  return {
    accessKeyId: given.AccessKeyId, secretAccessKey: given.SecretAccessKey, sessionToken: given.SessionToken,
    expiration: new Date(given.Expiration).toISOString(),
  };
}

/** How people call somebody with this token; the server believes only what is signed. */
function nameIn(idToken: string): string {
  const claims = JSON.parse(textOf(idToken.split(".")[1] ?? "")) as Record<string, unknown>;
  const names = ["preferred_username", "email", "sub"].map((claim) => String(claims[claim] ?? ""));
  return names.find((name) => /^[\w+=,.@-]{2,64}$/.test(name)) ?? "person";
}

async function byToken(config: ConsoleConfig, role: string, idToken: string): Promise<{ credentials: Kept["credentials"]; name: string }> {
  const name = nameIn(idToken);
  const made = await sts(config).send(
    new AssumeRoleWithWebIdentityCommand({ RoleArn: role, RoleSessionName: name, WebIdentityToken: idToken }));
  return { credentials: keysOf(made.Credentials), name };
}

async function byCode(config: ConsoleConfig, { provider, role }: Door, { code, begun }: Arrival & { kind: "OIDC" }): Promise<Kept> {
  const tokens = await weirUnsigned("GetSignInTokens", {
    Account: config.account, Provider: provider.name, Nonce: begun.nonce, Code: code, CodeVerifier: begun.verifier,
  });
  return {
    ...(await byToken(config, role, tokens.IdToken ?? "")), account: config.account, provider: provider.name,
    subject: tokens.Subject ?? "",
    renewal: tokens.RefreshToken ? { role, nonce: begun.nonce, token: tokens.RefreshToken } : undefined,
  };
}

/** The same assertion, so that grants and approvals to the provider's users and groups count. */
async function decorated(response: string, { provider, role }: Door): Promise<Credentials> {
  const answer = await within(kDeadline, (signal) => fetch("/AssumeDecoratedRoleWithSAML", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ SAMLAssertion: response, RoleArn: role, PrincipalArn: provider.providerArn }),
    signal,
  }));
  const body = (await answer.json()) as { AccessKeyId?: string; SecretAccessKey?: string; SessionToken?: string; Expiration?: number; Message?: string };
  if (!answer.ok) throw refused(body.Message ?? `The server answered ${answer.status}.`);
  const { Expiration, ...keys } = body;
  return { ...keys, Expiration: new Date((Expiration ?? 0) * 1000) } as Credentials;
}

async function byResponse(config: ConsoleConfig, door: Door, { response, who }: Arrival & { kind: "SAML" }): Promise<Kept> {
  const { provider, role } = door;
  const made = await sts(config).send(
    new AssumeRoleWithSAMLCommand({ RoleArn: role, PrincipalArn: provider.providerArn, SAMLAssertion: response }));
  const given = provider.lakeFormationPrincipals ? await decorated(response, door) : made.Credentials;
  return { account: config.account, provider: provider.name, name: who, subject: made.Subject ?? "", credentials: keysOf(given) };
}

/** Shows the arrival to STS; the browser then keeps the sign-in. Throws an Error with a sentence for people. */
export async function finish(config: ConsoleConfig, door: Door, found: Arrival): Promise<void> {
  if (found.kind === "failed") throw refused(found.message);
  const kept = found.kind === "OIDC" ? await byCode(config, door, found) : await byResponse(config, door, found);
  localStorage.setItem(kKept, JSON.stringify(kept));
}

// --- afterwards

/** The sign-in of this account that the browser keeps, if there is one. */
export function keptSignIn(config: ConsoleConfig): { name: string } | undefined {
  const kept = taken<Kept>(localStorage, kKept);
  const lasts = kept?.account === config.account && (kept.renewal !== undefined || left(kept) > 0);
  return lasts ? { name: kept.name } : undefined;
}

const left = (kept: Kept): number => Date.parse(kept.credentials.expiration) - Date.now();

/** By the refresh token, as the same person: a token of somebody else ends the sign-in. */
async function renew(config: ConsoleConfig, kept: Kept): Promise<Kept> {
  const { renewal } = kept;
  if (!renewal) throw ended();
  const tokens = await weirUnsigned("GetSignInTokens", {
    Account: kept.account, Provider: kept.provider, Nonce: renewal.nonce, RefreshToken: renewal.token,
  }).catch((thrown: Error) => {
    throw thrown.name === "SignInRefusedException" ? ended() : thrown;
  });
  if (tokens.Subject !== kept.subject) throw ended();
  const made = await byToken(config, renewal.role, tokens.IdToken ?? "");
  const next = { ...kept, ...made, renewal: { ...renewal, token: tokens.RefreshToken ?? renewal.token } };
  // Who signed out meanwhile, or signed in as somebody else, stays so.
  const there = taken<Kept>(localStorage, kKept);
  if (there?.account !== kept.account || there.subject !== kept.subject) throw ended();
  localStorage.setItem(kKept, JSON.stringify(next));
  return next;
}

/** One tab at a time, where browsers can tell (over HTTPS): a refresh token may count once. */
const alone = <Value>(work: () => Promise<Value>): Promise<Value> =>
  navigator.locks ? navigator.locks.request(kKept, work) : work();

const isDue = (kept: Kept): boolean => left(kept) < (kept.renewal ? kMargin : 0);

/** What is kept for the account, renewed when it is due. */
async function current(config: ConsoleConfig): Promise<Kept> {
  const kept = taken<Kept>(localStorage, kKept);
  if (kept?.account !== config.account) throw ended();
  return isDue(kept) ? renew(config, kept) : kept;
}

/** Credentials of the sign-in that is kept; several callers wait for one renewal. */
export function companyCredentials(config: ConsoleConfig): CredentialSource {
  let asked: Promise<Kept> | undefined;
  return async () => {
    const { credentials } = await (asked ??= alone(() => current(config)).finally(() => { asked = undefined; }));
    const { expiration, ...keys } = credentials;
    return { ...keys, expiration: new Date(expiration) };
  };
}

/** Forgets the sign-in that this browser keeps. */
export const leaveCompany = (): void => localStorage.removeItem(kKept);
