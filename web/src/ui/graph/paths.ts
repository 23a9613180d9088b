// How an arrow is drawn, as paths of SVG.
import { kLongestEdgeText, type PlacedEdge, type Point } from "./layout";
import { shortened } from "./drawing";

const at = ({ x, y }: Point) => `${x.toFixed(1)} ${y.toFixed(1)}`;
const between = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });

/** A line through the middles of what lies between the points, its corners rounded. */
export function curve(points: Point[]): string {
  const [first, ...rest] = points;
  if (!first) return "";
  const bends = rest.slice(0, -1).map((point, number) => `Q${at(point)} ${at(between(point, rest[number + 1] ?? point))}`);
  const last = rest.at(-1);
  return `M${at(first)}${rest[0] ? `L${at(between(first, rest[0]))}` : ""}${bends.join("")}${last ? `L${at(last)}` : ""}`;
}

/** The head of an arrow at its last point, turned as the line arrives. */
export function headOf(points: Point[]): string {
  const [before, end] = points.slice(-2);
  if (!before || !end) return "";
  const angle = Math.atan2(end.y - before.y, end.x - before.x);
  const wing = (turn: number) => ({ x: end.x - 9 * Math.cos(angle + turn), y: end.y - 9 * Math.sin(angle + turn) });
  return `M${at(wing(0.4))}L${at(end)}L${at(wing(-0.4))}Z`;
}

/** The text of an arrow and the ground that it stands on; none for an arrow without one. */
export function labelOf({ edge, at: middle }: PlacedEdge) {
  if (!edge.text || !middle) return undefined;
  const text = shortened(edge.text, kLongestEdgeText);
  const width = text.length * 6.4 + 8;
  return { text, x: middle.x, y: middle.y + 4, ground: { x: middle.x - width / 2, y: middle.y - 9, width, height: 18 } };
}
