// The approval policy as the form edits it. What the form does not know stays in the document as it is.

export interface Step {
  Name: string;
  Approvers: string[];
  Quorum?: number;
  TimeoutSeconds?: number;
  RemindEverySeconds?: number;
  EscalateTo?: string[];
  OnTimeout?: "DENY" | "ESCALATE";
}

export interface When {
  Databases?: string[];
  Tables?: string[];
  Columns?: string[];
  Permissions?: string[];
  Targets?: string[];
  DataOwners?: string[];
  Parameters?: Record<string, string[]>;
  LFTags?: Record<string, string[]>;
  Grantable?: boolean;
  Sensitive?: boolean;
}

export interface Then {
  AutoApprove?: boolean;
  Deny?: string;
  Require?: Step[];
  MaxDurationSeconds?: number;
  ExcludeColumns?: string[];
  NoGrantOption?: boolean;
  PurposeRequired?: boolean;
  TicketRequired?: boolean;
  Template?: string;
}

export interface Rule {
  Name?: string;
  When?: When;
  Then?: Then;
}

export interface PolicyDocument {
  Version: string;
  Rules?: Rule[];
  Otherwise?: "BY_SENSITIVITY" | "ASK_OWNER" | "DENY";
  OnNewSensitive?: "ANNOUNCE" | "REVOKE";
  Requesters?: string[];
  SensitiveTags?: Record<string, string[]>;
  StateMachineArn?: string;
  Template?: string;
  RoleArn?: string;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isRule = (value: unknown) =>
  isObject(value) && (value.When === undefined || isObject(value.When)) && (value.Then === undefined || isObject(value.Then));

/** The document in a text, or why the form cannot show it. Whether it is a good policy is for the server to say. */
export function readDocument(text: string): { document: PolicyDocument } | { fault: string } {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch (thrown) {
    return { fault: `This is not JSON: ${(thrown as Error).message}` };
  }
  if (!isObject(read)) return { fault: "A policy is a JSON object." };
  const rules = read.Rules ?? [];
  if (!Array.isArray(rules) || !rules.every(isRule)) return { fault: "Rules is a list of objects with When and Then." };
  return { document: read as unknown as PolicyDocument };
}

export const writeDocument = (document: PolicyDocument): string => JSON.stringify(document, undefined, 2);

/** The object without what says nothing: empty lists, empty objects, empty texts and what is absent. */
export function withoutEmpty<Value extends object>(value: Value): Value {
  const says = (one: unknown) =>
    one !== undefined && one !== "" && one !== false && !(Array.isArray(one) && one.length === 0) && !(isObject(one) && Object.keys(one).length === 0);
  return Object.fromEntries(Object.entries(value).filter(([, one]) => says(one))) as Value;
}

/** Keys with globs as one edits them: "sensitivity=pii". */
export const pairsOf = (map: Record<string, string[]> = {}): string[] =>
  Object.entries(map).flatMap(([key, globs]) => globs.map((glob) => `${key}=${glob}`));

/** The inverse of pairsOf; a pair without "=" means any value. */
export function mapOf(pairs: string[]): Record<string, string[]> {
  const out: Record<string, string[]> = {};
  for (const pair of pairs) {
    const at = pair.indexOf("=");
    const [key, glob] = at < 0 ? [pair, "*"] : [pair.slice(0, at), pair.slice(at + 1)];
    out[key] = [...(out[key] ?? []), glob];
  }
  return out;
}

/** A list with one of its members at another place. */
export function moved<Item>(list: Item[], from: number, to: number): Item[] {
  const item = list[from];
  return item === undefined || to < 0 || to >= list.length ? list : list.toSpliced(from, 1).toSpliced(to, 0, item);
}
