/** What the page shows of a record beside the record itself. */
export interface RecordWords {
  principal?: string;
  address?: string;
  error?: string;
  decisionId?: string;
}

/** Reads a record of the trail; of one that is no JSON nothing is known. */
export function recordOf(text: string | undefined): RecordWords {
  let record: Record<string, unknown>;
  try {
    record = Object(JSON.parse(text ?? "{}")) as Record<string, unknown>;
  } catch {
    return {};
  }
  const more = Object(record["additionalEventData"]) as Record<string, unknown>;
  const identity = Object(record["userIdentity"]) as Record<string, unknown>;
  const word = (value: unknown) => (typeof value === "string" && value ? value : undefined);
  const words = {
    principal: word(more["lakeFormationPrincipal"]) ?? word(identity["arn"]),
    address: word(record["sourceIPAddress"]),
    error: [word(record["errorCode"]), word(record["errorMessage"])].filter(Boolean).join(": ") || undefined,
    decisionId: word(more["decisionId"]),
  };
  return Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined));
}
