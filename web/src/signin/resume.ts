import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { ConsoleConfig } from "../api/config";
import { clientOf } from "../api/clients";
import { faultOf, isSignInEnd } from "../api/errors";
import type { Session } from "../api/session";
import { companyCredentials, keptSignIn, leaveCompany } from "./company";
import { configurePool, isSignedIn, leavePool, poolAccessToken, poolCredentials, poolUserName } from "./pool";

/**
 * Fills in whom the server takes the person for; what it answers is the truth, not what a token says. A sign-in that the
 * server knows no longer is forgotten.
 */
async function known(session: Session): Promise<Session | undefined> {
  try {
    const { Arn, Account } = await clientOf(session, STSClient).send(new GetCallerIdentityCommand({}));
    return { ...session, arn: Arn ?? "", account: Account ?? "" };
  } catch (thrown) {
    if (!isSignInEnd(faultOf(thrown))) throw thrown;
    await session.signOut();
    return undefined;
  }
}

function ofCompany(config: ConsoleConfig, name: string, left: () => void): Session {
  return {
    region: config.region,
    account: config.account,
    arn: "",
    name,
    credentials: companyCredentials(config),
    signOut: async () => {
      leaveCompany();
      // Nor does somebody who had signed in with a password before come back.
      configurePool(config);
      await leavePool();
      left();
    },
  };
}

/**
 * The session of who signed in before, if it still lasts: by the company's provider, else with a password.
 * @param left is called after the person signed out.
 */
export async function resume(config: ConsoleConfig, left: () => void): Promise<Session | undefined> {
  const kept = keptSignIn(config);
  if (kept) return known(ofCompany(config, kept.name, left));
  configurePool(config);
  if (!(await isSignedIn())) return undefined;
  return known({
    region: config.region,
    account: config.account,
    arn: "",
    name: await poolUserName(),
    credentials: poolCredentials,
    accessToken: poolAccessToken,
    signOut: async () => {
      await leavePool();
      left();
    },
  });
}
