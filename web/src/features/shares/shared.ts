import type { StateWords } from "../../ui/StateText";

/** How invitations, shares, and what and who is in them stand. */
export const shareWords: StateWords = {
  PENDING: ["pending", "Pending"],
  ACCEPTED: ["success", "Accepted"],
  REJECTED: ["stopped", "Rejected"],
  EXPIRED: ["stopped", "Expired"],
  ACTIVE: ["success", "Active"],
  ASSOCIATED: ["success", "Shared"],
  AVAILABLE: ["success", "Shared"],
  ASSOCIATING: ["in-progress", "Being shared"],
  DISASSOCIATING: ["in-progress", "Being taken back"],
  DISASSOCIATED: ["stopped", "Taken back"],
  FAILED: ["error", "Failed"],
  DELETED: ["stopped", "Ended"],
};

/** Something of a catalog that is shared, as its ARN names it. */
export interface Shared {
  account: string;
  database?: string;
  table?: string;
}

const form = /^arn:[^:]+:glue:[^:]*:(\d{12}):(?:catalog|database\/([^/]+)|table\/([^/]+)\/(.+))$/;

/** What an ARN of a shared resource names; undefined for what is nothing of a catalog. */
export function sharedBy(arn: string | undefined): Shared | undefined {
  const found = form.exec(arn ?? "");
  if (!found) return undefined;
  const [, account = "", database, ofTable, table] = found;
  return { account, ...((database ?? ofTable) && { database: database ?? ofTable }), ...(table && { table }) };
}

/** "sales.orders", "sales", or the whole catalog; as DiagnoseShare takes the first two. */
export const sharedText = ({ database, table }: Shared): string =>
  table ? `${database}.${table}` : database ?? "The whole catalog";

/** What somebody plans to do with what is shared with the account. */
export interface Plan {
  /** The invitation that is accepted first, where there is one. */
  invitation?: string;
  shared: Shared[];
  /** The database of one's own that links to tables go into. */
  into?: string;
  /** Whether links are made at all. */
  link: boolean;
  /** Names of links, by what they lead to. */
  names: Record<string, string>;
  /** Roles and users of the account that may read it. */
  readers: string[];
}

/** One call that the plan takes. */
export type Step =
  | { does: "accept"; invitation: string }
  | { does: "link"; to: Shared; name: string; into?: string }
  | { does: "grant-link"; to: Shared; name: string; into?: string; reader: string }
  | { does: "grant"; on: Shared; reader: string };

/** What a link to it is called unless somebody says otherwise: as what it leads to. */
export const linkName = (names: Plan["names"], shared: Shared): string => names[sharedText(shared)] ?? shared.table ?? shared.database ?? "";

/** What keeps a plan from being carried out, in a sentence; undefined when nothing does. */
export function lacking({ shared, link, into, names, invitation, readers }: Plan): string | undefined {
  if (!invitation && !link && readers.length === 0) return "Choose to make links, or who may read.";
  if (link && shared.some(({ table }) => table) && !into) return "Choose the database that the links go into.";
  if (link && shared.some((each) => each.database && !linkName(names, each).trim())) return "Every link needs a name.";
  return undefined;
}

/** The calls of a plan in their order: links and grants of each resource stand together. */
export function stepsOf(plan: Plan): Step[] {
  const { invitation, shared, link, into, names, readers } = plan;
  const named = shared.filter(({ database }) => database !== undefined);
  const ofOne = (to: Shared): Step[] => {
    const made = { to, name: linkName(names, to).trim(), ...(to.table && into && { into }) };
    return [
      ...(link ? [{ does: "link", ...made } as const] : []),
      ...readers.flatMap((reader): Step[] => [
        ...(link ? [{ does: "grant-link", ...made, reader } as const] : []),
        { does: "grant", on: to, reader },
      ]),
    ];
  };
  return [...(invitation ? [{ does: "accept", invitation } as const] : []), ...named.flatMap(ofOne)];
}
