import { principalWords } from "../../ui/principals";

/** What the page shows of a record beside the record itself. */
export interface RecordWords {
  /** Who did it: the person's session of a role, a user, a program. */
  who?: string;
  /** As whom Lake Formation saw them, where `who` does not say so already, as for people of a SAML provider. */
  seenAs?: string;
  address?: string;
  error?: string;
  decisionId?: string;
}

type Json = Record<string, unknown>;

const word = (value: unknown) => (typeof value === "string" && value ? value : undefined);

/** A session names its role, and a user is the principal. */
const saysMore = (principal: string) => !["Role", "User"].includes(principalWords(principal).kind);

function whoOf(identity: Json, more: Json) {
  const principal = word(more["lakeFormationPrincipal"]);
  const who = word(identity["arn"]) ?? principal;
  return { who, seenAs: principal && principal !== who && saysMore(principal) ? principal : undefined };
}

/** Reads a record of the trail; of one that is no JSON nothing is known. */
export function recordOf(text: string | undefined): RecordWords {
  let record: Json;
  try {
    record = Object(JSON.parse(text ?? "{}")) as Json;
  } catch {
    return {};
  }
  const more = Object(record["additionalEventData"]) as Json;
  const words = {
    ...whoOf(Object(record["userIdentity"]) as Json, more),
    address: word(record["sourceIPAddress"]),
    error: [word(record["errorCode"]), word(record["errorMessage"])].filter(Boolean).join(": ") || undefined,
    decisionId: word(more["decisionId"]),
  };
  return Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined));
}
