// Signing in with a name and a password: Amplify's own client of user pools (SRP: the password never travels), pointed
// at this server. It renews tokens and credentials by itself.
import {
  confirmResetPassword, confirmSignIn, fetchAuthSession, resetPassword, signIn, signOut, type SignInOutput,
} from "@aws-amplify/auth";
import { cognitoCredentialsProvider, cognitoUserPoolsTokenProvider } from "@aws-amplify/auth/cognito";
import { Amplify } from "@aws-amplify/core";
import type { ConsoleConfig } from "../api/config";
import { kDeadline, within } from "../api/deadline";
import { faultOf } from "../api/errors";
import type { CredentialSource } from "../api/session";

/** Points Amplify at the account's pools. Call once, before anything else here. */
export function configurePool(config: ConsoleConfig): void {
  const auth = {
    Cognito: {
      userPoolId: config.userPoolId,
      userPoolClientId: config.userPoolClientId,
      identityPoolId: config.identityPoolId,
      userPoolEndpoint: location.origin,
      identityPoolEndpoint: location.origin,
      loginWith: { username: true },
    },
  };
  cognitoUserPoolsTokenProvider.setAuthConfig(auth);
  Amplify.configure({ Auth: auth }, {
    Auth: { tokenProvider: cognitoUserPoolsTokenProvider, credentialsProvider: cognitoCredentialsProvider },
  });
}

/** What a sign-in wants next. `done`: the person is signed in. */
export type NextStep =
  | { step: "done" }
  | { step: "new-password"; missing: string[] }
  | { step: "code" }
  | { step: "reset" };

function nextOf({ nextStep }: SignInOutput): NextStep {
  switch (nextStep.signInStep) {
    case "DONE": return { step: "done" };
    case "CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED":
      return { step: "new-password", missing: nextStep.missingAttributes ?? [] };
    case "CONFIRM_SIGN_IN_WITH_TOTP_CODE": return { step: "code" };
    case "RESET_PASSWORD": return { step: "reset" };
    default: throw new Error(`This console cannot do the step that the sign-in wants: ${nextStep.signInStep}.`);
  }
}

/** @throws the sentence for people when nothing was typed */
function typed(text: string, missing: string): string {
  if (text.trim() === "") throw Object.assign(new Error(missing), { name: "Incomplete" });
  return text;
}

const kNoName = "Type your user name.";

/** Begins a sign-in. What somebody left in this browser ends first: nobody goes on as who was here before. */
export async function begin(username: string, password: string): Promise<NextStep> {
  const name = typed(username, kNoName).trim();
  typed(password, "Type your password.");
  await leavePool();
  return nextOf(await signIn({ username: name, password, options: { authFlowType: "USER_SRP_AUTH" } }));
}

/** Answers a challenge: the new password (with attributes that the pool misses), or the device's code. */
export const answer = async (response: string, attributes?: Record<string, string>): Promise<NextStep> =>
  nextOf(await confirmSignIn({
    challengeResponse: typed(response, "Fill in every field."),
    ...(attributes && { options: { userAttributes: attributes } }),
  }));

/** Has a code mailed, by which a new password can be set. */
export const askForCode = async (username: string) => resetPassword({ username: typed(username, kNoName).trim() });

/** Sets a new password by the code of the mail. */
export const setPassword = async (username: string, code: string, password: string) =>
  confirmResetPassword({
    username: username.trim(), confirmationCode: typed(code, "Type the code from the mail."), newPassword: typed(password, "Type a new password."),
  });

/** What Amplify has of the sign-in, asked for where it has ended. Amplify itself waits for ever. */
const session = (options?: { forceRefresh: boolean }) => within(kDeadline, () => fetchAuthSession(options));

/**
 * Whether somebody signed in here before and their sign-in still lasts.
 * @throws NoAnswer: that says nothing about it
 */
export async function isSignedIn(): Promise<boolean> {
  const found = await session().catch((thrown: unknown) => {
    if (faultOf(thrown).code === "NoAnswer") throw thrown;
    return undefined;
  });
  return found?.credentials !== undefined && found.tokens !== undefined;
}

/** What Amplify has, asked for anew when it is about to end. */
async function freshSession() {
  const found = await session();
  const left = (found.credentials?.expiration?.getTime() ?? 0) - Date.now();
  return left < 120_000 ? session({ forceRefresh: true }) : found;
}

const signInEnded = () => Object.assign(new Error("Your sign-in has ended."), { name: "SignInEnded" });

/** Credentials good for two more minutes at least. Throws SignInEnded when there are no more for this sign-in. */
export const poolCredentials: CredentialSource = async () => {
  const { credentials } = await freshSession().catch((thrown: unknown) => {
    throw (thrown as Error).name === "NotAuthorizedException" ? signInEnded() : thrown;
  });
  if (!credentials) throw signInEnded();
  return credentials;
};

/** The access token of who is signed in. */
export const poolAccessToken = async () => (await session()).tokens?.accessToken.toString();
/** The name that they signed in with. */
export const poolUserName = async () =>
  String((await session()).tokens?.accessToken.payload["username"] ?? "");

/** How long who signs out waits for the server to hear of it. */
const kFarewell = 5_000;

/** Ends the sign-in, here at once: a server that does not answer keeps nobody. */
export async function leavePool(): Promise<void> {
  await within(kFarewell, () => signOut()).catch(async () => {
    await cognitoUserPoolsTokenProvider.tokenOrchestrator.clearTokens();
    await cognitoCredentialsProvider.clearCredentialsAndIdentityId();
  });
}
