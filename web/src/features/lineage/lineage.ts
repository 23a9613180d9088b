import { weirOf } from "../../api/clients";
import { useRead } from "../../api/queries";
import type { GetGrantLineageResponse, LineageLink } from "../../api/weir.gen";
import { useSession } from "../../signin/useSession";
import type { Drawing, GraphNode } from "../../ui/graph/drawing";
import { principalWords } from "../../ui/principals";

export type { LineageLink };

/** Where what somebody has of a database or table came from. */
export function useLineage(Principal: string, Resource: string) {
  const weir = weirOf(useSession());
  return useRead<GetGrantLineageResponse>(["lineage", Principal, Resource], (abort) => weir("GetGrantLineage", { Principal, Resource }, abort),
    { when: Principal !== "" && Resource !== "" });
}

/** The address of the page that draws it. @param resource `database` or `database.table`. */
export const pathOfLineage = (principal: string, resource: string): string => `/lineage?${new URLSearchParams({ principal, resource })}`;

/** How something came to somebody, in words. */
export const kindWords: Record<NonNullable<LineageLink["Kind"]>, string> = {
  GRANT: "granted by name", LF_TAG: "granted by LF-Tags", SHARE: "shared with the account", LINK: "linked", REQUEST: "granted for a request",
  CREATOR: "for having made it", ADMINISTRATOR: "an administrator",
};

/** What an arrow says beside the permissions: a plain grant nothing more. */
const arrowWords: typeof kindWords = {
  GRANT: "", LF_TAG: "LF-Tags", SHARE: "share", LINK: "link", REQUEST: "request", CREATOR: "made it", ADMINISTRATOR: "administrator",
};

/** A link in a sentence. */
export function saysOf({ Kind = "GRANT", From, To, Permissions, Grantable, On, By }: LineageLink): string {
  const given = (Permissions ?? []).join(", ");
  const passing = Grantable?.length ? `, may pass on ${Grantable.join(", ")}` : "";
  const changed = By ? `, by ${principalWords(By).name}` : "";
  return `${principalWords(From ?? "").name} to ${principalWords(To ?? "").name}: ${[given, kindWords[Kind]].filter(Boolean).join(", ")}${On ? ` on ${On}` : ""}${passing}${changed}`;
}

/** Everybody who gave or has something, and what led from one to the next: from where it began to whom it was asked about. */
export function drawingOfLineage(links: LineageLink[], asked: string): Drawing {
  const nodes = new Map<string, GraphNode>();
  const add = (id: string) => {
    if (nodes.has(id)) return;
    const { name, kind } = principalWords(id);
    nodes.set(id, { id, title: name, note: kind === "Principal" ? "" : kind, says: `${name}, ${kind}`, tone: id === asked ? "going" : "plain" });
  };
  add(asked);
  for (const { From = "", To = "" } of links) {
    add(From);
    add(To);
  }
  const edges = links.map((link) => ({
    from: link.From ?? "", to: link.To ?? "", tone: "plain" as const, dashed: link.Kind === "LINK", says: saysOf(link),
    text: [(link.Permissions ?? []).join(", "), arrowWords[link.Kind ?? "GRANT"]].filter(Boolean).join(" · "),
  }));
  return { nodes: [...nodes.values()], edges };
}
