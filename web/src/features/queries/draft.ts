import { useEffect, useState } from "react";
import { useSession } from "../../signin/useSession";
import { readDrafts, startedWith, textOf, typed } from "./drafts";
import { useMyQueries } from "./queries";

export interface Draft {
  text: string;
  /** Whether the text is only the beginning of the query's: the server lists no more of it. */
  cut: boolean;
  setText: (text: string) => void;
  /** Called with a query that was started, and its text. */
  started: (query: string, text: string) => void;
}

/** The server lists so many bytes of a query's text, fewer where a letter would be cut in two. */
const kListedBytes = 1024;
const isCut = (listed: string) => new TextEncoder().encode(listed).length > kListedBytes - 4;

/**
 * What is in the editor: kept for the person in this tab, and nowhere else.
 * @param id the query whose answer shows; its text is shown with it, from the server's list where this tab does not know it
 * @param first what the editor begins with while no answer shows
 */
export function useDraft(id: string, first: string | undefined): Draft {
  const key = `weir.sql.${useSession().arn}`;
  const [drafts, setDrafts] = useState(() => {
    const kept = readDrafts(sessionStorage.getItem(key));
    return first !== undefined && id === "" ? typed(kept, "", first) : kept;
  });
  useEffect(() => sessionStorage.setItem(key, JSON.stringify(drafts)), [key, drafts]);
  const known = textOf(drafts, id);
  const listed = useMyQueries({ when: known === undefined }).value?.find(({ QueryId }) => QueryId === id)?.Sql ?? "";
  return {
    text: known ?? listed,
    cut: known === undefined && isCut(listed),
    setText: (text) => setDrafts((before) => typed(before, id, text)),
    started: (query, text) => setDrafts((before) => startedWith(before, query, text)),
  };
}
