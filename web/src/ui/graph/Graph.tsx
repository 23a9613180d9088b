import { useEffect, useMemo, useRef, type KeyboardEvent } from "react";
import { shortened, signs, type Drawing, type Tone } from "./drawing";
import { kLongestEdgeText, kLongestNote, kLongestTitle, layoutOf, type Placed, type PlacedEdge, type Point } from "./layout";
import "./graph.css";

interface GraphProps {
  /** What the picture is of. */
  name: string;
  drawing: Drawing;
  selected?: string | undefined;
  /** With it, boxes can be chosen: by mouse, or by arrow keys and Enter. */
  onSelect?: (id: string) => void;
}

const kSteps: Record<string, number> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/**
 * Boxes and arrows, drawn as SVG. Boxes are one stop of the Tab key; arrows lead from one to the next.
 * The page that shows it says the same facts as text beside it.
 */
export function Graph({ name, drawing, selected, onSelect }: GraphProps) {
  const layout = useMemo(() => layoutOf(drawing), [drawing]);
  const picture = useRef<SVGSVGElement>(null);
  const choice = onSelect ? layout.nodes.filter(({ node }) => !node.pill) : [];
  const current = choice.some(({ node }) => node.id === selected) ? selected : choice[0]?.node.id;

  const onKey = (event: KeyboardEvent, id: string) => {
    const step = kSteps[event.key];
    if (event.key === "Enter" || event.key === " ") onSelect?.(id);
    else if (step) boxOf(picture.current, choice[choice.findIndex(({ node }) => node.id === id) + step]?.node.id)?.focus();
    else return;
    event.preventDefault();
  };

  useEffect(() => boxOf(picture.current, selected)?.scrollIntoView?.({ block: "nearest", inline: "nearest" }), [selected]);

  return (
    <div className="graph" {...(!onSelect && { tabIndex: 0, role: "region", "aria-label": name })}>
      <svg
        ref={picture}
        role={onSelect ? "group" : "img"}
        aria-label={onSelect ? name : `${name}: ${wordsOf(drawing)}`}
        viewBox={`0 0 ${Math.ceil(layout.width)} ${Math.ceil(layout.height)}`}
        // As large as drawn, smaller where there is no room, and never so small that it cannot be read.
        style={{ width: `max(100%, ${layout.width * 0.7}px)`, maxWidth: layout.width }}
      >
        {layout.edges.map((placed, number) => <Arrow key={number} {...placed} />)}
        {layout.nodes.map((placed) => (
          <Box
            key={placed.node.id}
            placed={placed}
            {...(onSelect && !placed.node.pill && {
              choose: () => onSelect(placed.node.id),
              onKey: (event: KeyboardEvent) => onKey(event, placed.node.id),
              chosen: placed.node.id === selected,
              stop: placed.node.id === current,
            })}
          />
        ))}
        {layout.edges.map((placed, number) => <ArrowText key={number} {...placed} />)}
      </svg>
    </div>
  );
}

/** The drawing in words: its boxes, and what its arrows say. */
const wordsOf = ({ nodes, edges }: Drawing) =>
  [...nodes.map(({ says }) => says), ...edges.flatMap(({ says }) => says ?? [])].join("; ");

const boxOf = (picture: SVGSVGElement | null, id: string | undefined) =>
  [...(picture?.querySelectorAll<SVGGElement>("[data-box]") ?? [])].find((box) => box.dataset["box"] === id);

interface BoxProps {
  placed: Placed;
  choose?: () => void;
  onKey?: (event: KeyboardEvent) => void;
  chosen?: boolean;
  stop?: boolean;
}

function Box({ placed: { node, x, y, width, height, frame }, choose, onKey, chosen, stop }: BoxProps) {
  const tone = node.tone ?? "plain";
  const middle = x + width / 2;
  const sign = signs[tone] && `${signs[tone]} `;
  const top = frame ? y + 20 : y + (node.note ? 22 : height / 2 + 4);
  return (
    <g
      className={`graph-box graph-${tone}${frame ? " graph-frame" : ""}${chosen ? " graph-chosen" : ""}`}
      {...(choose && {
        "data-box": node.id, role: "button", tabIndex: stop ? 0 : -1, "aria-pressed": chosen ?? false,
        onClick: choose, onKeyDown: onKey,
      })}
    >
      {/* Its name and its tip. */}
      <title>{node.says}</title>
      <rect x={x} y={y} width={width} height={height} rx={node.pill ? height / 2 : 8} />
      <text aria-hidden="true" className="graph-title" x={middle} y={top}>{sign}{shortened(node.title, kLongestTitle)}</text>
      {node.note && <text aria-hidden="true" className="graph-note" x={middle} y={top + 18}>{shortened(node.note, kLongestNote)}</text>}
    </g>
  );
}

const at = ({ x, y }: Point) => `${x.toFixed(1)} ${y.toFixed(1)}`;
const between = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });

/** A line through the middles of what lies between the points, its corners rounded. */
function curve(points: Point[]): string {
  const [first, ...rest] = points;
  if (!first) return "";
  const bends = rest.slice(0, -1).map((point, number) => `Q${at(point)} ${at(between(point, rest[number + 1] ?? point))}`);
  const last = rest.at(-1);
  return `M${at(first)}${rest[0] ? `L${at(between(first, rest[0]))}` : ""}${bends.join("")}${last ? `L${at(last)}` : ""}`;
}

/** The head of an arrow at its last point, turned as the line arrives. */
function headOf(points: Point[]): string {
  const [before, end] = points.slice(-2);
  if (!before || !end) return "";
  const angle = Math.atan2(end.y - before.y, end.x - before.x);
  const wing = (turn: number) => ({ x: end.x - 9 * Math.cos(angle + turn), y: end.y - 9 * Math.sin(angle + turn) });
  return `M${at(wing(0.4))}L${at(end)}L${at(wing(-0.4))}Z`;
}

const toneClass = (tone: Tone | undefined) => `graph-${tone ?? "plain"}`;

const Arrow = ({ edge, points }: PlacedEdge) => (
  <g className={`graph-arrow ${toneClass(edge.tone)}${edge.dashed ? " graph-dashed" : ""}`}>
    <path d={curve(points)} />
    <path className="graph-head" d={headOf(points)} />
  </g>
);

function ArrowText({ edge, at: middle }: PlacedEdge) {
  if (!edge.text || !middle) return null;
  const text = shortened(edge.text, kLongestEdgeText);
  const width = text.length * 6.4 + 8;
  return (
    <g className={`graph-arrow-text ${toneClass(edge.tone)}`}>
      <title>{edge.says ?? edge.text}</title>
      <rect x={middle.x - width / 2} y={middle.y - 9} width={width} height={18} rx={4} />
      <text aria-hidden="true" x={middle.x} y={middle.y + 4}>{text}</text>
    </g>
  );
}
