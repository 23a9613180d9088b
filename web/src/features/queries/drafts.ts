// The SQL that a tab keeps: what is in the editor, and which text each query was started with.

/** How many texts of queries are kept: the server keeps their answers for minutes only. */
const kKept = 10;

export interface Drafts {
  /** Over which query's answer the text was typed; "" over none. */
  of: string;
  text: string;
  /** Id and text of queries that were started here, the newest first. */
  started: [id: string, text: string][];
}

export const noDrafts: Drafts = { of: "", text: "", started: [] };

/** The text that belongs to a query's answer, as somebody left it; where no answer shows (""), the last one. Undefined: not known here. */
export const textOf = ({ of, text, started }: Drafts, id: string): string | undefined =>
  id === "" || id === of ? text : started.find(([known]) => known === id)?.[1];

/** After somebody typed over the answer of a query. */
export const typed = (drafts: Drafts, of: string, text: string): Drafts => ({ ...drafts, of, text });

/** After a query was started. */
export const startedWith = ({ started }: Drafts, id: string, text: string): Drafts =>
  ({ of: id, text, started: [[id, text] as [string, string], ...started.filter(([known]) => known !== id)].slice(0, kKept) });

/** Drafts as they were kept; none where that is no text of ours. */
export function readDrafts(kept: string | null): Drafts {
  try {
    const read = JSON.parse(kept ?? "null") as Drafts | null;
    return read && Array.isArray(read.started) ? { ...noDrafts, ...read } : noDrafts;
  } catch {
    return noDrafts;
  }
}
