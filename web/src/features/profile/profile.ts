// What somebody changes about their own sign-in: by the operations of cognito-idp that take the access token.
import {
  AssociateSoftwareTokenCommand, ChangePasswordCommand, CognitoIdentityProviderClient, GetUserCommand, GlobalSignOutCommand,
  SetUserMFAPreferenceCommand, VerifySoftwareTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { clientOf } from "../../api/clients";
import { kNothing, useChange, useRead } from "../../api/queries";
import type { Session } from "../../api/session";
import { useSession } from "../../signin/useSession";

/** What the pool knows of the person who is signed in. */
export interface Profile {
  email: string | undefined;
  emailVerified: boolean;
  /** Whether an authenticator app is asked for at sign-in. */
  device: boolean;
}

async function tokenOf({ accessToken }: Session): Promise<string> {
  const token = await accessToken?.();
  if (!token) throw Object.assign(new Error("Your sign-in has ended."), { name: "SignInEnded" });
  return token;
}

const useIdp = () => {
  const session = useSession();
  return { session, idp: clientOf(session, CognitoIdentityProviderClient) };
};

/** What the pool knows of oneself; nothing is asked for who came by their company. */
export function useProfile() {
  const { session, idp } = useIdp();
  return useRead<Profile>(["profile"], async (abortSignal) => {
    const user = await idp.send(new GetUserCommand({ AccessToken: await tokenOf(session) }), { abortSignal });
    const attribute = (name: string) => user.UserAttributes?.find(({ Name }) => Name === name)?.Value;
    return {
      email: attribute("email"),
      emailVerified: attribute("email_verified")?.toLowerCase() === "true",
      device: user.UserMFASettingList?.includes("SOFTWARE_TOKEN_MFA") ?? false,
    };
  }, { when: session.accessToken !== undefined });
}

/** Changes one's own password; the other sign-ins end. */
export function useChangePassword() {
  const { session, idp } = useIdp();
  return useChange(async ({ before, after }: { before: string; after: string }) =>
    idp.send(new ChangePasswordCommand({ AccessToken: await tokenOf(session), PreviousPassword: before, ProposedPassword: after })));
}

/** Begins with a new device: the secret that it shares with the server. */
export function useNewDevice() {
  const { session, idp } = useIdp();
  return useChange(async () => {
    const { SecretCode } = await idp.send(new AssociateSoftwareTokenCommand({ AccessToken: await tokenOf(session) }));
    return SecretCode ?? "";
  }, kNothing);
}

/** Proves the device by its code, and has it asked for from now on. */
export function useProveDevice() {
  const { session, idp } = useIdp();
  return useChange(async (code: string, left) => {
    const AccessToken = await tokenOf(session);
    await idp.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode: code, FriendlyDeviceName: "Authenticator app" }));
    left.throwIfAborted();
    await idp.send(new SetUserMFAPreferenceCommand({ AccessToken, SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true } }));
    return true;
  });
}

/** Has no device asked for any more. */
export function useForgetDevice() {
  const { session, idp } = useIdp();
  return useChange(async () => idp.send(new SetUserMFAPreferenceCommand({
    AccessToken: await tokenOf(session), SoftwareTokenMfaSettings: { Enabled: false, PreferredMfa: false },
  })));
}

/** Ends every sign-in of the person, this one last. */
export function useSignOutEverywhere() {
  const { session, idp } = useIdp();
  return useChange(async () => {
    await idp.send(new GlobalSignOutCommand({ AccessToken: await tokenOf(session) }));
    await session.signOut();
    return true;
  }, kNothing);
}

/** What authenticator apps read: whose secret it is, and the secret. */
export const deviceAddress = (account: string, name: string, secret: string): string =>
  `otpauth://totp/${encodeURIComponent(`Weir ${account}:${name}`)}?secret=${encodeURIComponent(secret)}&issuer=${encodeURIComponent(`Weir ${account}`)}`;

/** A secret in groups of four, as it is easier to type. */
export const inFours = (secret: string): string => secret.match(/.{1,4}/g)?.join(" ") ?? "";
