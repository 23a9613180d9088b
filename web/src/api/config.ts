import { kDeadline, within } from "./deadline";

/** What the server tells anybody before they sign in: where people of an account sign in. */
export interface ConsoleConfig {
  version: string;
  region: string;
  account: string;
  userPoolId: string;
  userPoolClientId: string;
  identityPoolId: string;
  /** Identity providers of the company, in the order of their buttons. */
  providers: SignInProvider[];
}

/** An identity provider of the company, as its button and STS need it. */
export interface SignInProvider {
  name: string;
  kind: "OIDC" | "SAML";
  providerArn: string;
  roleArn?: string;
  /** SAML: sessions are the assertion's user and groups for Lake Formation. */
  lakeFormationPrincipals?: boolean;
}

const kAccount = "weir-console-account";

/** The account that the address names (`?account=`), or named when the tab was opened: links and reloads stay in it. */
function accountOfTab(): string | null {
  const named = new URLSearchParams(location.search).get("account");
  if (named !== null) sessionStorage.setItem(kAccount, named);
  return sessionStorage.getItem(kAccount);
}

/**
 * Reads the configuration of the tab's account, else of the server's first one.
 * @throws Error with a sentence for people when the account has no console or the server cannot be reached.
 */
export async function readConfig(): Promise<ConsoleConfig> {
  const account = accountOfTab();
  const address = `/-/console/config.json${account ? `?account=${encodeURIComponent(account)}` : ""}`;
  const answer = await within(kDeadline, (signal) => fetch(address, { cache: "no-store", signal }));
  if (answer.status === 404) sessionStorage.removeItem(kAccount);
  if (answer.status === 404) throw new Error("There is no console for this account.");
  if (!answer.ok) throw new Error("The server does not answer as it should. Try again in a moment.");
  return (await answer.json()) as ConsoleConfig;
}
