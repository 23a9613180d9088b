import type { AwsCredentialIdentity } from "@smithy/types";

/** Gives credentials that are good now; asks for new ones when they end. */
export type CredentialSource = () => Promise<AwsCredentialIdentity>;

/** Who is signed in, and how to act as them. Every door of the server takes these credentials and nothing else. */
export interface Session {
  region: string;
  account: string;
  /** The ARN that the server knows the person by. */
  arn: string;
  /** How people call them. */
  name: string;
  credentials: CredentialSource;
  /** Of people of the user pool: the token that their own settings are changed with. */
  accessToken?: () => Promise<string | undefined>;
  signOut: () => Promise<void>;
}
