import type { KeyboardEvent } from "react";
import { shortened, signs, type Tone } from "./drawing";
import { kLongestNote, kLongestTitle, type Placed, type PlacedEdge } from "./layout";
import { curve, headOf, labelOf } from "./paths";

/** Of a box that can be chosen. */
export interface Choosing {
  choose: () => void;
  onKey: (event: KeyboardEvent) => void;
  chosen: boolean;
  /** Whether the Tab key stops at it. */
  stop: boolean;
}

/** A box, a frame around others, or a pill: it is called what its node says, which is its tip, too. */
export function GraphBox({ placed, choosing }: { placed: Placed; choosing: Choosing | undefined }) {
  const { node, x, y, width, height, frame } = placed;
  const tone = node.tone ?? "plain";
  const middle = x + width / 2;
  const sign = signs[tone] && `${signs[tone]} `;
  const top = frame ? y + 20 : y + (node.note ? 22 : height / 2 + 4);
  return (
    <g className={`graph-box graph-${tone}${frame ? " graph-frame" : ""}${choosing?.chosen ? " graph-chosen" : ""}`} {...(choosing && buttonOf(node.id, choosing))}>
      <title>{node.says}</title>
      <rect x={x} y={y} width={width} height={height} rx={node.pill ? height / 2 : 8} />
      <text aria-hidden="true" className="graph-title" x={middle} y={top}>{sign}{shortened(node.title, kLongestTitle)}</text>
      {node.note && <text aria-hidden="true" className="graph-note" x={middle} y={top + 18}>{shortened(node.note, kLongestNote)}</text>}
    </g>
  );
}

const buttonOf = (id: string, { choose, onKey, chosen, stop }: Choosing) => ({
  "data-box": id, role: "button", tabIndex: stop ? 0 : -1, "aria-pressed": chosen, onClick: choose, onKeyDown: onKey,
});

const toneClass = (tone: Tone | undefined) => `graph-${tone ?? "plain"}`;

export const GraphArrow = ({ edge, points }: PlacedEdge) => (
  <g className={`graph-arrow ${toneClass(edge.tone)}${edge.dashed ? " graph-dashed" : ""}`}>
    <path d={curve(points)} />
    <path className="graph-head" d={headOf(points)} />
  </g>
);

/** What an arrow says, drawn over boxes that it passes. */
export function GraphArrowText(placed: PlacedEdge) {
  const label = labelOf(placed);
  if (!label) return null;
  return (
    <g className={`graph-arrow-text ${toneClass(placed.edge.tone)}`}>
      <title>{placed.edge.says ?? placed.edge.text}</title>
      <rect {...label.ground} rx={4} />
      <text aria-hidden="true" x={label.x} y={label.y}>{label.text}</text>
    </g>
  );
}
