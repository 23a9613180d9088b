// A proof as a drawing: from the question through each gate to the answer; in each gate what counted there.

import type { Proof, ProofGate, ProofGrant, ProofStatement } from "../../api/weir.gen";
import type { Drawing, GraphNode, Tone } from "../../ui/graph/drawing";
import { principalWords } from "../../ui/principals";

/** At most so many boxes stand in a gate; the outline has them all. */
const kMostBoxes = 8;

/** One thing that took part in a gate: a statement of a policy, a grant. */
export interface Part {
  title: string;
  note: string;
  says: string;
  tone: Tone;
  /** How it counted, in a word. */
  verdict: "allows" | "denies" | "counts" | "does not count";
}

/** A gate as it is drawn: whether it opens, and what took part in that. */
export interface GateParts {
  id: string;
  name: string;
  opens: boolean;
  /** The first that stays shut is the one that decided. */
  decided: boolean;
  reason: string;
  remedy: string | undefined;
  parts: Part[];
}

const partOfStatement = (statement: ProofStatement): Part => {
  const allows = statement.Effect === "ALLOW";
  return {
    title: statement.Sid || (statement.Statement ? `Statement ${statement.Statement}` : "Policy"),
    note: [statement.PolicyType, statement.Policy].filter(Boolean).join(": "),
    says: statement.Says ?? "",
    tone: allows ? "good" : "bad",
    verdict: allows ? "allows" : "denies",
  };
};

const partOfGrant = (grant: ProofGrant): Part => {
  const counts = grant.Counts === true;
  const who = principalWords(grant.Principal ?? "");
  return {
    title: (grant.Permissions ?? []).join(", ") || (grant.Ground ?? "").toLowerCase().replace(/_/g, " "),
    note: [`to ${who.name}`, grant.Filter ? `filter ${grant.Filter}` : grant.LFTagPolicy].filter(Boolean).join(" · "),
    says: grant.Says ?? "",
    tone: counts ? "good" : "idle",
    verdict: counts ? "counts" : "does not count",
  };
};

const gateName: Record<string, string> = { LakeFormation: "Lake Formation" };

/** The gates of a proof in their order, each with what took part in it. Grants are Lake Formation's. */
export function gatesOf(proof: Proof): GateParts[] {
  const gates = proof.Gates ?? [];
  const shut = gates.findIndex(({ Verdict }) => Verdict !== "ALLOW");
  return gates.map((gate: ProofGate, at) => ({
    id: `gate ${at}`,
    name: gateName[gate.Name ?? ""] ?? gate.Name ?? "Gate",
    opens: gate.Verdict === "ALLOW",
    decided: at === shut,
    reason: gate.Reason ?? "",
    remedy: gate.Remedy || undefined,
    parts: [
      ...(gate.Statements ?? []).map(partOfStatement),
      ...(gate.Name === "LakeFormation" ? (proof.Grants ?? []).map(partOfGrant) : []),
    ],
  }));
}

/** The key of a part's box, for who chooses it. */
export const partId = (gate: GateParts, at: number): string => `${gate.id} part ${at}`;

function boxesOf(gate: GateParts): GraphNode[] {
  const boxes: GraphNode[] = gate.parts.slice(0, kMostBoxes).map(({ title, note, says, tone, verdict }, at) => ({
    id: partId(gate, at), title, note, tone, says: `${title}, ${note}, ${verdict}: ${says}`, inside: gate.id,
  }));
  const left = gate.parts.length - boxes.length;
  if (left > 0) boxes.push({ id: `${gate.id} more`, title: `and ${left} more`, says: `and ${left} more, in the list below`, pill: true, inside: gate.id });
  if (boxes.length === 0)
    boxes.push({ id: `${gate.id} none`, title: gate.opens ? "needs nothing" : "nothing allows it", says: gate.reason, tone: "idle", pill: true, inside: gate.id });
  return boxes;
}

function gateBox(gate: GateParts): GraphNode {
  const note = gate.opens ? "open" : gate.decided ? "shut: this decided" : "shut";
  return { id: gate.id, title: gate.name, note, tone: gate.opens ? "good" : "bad", says: `Gate ${gate.name}, ${note}: ${gate.reason}` };
}

/** What of a table is shown, as a box behind the gates. */
function viewBox(proof: Proof): GraphNode[] {
  const { View: view } = proof;
  if (!view || proof.Decision !== "ALLOW") return [];
  const columns = view.AllColumns ? "all columns" : `${view.AuthorizedColumns?.length ?? 0} columns`;
  const rows = view.AllRows ? "all rows" : "some rows";
  const whole = view.AllColumns && view.AllRows && !view.Cells?.length;
  return [{
    id: "view", title: `${columns}, ${rows}`, note: view.Cells?.length ? "some cells are hidden" : "what is shown", tone: whole ? "good" : "warned",
    says: `What is shown: ${view.AllColumns ? "all columns" : (view.AuthorizedColumns ?? []).join(", ")}; rows: ${view.AllRows ? "all" : view.FinalRowPredicate}`,
  }];
}

/** Puts the boxes of a gate one below the other where the drawing leads downwards. */
const stacked = (boxes: GraphNode[]) => boxes.slice(1).map(({ id }, at) => ({ from: boxes[at]?.id ?? "", to: id, unseen: true }));

/** The proof drawn from left to right, or from top to bottom where there is little room. */
export function drawingOfProof(proof: Proof, across = true): Drawing {
  const gates = gatesOf(proof);
  const allowed = proof.Decision === "ALLOW";
  const nodes: GraphNode[] = [
    { id: "question", title: proof.Action ?? "May it?", note: proof.Resource ?? "", says: `The question: ${proof.Action} on ${proof.Resource}` },
    ...gates.flatMap((gate) => [gateBox(gate), ...boxesOf(gate)]),
    ...viewBox(proof),
    { id: "answer", title: allowed ? "Allowed" : "Denied", says: allowed ? "The answer: allowed" : "The answer: denied", tone: allowed ? "good" : "bad", pill: true },
  ];
  const way = ["question", ...gates.map(({ id }) => id), ...(nodes.some(({ id }) => id === "view") ? ["view"] : []), "answer"];
  const shut = (id: string) => gates.some((gate) => gate.id === id && !gate.opens);
  const edges = way.slice(1).map((to, at) => {
    const from = way[at] ?? "";
    return { from, to, tone: shut(from) ? "bad" as const : "good" as const, dashed: shut(from) };
  });
  return { nodes, edges: across ? edges : [...edges, ...gates.flatMap((gate) => stacked(boxesOf(gate)))], across };
}
