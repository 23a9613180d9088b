// What the page of permissions looks up; it stands in the address, so that a question can be linked to.

import type { Picked } from "../catalog/ResourcePicker";
import type { Asked, Resource } from "./permissions";

/** How one looks up. */
export type Way = "all" | "principal" | "resource";

export const ways: { id: Way; text: string }[] = [
  { id: "all", text: "Everything" }, { id: "principal", text: "By principal" }, { id: "resource", text: "By resource" },
];

const onPicked = ({ database, table }: Picked): Resource | undefined => {
  if (!database) return undefined;
  return table ? { Table: { DatabaseName: database, Name: table } } : { Database: { Name: database } };
};

/** What the address asks for: ?principal=, ?database=, ?table=, ?filter=. @param account whose catalog it is */
export function askedBy(search: URLSearchParams, account: string): Asked {
  const [principal, database, table, filter] = ["principal", "database", "table", "filter"].map((key) => search.get(key) ?? undefined);
  const resource = database && table && filter
    ? { DataCellsFilter: { TableCatalogId: account, DatabaseName: database, TableName: table, Name: filter } }
    : onPicked({ ...(database && { database }), ...(table && { table }) });
  return { principal, resource };
}

/** How the address looks up: by what it names; while it names nothing yet, by ?by=. */
export function wayOf(search: URLSearchParams): Way {
  if (search.has("database")) return "resource";
  if (search.has("principal")) return "principal";
  return ways.find(({ id }) => id === search.get("by"))?.id ?? "all";
}

/** The words of an address that looks up in this way what was named so far. */
export function wordsOf(way: Way, named: Record<string, string | undefined> = {}): Record<string, string> {
  const words = Object.entries(named).filter((word): word is [string, string] => Boolean(word[1]));
  if (words.length > 0) return Object.fromEntries(words);
  return way === "all" ? {} : { by: way };
}
