// What is drawn as boxes and arrows: machines, executions, proofs, lineages. The drawing is data; Graph shows it.

/** How something stands; each has a colour in both schemes and a sign for who sees no colours. */
export type Tone = "plain" | "good" | "bad" | "going" | "warned" | "idle";

export interface GraphNode {
  id: string;
  title: string;
  /** A second, smaller line. */
  note?: string | undefined;
  /** The whole of it as a sentence, for screen readers and as the tip. */
  says: string;
  tone?: Tone;
  /** A beginning or an end: a small pill. */
  pill?: boolean;
  /** The node that it stands inside of. Arrows lead only between nodes that stand inside of the same one. */
  inside?: string | undefined;
}

export interface GraphEdge {
  from: string;
  to: string;
  text?: string | undefined;
  /** The whole of it as a sentence; its text when absent. */
  says?: string;
  tone?: Tone;
  dashed?: boolean;
  /** Only puts one below the other: nothing is drawn. */
  unseen?: boolean;
}

export interface Drawing {
  nodes: GraphNode[];
  edges: GraphEdge[];
  /** From top to bottom (the default), or from left to right. */
  across?: boolean;
}

/** The sign of a tone: colour is never the only one to say it. */
export const signs: Record<Tone, string> = { plain: "", good: "✓", bad: "✕", going: "▸", warned: "!", idle: "" };

/** At most so many characters, the rest told by dots. */
export const shortened = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
