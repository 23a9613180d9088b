// The SQL that a tab keeps: what is in the editor, and which text each query was started with.

/** How many texts are kept: the server keeps their answers for minutes only. */
const kKept = 10;

export interface Draft {
  /** Over which query's answer the text stands; "" over none. */
  of: string;
  text: string;
  /** What the query was started with here. */
  asked?: string | undefined;
  /** Whether it began as a part of the query's text. */
  cut?: boolean | undefined;
}

/** Texts of the editor, the last one first. */
export type Drafts = Draft[];

export const noDrafts: Drafts = [];

/** What belongs to a query's answer, as somebody left it; where no answer shows (""), the last one. Undefined: not known here. */
export const draftOf = (drafts: Drafts, id: string): Draft | undefined => (id === "" ? drafts[0] : drafts.find(({ of }) => of === id));

const front = (drafts: Drafts, draft: Draft): Drafts => [draft, ...drafts.filter(({ of }) => of !== draft.of)].slice(0, kKept);

/** After somebody typed over the answer of a query. */
export const typed = (drafts: Drafts, of: string, text: string, cut = false): Drafts =>
  front(drafts, { ...drafts.find((one) => one.of === of), of, text, cut });

/** After a query was started with what was typed over another one's answer, which has its own text again. */
export function startedWith(drafts: Drafts, over: string, query: string, text: string): Drafts {
  const before = drafts.flatMap((one) => (one.of !== over ? [one] : one.asked === undefined ? [] : [{ ...one, text: one.asked }]));
  return front(before, { of: query, text, asked: text });
}

const isDraft = (read: unknown): read is Draft => {
  const { of, text } = Object(read) as Partial<Draft>;
  return typeof of === "string" && typeof text === "string";
};

/** Drafts as they were kept; none where that is no text of ours. */
export function readDrafts(text: string | null): Drafts {
  try {
    const read: unknown = JSON.parse(text ?? "null");
    return Array.isArray(read) ? read.filter(isDraft) : noDrafts;
  } catch {
    return noDrafts;
  }
}
