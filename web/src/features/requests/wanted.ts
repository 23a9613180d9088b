import type { AccessItem, PreviewAccessRequestRequest } from "../../api/weir.gen";
import { lakePrincipal } from "../../ui/principals";

/** What a request may be about; the server's list, in the order people think of it. */
export const permissions = ["SELECT", "DESCRIBE", "INSERT", "DELETE", "ALTER"] as const;

/** How much of a table is asked for. */
export type Part = "all" | "columns" | "except";

/** One thing that is asked for, while it is being filled in. */
export interface DraftItem {
  whole: boolean; // the database with every table of it, also those to come
  database: string;
  table: string;
  part: Part;
  columns: string[];
  rowFilter: string;
}

/** A request while it is being filled in. */
export interface Draft {
  catalog: string; // another account's; empty: one's own
  items: DraftItem[];
  target: string | undefined;
  permissions: string[];
  grantable: boolean;
  seconds: number | undefined;
  purpose: string;
  ticket: string;
}

export const emptyItem = (database = "", table = ""): DraftItem => ({
  whole: false, database, table, part: "all", columns: [], rowFilter: "",
});

export const emptyDraft = (target: string | undefined, database = "", table = "", catalog = ""): Draft => ({
  catalog, items: [emptyItem(database, table)], target, permissions: ["SELECT", "DESCRIBE"], grantable: false,
  seconds: 30 * 86_400, purpose: "", ticket: "",
});

const isPart = (item: DraftItem) => !item.whole && (item.part !== "all" || item.rowFilter.trim() !== "");

const isComplete = (item: DraftItem) =>
  item.database !== "" && (item.whole || item.table !== "") && (item.whole || item.part === "all" || item.columns.length > 0);

function itemOf(item: DraftItem, draft: Draft): AccessItem {
  const whole = item.whole;
  return {
    Database: item.database,
    Table: whole ? "*" : item.table,
    ...(!whole && item.part === "columns" && { Columns: item.columns }),
    ...(!whole && item.part === "except" && { ExcludedColumns: item.columns }),
    ...(!whole && item.rowFilter.trim() && { RowFilter: item.rowFilter.trim() }),
    // Parts of a table are for reading only: what they are given with is the server's to say.
    ...(!isPart(item) && { Permissions: draft.permissions }),
    Grantable: draft.grantable,
  };
}

/** The request that the draft makes; undefined while something that every request needs is missing. */
export function wantedOf(draft: Draft): PreviewAccessRequestRequest | undefined {
  if (!draft.target || draft.permissions.length === 0 || !draft.items.every(isComplete)) return undefined;
  return {
    ...(draft.catalog && { CatalogId: draft.catalog }),
    Items: draft.items.map((item) => itemOf(item, draft)),
    Target: draft.target,
    ...(draft.purpose.trim() && { Purpose: draft.purpose.trim() }),
    ...(draft.ticket.trim() && { TicketRef: draft.ticket.trim() }),
    ...(draft.seconds !== undefined && { DurationSeconds: draft.seconds }),
  };
}

/** The principal that grants can be made to, of whoever is signed in: of a session, its role. */
export function grantableOf(arn: string): string | undefined {
  const principal = lakePrincipal(arn);
  return /^arn:[^:]+:iam::\d{12}:(role|user)\//.test(principal) ? principal : undefined;
}

/** Whether it stands for many, who get it from whoever administers them: so it is passed on, unless said otherwise. */
export const isWide = (target: string): boolean => /^\d{12}$|^arn:[^:]+:organizations:/.test(target);
