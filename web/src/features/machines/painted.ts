// The drawing of a machine with what happened in one execution of it.

import type { GraphEdge, GraphNode } from "../../ui/graph/drawing";
import type { MachineDrawing } from "./asl";
import { lasted } from "./durations";
import { standingOf, visitTones, visitWords, type Folded, type Visit } from "./history";

/** The visits of each state, by its name: names are unique in a machine. */
export function visitsByName({ visits }: Folded): Map<string, Visit[]> {
  const found = new Map<string, Visit[]>();
  for (const visit of visits) found.set(visit.name, [...(found.get(visit.name) ?? []), visit]);
  return found;
}

function noteOf(visits: Visit[]): string {
  const last = visits.at(-1);
  const retries = visits.reduce((sum, { attempts }) => sum + Math.max(0, attempts - 1), 0);
  return [
    visits.length > 1 ? `${visits.length} times` : lasted(last?.entered, last?.left).replace("–", "since " + timeOf(last?.entered)),
    ...(retries > 0 ? [retries === 1 ? "1 retry" : `${retries} retries`] : []),
  ].join(" · ");
}

const timeOf = (at: Date | undefined) => at?.toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" }) ?? "";

function paintedNode(node: GraphNode, visits: Visit[] | undefined): GraphNode {
  const standing = visits && standingOf(visits);
  if (!visits || !standing) return node.pill ? node : { ...node, tone: "idle", says: `${node.says}, not entered` };
  const note = noteOf(visits);
  return { ...node, note, tone: visitTones[standing], says: `${node.title}, ${visitWords[standing]}, ${note}` };
}

const nameOf = (place: string) => place.slice(place.indexOf("/States/") >= 0 ? place.lastIndexOf("/States/") + "/States/".length : 0);

/** @returns the drawing in the colours of what happened; ways that were gone stand out. */
export function painted(drawing: MachineDrawing, folded: Folded): MachineDrawing {
  const visits = visitsByName(folded);
  const gone = ({ from, to }: GraphEdge) => folded.taken.has(`${nameOf(from)} ${nameOf(to)}`);
  return {
    ...drawing,
    nodes: drawing.nodes.map((node) => paintedNode(node, visits.get(nameOf(node.id)))),
    edges: drawing.edges.map((edge) => ({ ...edge, tone: gone(edge) ? "good" : "idle" })),
  };
}
