/** Whom an identifier means, in words of a person: from the forms that Lake Formation and IAM write them in. */
export interface PrincipalWords {
  /** What they are: "Role", "Account", ... */
  kind: string;
  /** How they are called without their address. */
  name: string;
  account?: string;
}

type Form = [form: RegExp, kind: string, name: (found: RegExpExecArray) => string];

const arn = "^arn:[^:]+:";
const last = (path = "") => path.slice(path.lastIndexOf("/") + 1);

// The account is always the first group, where the form has one.
const forms: Form[] = [
  [new RegExp(`${arn}iam::(\\d{12}):user/(.+)$`), "User", ([, , path]) => last(path)],
  [new RegExp(`${arn}iam::(\\d{12}):role/(.+)$`), "Role", ([, , path]) => last(path)],
  [new RegExp(`${arn}sts::(\\d{12}):assumed-role/([^/]+)/(.+)$`), "Session", ([, , role, session]) => `${session} as ${role}`],
  [new RegExp(`${arn}iam::(\\d{12}):saml-provider/([^:]+):user/(.+)$`), "SAML user", ([, , provider, name]) => `${name} of ${provider}`],
  [new RegExp(`${arn}iam::(\\d{12}):saml-provider/([^:]+):group/(.+)$`), "SAML group", ([, , provider, name]) => `${name} of ${provider}`],
  [new RegExp(`${arn}iam::(\\d{12}):root$`), "Account", ([, account = ""]) => account],
  [new RegExp(`${arn}organizations::(\\d{12}):organization/(.+)$`), "Organization", ([, , path]) => last(path)],
  [new RegExp(`${arn}organizations::(\\d{12}):ou/(.+)$`), "Organizational unit", ([, , path]) => last(path)],
  [/^(\d{12}):IAMPrincipals$/, "Group", ([, account]) => `Everybody in ${account}`],
  [/^(\d{12})$/, "Account", ([, account = ""]) => account],
];

/** Whom an identifier means; what is not known is shown as it is. */
export function principalWords(id: string): PrincipalWords {
  if (id === "IAM_ALLOWED_PRINCIPALS") return { kind: "Group", name: "Everybody whom IAM allows" };
  for (const [form, kind, name] of forms) {
    const found = form.exec(id);
    if (found) return { kind, name: name(found), ...(found[1] && { account: found[1] }) };
  }
  return { kind: "Principal", name: id };
}

/** The account that an identifier stands in; undefined where it names none. */
export const accountOf = (id: string): string | undefined => principalWords(id).account;

/** `arn:<partition>` of a session's own ARN: what is made here stands in the same partition. */
export const partitionOf = (arn: string): string => arn.split(":")[1] || "aws";

/** The principal that Lake Formation sees in whoever has that ARN: of a session of a role, the role. */
export function lakePrincipal(session: string): string {
  const found = /^arn:([^:]+):sts::(\d{12}):assumed-role\/([^/]+)\//.exec(session);
  return found ? `arn:${found[1]}:iam::${found[2]}:role/${found[3]}` : session;
}

/** Whether who has an ARN acts as a principal: as itself, or in a session of that role, in whatever path the role is. */
export function actsAs(arn: string, principal: string): boolean {
  const own = lakePrincipal(arn);
  const [mine, other] = [principalWords(own), principalWords(principal)];
  return own === principal || (mine.kind === "Role" && other.kind === "Role" && mine.name === other.name && mine.account === other.account);
}
