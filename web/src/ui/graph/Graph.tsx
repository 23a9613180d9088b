import { useEffect, useMemo, useRef, type KeyboardEvent, type RefObject } from "react";
import type { Drawing } from "./drawing";
import { GraphArrow, GraphArrowText, GraphBox, type Choosing } from "./GraphParts";
import { layoutOf, type Layout, type Placed } from "./layout";
import "./graph.css";

interface GraphProps {
  /** What the picture is of. */
  name: string;
  drawing: Drawing;
  selected?: string | undefined;
  /** With it, boxes can be chosen: by mouse, or by arrow keys and Enter. */
  onSelect?: (id: string) => void;
}

/**
 * Boxes and arrows, drawn as SVG. Boxes are one stop of the Tab key; arrows lead from one to the next.
 * The page that shows it says the same facts as text beside it.
 */
export function Graph({ name, drawing, selected, onSelect }: GraphProps) {
  const layout = useMemo(() => layoutOf(drawing), [drawing]);
  const { picture, choosingOf } = useChoosing(layout, selected, onSelect);
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
        {layout.edges.map((placed, number) => <GraphArrow key={number} {...placed} />)}
        {layout.nodes.map((placed) => <GraphBox key={placed.node.id} placed={placed} choosing={choosingOf(placed)} />)}
        {layout.edges.map((placed, number) => <GraphArrowText key={number} {...placed} />)}
      </svg>
    </div>
  );
}

/** The drawing in words: its boxes, and what its arrows say. */
const wordsOf = ({ nodes, edges }: Drawing) =>
  [...nodes.map(({ says }) => says), ...edges.flatMap(({ says }) => says ?? [])].join("; ");

const kSteps: Record<string, number> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

const boxOf = (picture: SVGSVGElement | null, id: string | undefined) =>
  [...(picture?.querySelectorAll<SVGGElement>("[data-box]") ?? [])].find((box) => box.dataset["box"] === id);

/** How boxes are chosen: all but pills, where anything can be. What is selected is scrolled to. */
function useChoosing({ nodes }: Layout, selected: string | undefined, onSelect: GraphProps["onSelect"]):
{ picture: RefObject<SVGSVGElement | null>; choosingOf: (placed: Placed) => Choosing | undefined } {
  const picture = useRef<SVGSVGElement>(null);
  const ids = nodes.filter(({ node }) => !node.pill).map(({ node }) => node.id);
  const stop = selected !== undefined && ids.includes(selected) ? selected : ids[0];
  useEffect(() => boxOf(picture.current, selected)?.scrollIntoView?.({ block: "nearest", inline: "nearest" }), [selected]);

  const onKey = (event: KeyboardEvent, id: string) => {
    const step = kSteps[event.key];
    if (event.key === "Enter" || event.key === " ") onSelect?.(id);
    else if (step) boxOf(picture.current, ids[ids.indexOf(id) + step])?.focus();
    else return;
    event.preventDefault();
  };
  const choosingOf = ({ node: { id, pill } }: Placed) =>
    onSelect && !pill ? { choose: () => onSelect(id), onKey: (event: KeyboardEvent) => onKey(event, id), chosen: id === selected, stop: id === stop } : undefined;
  return { picture, choosingOf };
}
