import { partitionOf, principalWords } from "./principals";

/** Where an identifier is made: the signed-in person's account and ARN. */
export interface Place {
  account: string;
  arn: string;
}

/** One kind of principal that may be picked: the parts that a person fills in, and the identifier they make. */
export interface PrincipalForm {
  kind: string;
  label: string;
  says?: string;
  parts: { label: string; placeholder?: string; from?: "users" | "roles" | "providers" }[];
  /** The identifier; undefined while the parts do not make one. */
  idOf: (parts: string[], place: Place) => string | undefined;
}

const named = (word: string) => ([name = ""]: string[], { account, arn }: Place) =>
  name.startsWith("arn:") ? name : name && `arn:${partitionOf(arn)}:iam::${account}:${word}/${name}`;

const federated = (word: string) => ([provider = "", name = ""]: string[], { account, arn }: Place) =>
  provider && name && `arn:${partitionOf(arn)}:iam::${account}:saml-provider/${provider}:${word}/${name}`;

const typed = (form: RegExp) => ([text = ""]: string[]) => (form.test(text) ? text : undefined);

/** Every kind that Lake Formation grants to. */
export const principalForms: PrincipalForm[] = [
  { kind: "role", label: "Role", parts: [{ label: "Role", placeholder: "Name or ARN", from: "roles" }], idOf: named("role") },
  { kind: "user", label: "User", parts: [{ label: "User", placeholder: "Name or ARN", from: "users" }], idOf: named("user") },
  {
    kind: "saml-group", label: "SAML group",
    parts: [{ label: "Identity provider", from: "providers" }, { label: "Group" }], idOf: federated("group"),
  },
  {
    kind: "saml-user", label: "SAML user",
    parts: [{ label: "Identity provider", from: "providers" }, { label: "User" }], idOf: federated("user"),
  },
  {
    kind: "account", label: "Account", says: "Another account: its administrators pass on what it gets.",
    parts: [{ label: "Account", placeholder: "Twelve digits" }], idOf: typed(/^\d{12}$/),
  },
  {
    kind: "organization", label: "Organization or unit", says: "Every account in it, including those that join later.",
    parts: [{ label: "ARN", placeholder: "arn:aws:organizations::111122223333:organization/o-..." }],
    idOf: typed(/^arn:[^:]+:organizations::\d{12}:(organization|ou)\/.+$/),
  },
  {
    kind: "everybody", label: "Everybody in this account", says: "Every user and role, including those that are created later.",
    parts: [], idOf: (_, { account }) => `${account}:IAMPrincipals`,
  },
  {
    kind: "iam", label: "Everybody whom IAM allows", says: "IAM policies alone decide, not Lake Formation.",
    parts: [], idOf: () => "IAM_ALLOWED_PRINCIPALS",
  },
  {
    kind: "arn", label: "Another identifier", parts: [{ label: "Identifier", placeholder: "An ARN" }],
    idOf: ([text = ""]) => text || undefined,
  },
];

/** The form of a kind. Throws for what is none: kinds come from the list above. */
export const formOf = (kind: string): PrincipalForm => {
  const form = principalForms.find((known) => known.kind === kind);
  if (!form) throw new Error(`there is no kind of principal called ${kind}`);
  return form;
};

const kindOfWords: Record<string, string> = { Role: "role", User: "user", Organization: "organization", "Organizational unit": "organization" };

/** How an identifier is filled in: its kind, and what stands in the parts of that. What has no kind of one part is shown as it is. */
export function filledIn(id: string): { kind: string; parts: string[] } {
  if (id === "IAM_ALLOWED_PRINCIPALS") return { kind: "iam", parts: [] };
  if (/^\d{12}:IAMPrincipals$/.test(id)) return { kind: "everybody", parts: [] };
  if (/^\d{12}$/.test(id)) return { kind: "account", parts: [id] };
  return { kind: kindOfWords[principalWords(id).kind] ?? "arn", parts: [id] };
}
