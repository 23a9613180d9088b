import type { Approval, ApprovalNarrowing } from "../../api/weir.gen";

/** What an approver would give, while it is being filled in. */
export interface GivenTerms {
  columns: string[];
  rowFilter: string;
  seconds: number | undefined;
}

const factsOf = (approval: Approval, label: string) =>
  (approval.Facts ?? []).filter(({ Label }) => Label === label).map(({ Value }) => Value);

/** The one table that an approval is about; undefined when it is about several things or a whole database. */
export function tableOf(approval: Approval): { database: string; table: string } | undefined {
  const items = factsOf(approval, "Item");
  const found = items.length === 1 ? /^([^.]+)\.(.+)$/.exec(items[0] ?? "") : null;
  return found?.[1] && found[2] && found[2] !== "*" ? { database: found[1], table: found[2] } : undefined;
}

/** Columns that were asked for, of those of the table; where the table is not known, those that were named. */
export function askedColumns(approval: Approval, ofTable: string[]): string[] {
  if (approval.Asked?.Columns) return approval.Asked.Columns;
  const left = factsOf(approval, "Without columns").flatMap((text) => text.split(", "));
  return ofTable.map((name) => name.toLowerCase()).filter((name) => !left.includes(name));
}

/** The terms an approver begins with: everything that was asked. */
export const fullTerms = (approval: Approval, columns: string[]): GivenTerms => ({
  columns, rowFilter: "", seconds: approval.Asked?.DurationSeconds,
});

/** Conditions that rows must all meet, each once, meaning what the server makes of them; undefined for none. */
function allOf(conditions: (string | undefined)[]): string | undefined {
  const parts = [...new Set(conditions.filter((one): one is string => Boolean(one)))];
  return parts.length > 1 ? parts.map((part) => `(${part})`).join(" AND ") : parts[0];
}

/** What other approvers left of what was asked. */
const narrowedBefore = ({ Decisions = [] }: Approval): ApprovalNarrowing[] =>
  Decisions.flatMap(({ Verdict, Narrowed }) => (Verdict === "approve" && Narrowed ? [Narrowed] : []));

/** Conditions on rows that hold already: what was asked for, and what other approvers chose. */
const conditionsOf = (approval: Approval): (string | undefined)[] =>
  [approval.Asked?.RowFilter, ...narrowedBefore(approval).map(({ RowFilter }) => RowFilter)];

/** The columns that all of several choices leave; undefined where nobody chose. */
const commonColumns = (choices: ApprovalNarrowing[]): string[] | undefined =>
  choices.map(({ Columns }) => Columns).filter((one) => one !== undefined)
    .reduce<string[] | undefined>((left, one) => (left ? left.filter((name) => one.includes(name)) : one), undefined);

/** What would be given with this narrowing: the columns that every approver left, the rows that meet every condition, the shortest time. */
export function givenWith(approval: Approval, narrowed: ApprovalNarrowing | undefined): ApprovalNarrowing {
  const all = [...narrowedBefore(approval), ...(narrowed ? [narrowed] : [])];
  const columns = commonColumns(all);
  const rows = allOf([...conditionsOf(approval), narrowed?.RowFilter]);
  const seconds = all.map(({ DurationSeconds }) => DurationSeconds).filter((one) => one !== undefined);
  return {
    ...(columns && { Columns: columns }), ...(rows && { RowFilter: rows }), ...(seconds.length > 0 && { DurationSeconds: Math.min(...seconds) }),
  };
}

/** What is sent: only where less is given than was asked; nothing when all of it is. */
export function narrowingOf(approval: Approval, columns: string[], given: GivenTerms): ApprovalNarrowing | undefined {
  // Where nobody could list the columns, those that were typed are fewer.
  const fewer = columns.length === 0 ? given.columns.length > 0 : columns.some((name) => !given.columns.includes(name));
  const shorter = given.seconds !== approval.Asked?.DurationSeconds;
  const rows = given.rowFilter.trim();
  const out: ApprovalNarrowing = {
    ...(fewer && { Columns: given.columns }),
    ...(rows && !conditionsOf(approval).includes(rows) && { RowFilter: rows }),
    ...(shorter && given.seconds !== undefined && { DurationSeconds: given.seconds }),
  };
  return Object.keys(out).length > 0 ? out : undefined;
}

/** Why the terms cannot be given; undefined when they can. */
export function wrongTerms(approval: Approval, columns: string[], given: GivenTerms): string | undefined {
  if (columns.length > 0 && given.columns.length === 0) return "Give at least one column, or deny.";
  const left = commonColumns([...narrowedBefore(approval), ...(given.columns.length > 0 ? [{ Columns: given.columns }] : [])]);
  if (left?.length === 0) return "Other approvers left none of these columns. Give one that they left, or deny.";
  const asked = approval.Asked?.DurationSeconds;
  if (asked !== undefined && given.seconds === undefined) return "The request has an end, so set one.";
  if (asked !== undefined && given.seconds !== undefined && given.seconds > asked) return "This is longer than was asked for.";
  return undefined;
}
