import dagre from "@dagrejs/dagre";
import type { Drawing, GraphEdge, GraphNode } from "./drawing";
import { shortened } from "./drawing";

export interface Point {
  x: number;
  y: number;
}

/** Where a node stands: its upper left corner and its size. */
export interface Placed extends Point {
  node: GraphNode;
  width: number;
  height: number;
  /** Others stand inside of it: it is a frame. */
  frame: boolean;
}

export interface PlacedEdge {
  edge: GraphEdge;
  points: Point[];
  /** The middle of its text. */
  at: Point | undefined;
}

export interface Layout {
  width: number;
  height: number;
  /** Frames before what stands inside of them. */
  nodes: Placed[];
  edges: PlacedEdge[];
}

export const kLongestTitle = 30;
export const kLongestNote = 36;
export const kLongestEdgeText = 30;
const kMargin = 6;
const kFrame = { top: 48, side: 14, bottom: 14 };

const widthOf = (text: string, most: number, each: number) => Math.min(text.length, most) * each;

function sizeOf(node: GraphNode): { width: number; height: number } {
  if (node.pill) return { width: widthOf(node.title, kLongestTitle, 7.4) + (node.tone ? 46 : 28), height: 28 };
  const text = Math.max(widthOf(node.title, kLongestTitle, 7.8) + 18, widthOf(node.note ?? "", kLongestNote, 6.6));
  return { width: Math.max(110, text + 24), height: node.note ? 52 : 36 };
}

/** Everything that stands inside of `parent`, placed from the corner 0,0; what stands inside of that, first. */
function inside(drawing: Drawing, parent: string | undefined): Layout {
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: drawing.across ? "LR" : "TB", nodesep: 28, ranksep: 38, edgesep: 14, marginx: kMargin, marginy: kMargin });
  const here = drawing.nodes.filter((node) => node.inside === parent);
  const contents = new Map<string, Layout>();
  for (const node of here) {
    const content = inside(drawing, node.id);
    if (content.nodes.length > 0) contents.set(node.id, content);
    const own = sizeOf(node);
    graph.setNode(node.id, content.nodes.length === 0 ? own : {
      width: Math.max(own.width, content.width + 2 * kFrame.side),
      height: content.height + kFrame.top + kFrame.bottom,
    });
  }
  const edges = drawing.edges.filter(({ from, to }) => graph.hasNode(from) && graph.hasNode(to));
  edges.forEach((edge, number) => {
    const text = shortened(edge.text ?? "", kLongestEdgeText);
    graph.setEdge(edge.from, edge.to, { width: text ? text.length * 6.4 + 8 : 0, height: text ? 18 : 0, labelpos: "c" }, String(number));
  });
  if (here.length > 0) dagre.layout(graph);
  return collected(graph, here, edges, contents);
}

function collected(graph: InstanceType<typeof dagre.graphlib.Graph>, here: GraphNode[], edges: GraphEdge[], contents: Map<string, Layout>): Layout {
  const size = graph.graph() as { width?: number; height?: number };
  const out: Layout = { width: size.width ?? 0, height: size.height ?? 0, nodes: [], edges: [] };
  const holds = ({ x, y }: Point) => { // dagre's size leaves out how far arrows swing
    out.width = Math.max(out.width, x + kMargin);
    out.height = Math.max(out.height, y + kMargin);
  };
  edges.forEach((edge, number) => {
    const found = graph.edge(edge.from, edge.to, String(number)) as { points: Point[]; x?: number; y?: number };
    const at = edge.text && found.x !== undefined && found.y !== undefined ? { x: found.x, y: found.y } : undefined;
    if (edge.unseen) return;
    out.edges.push({ edge, points: found.points, at });
    found.points.forEach(holds);
    if (at) holds({ x: at.x + widthOf(edge.text ?? "", kLongestEdgeText, 3.2) + 4, y: at.y });
  });
  for (const node of here) {
    const { x, y, width, height } = graph.node(node.id) as Point & { width: number; height: number };
    const corner = { x: x - width / 2, y: y - height / 2 };
    const content = contents.get(node.id);
    out.nodes.push({ node, ...corner, width, height, frame: content !== undefined });
    if (content) moveInto(out, content, corner.x + (width - content.width) / 2, corner.y + kFrame.top);
  }
  return out;
}

function moveInto(out: Layout, content: Layout, x: number, y: number): void {
  const moved = (point: Point) => ({ x: point.x + x, y: point.y + y });
  for (const placed of content.nodes) out.nodes.push({ ...placed, ...moved(placed) });
  for (const { edge, points, at } of content.edges) out.edges.push({ edge, points: points.map(moved), at: at && moved(at) });
}

/** Places a drawing. Frames are laid out from the inside: an arrow never leaves its frame. */
export const layoutOf = (drawing: Drawing): Layout => inside(drawing, undefined);
