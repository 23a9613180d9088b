import { useEffect, useState } from "react";
import { useSession } from "../../signin/useSession";
import { draftOf, readDrafts, startedWith, typed, type Drafts } from "./drafts";
import { useMyQueries } from "./queries";

export interface Editing {
  text: string;
  /** Whether the text may be only the beginning of the query's: the server lists no more of it. */
  cut: boolean;
  setText: (text: string) => void;
  /** Called with a query that was started, and its text. */
  started: (query: string, text: string) => void;
}

/** The server lists so many bytes of a query's text, fewer where a letter would be cut in two. */
const kListedBytes = 1024;
const isCut = (listed: string) => new TextEncoder().encode(listed).length > kListedBytes - 4;

/** Keeps them in the tab, as far as it has room. */
function keep(key: string, drafts: Drafts): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(drafts));
  } catch {
    sessionStorage.removeItem(key);
  }
}

/**
 * What is in the editor: kept for the person in this tab, and nowhere else.
 * @param id the query whose answer shows; its text is shown with it, from the server's list where this tab does not know it
 * @param first what the editor begins with while no answer shows
 */
export function useDraft(id: string, first: string | undefined): Editing {
  const key = `weir.sql.${useSession().arn}`;
  const [drafts, setDrafts] = useState(() => {
    const before = readDrafts(sessionStorage.getItem(key));
    return first !== undefined && id === "" ? typed(before, "", first) : before;
  });
  useEffect(() => keep(key, drafts), [key, drafts]);
  const known = draftOf(drafts, id);
  const unknown = known === undefined && id !== "";
  const listed = useMyQueries({ when: unknown }).value?.find(({ QueryId }) => QueryId === id)?.Sql ?? "";
  const cut = known ? known.cut === true : isCut(listed);
  return {
    text: known?.text ?? listed,
    cut,
    setText: (text) => setDrafts((before) => typed(before, id, text, cut && text !== "")),
    started: (query, text) => setDrafts((before) => startedWith(before, id, query, text)),
  };
}
