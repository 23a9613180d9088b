import {
  MutationCache, QueryCache, QueryClient, useInfiniteQuery, useMutation, useQueries, useQuery, useQueryClient, type QueryKey,
} from "@tanstack/react-query";
import { useState } from "react";
import { noticeLater } from "../ui/notices";
import { faultOf, faultOfChange, isPassing, isSignInEnd, type Fault } from "./errors";
import { useLeft } from "./left";

/**
 * What is asked once is kept for half a minute; refusals are not asked again, and nothing is because the network came back: an editor
 * that begins with what was read would begin anew, without what was typed. What could not be read for a moment is tried twice more. A
 * change is sent once, and now: neither again, as it may have been done, nor later, as nobody waits for it then.
 * @param ended is called when an answer says that the person is not signed in any more.
 */
export function newQueryClient(ended: () => void) {
  const onError = (thrown: unknown) => void (isSignInEnd(faultOf(thrown)) && ended());
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 30_000, refetchOnWindowFocus: false, refetchOnReconnect: false, networkMode: "always",
        retry: (failed, thrown) => failed < 2 && isPassing(thrown), retryDelay: (failed) => 200 * 2 ** failed,
      },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}

/** Something that is read from the server: the value, or why there is none. */
export interface Read<Value> {
  value: Value | undefined;
  fault: Fault | undefined;
  loading: boolean;
  again: () => void;
}

interface ReadOptions<Value> {
  /** False waits. */
  when?: boolean;
  /** Reads again after so many milliseconds, while the page is to be seen; 0 does not, and what was read last may decide. */
  every?: number | ((last: Value | undefined) => number);
  /** It is about this moment: nothing is kept once it does not show any more, and a change does not ask for it again. */
  momentary?: boolean;
  /** It is a list, and as lists are read again also after a change that failed. */
  list?: boolean;
}

/** Reads once and keeps it under `key`. */
export function useRead<Value>(
  key: QueryKey,
  read: (abort: AbortSignal) => Promise<Value>,
  { when = true, every = 0, momentary = false, list = false }: ReadOptions<Value> = {},
): Read<Value> {
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => read(signal),
    enabled: when,
    refetchInterval: (query) => (typeof every === "function" ? every(query.state.data) : every) || false,
    meta: { momentary, list },
    ...(momentary && { staleTime: 0, gcTime: 0 }),
  });
  return {
    value: query.data,
    fault: query.error ? faultOf(query.error) : undefined,
    loading: query.isLoading,
    again: () => void query.refetch(),
  };
}

/** Reads several values at once, each kept under its own key. What is not there, or not yet, is undefined. */
export const useReads = <Value>(reads: { key: QueryKey; read: (abort: AbortSignal) => Promise<Value> }[]): (Value | undefined)[] =>
  useQueries({
    queries: reads.map(({ key, read }) => ({ queryKey: key, queryFn: ({ signal }: { signal: AbortSignal }) => read(signal) })),
    combine: (answers) => answers.map(({ data }) => data),
  });

/** One page of a list, as all AWS lists are: items and, while there is more, a token. */
export interface Page<Item> {
  items: Item[];
  next?: string | undefined;
}

/** Every item of a list, page after page, for as long as it is asked for the next one. @param read one page; its token is that of the page before */
export async function* everyItem<Item>(read: (token: string | undefined) => Promise<Page<Item>>): AsyncGenerator<Item> {
  let token: string | undefined;
  do {
    const { items, next } = await read(token);
    yield* items;
    token = next || undefined;
  } while (token);
}

/** All items of a list to its end: for what must not miss one. */
export async function allItems<Item>(read: (token: string | undefined) => Promise<Page<Item>>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of everyItem(read)) items.push(item);
  return items;
}

/** A list as far as it was read. */
export interface PagedRead<Item> {
  items: Item[];
  fault: Fault | undefined;
  loading: boolean;
  /** Asks for the next page; absent at the end. */
  more: (() => void) | undefined;
  loadingMore: boolean;
  /** Reads again what failed: the next page, or all of them. */
  again: () => void;
}

/** Reads a list page by page. Not more than it is asked for: lists of a lake are long. */
export function usePages<Item>(
  key: QueryKey,
  read: (token: string | undefined, abort: AbortSignal) => Promise<Page<Item>>,
  { when = true }: { when?: boolean } = {},
): PagedRead<Item> {
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: Page<Item>) => last.next || undefined,
    enabled: when,
    meta: { list: true },
  });
  const more = () => void (query.isFetchingNextPage || query.fetchNextPage());
  return {
    items: query.data?.pages.flatMap((page) => page.items) ?? [],
    fault: query.error ? faultOf(query.error) : undefined,
    loading: query.isLoading,
    more: query.hasNextPage ? more : undefined,
    loadingMore: query.isFetchingNextPage,
    again: query.isFetchNextPageError ? more : () => void query.refetch(),
  };
}

/**
 * Something that changes the server: `run` answers as soon as it is done, never throws, and answers undefined when it failed; `fault` says
 * why. Who has left meanwhile is answered undefined, too, and told by a notice how it ended.
 */
export interface Change<Input, Output> {
  run: (input: Input) => Promise<Output | undefined>;
  /** While it is done, and until what it changed was read again. */
  running: boolean;
  fault: Fault | undefined;
  forget: () => void;
}

/**
 * Reads again what shows, and the rest when it shows again: after a change anything may be another, as what one sees hangs on grants,
 * tags, locations and settings alike. @param of only what is kept under this key
 */
export const readAgain = (queries: QueryClient, of?: QueryKey): Promise<void> =>
  queries.invalidateQueries({ ...(of && { queryKey: of }), predicate: ({ meta }) => !meta?.["momentary"] });

/** The key of a change after which nothing that was read is another, or shows. */
export const kNothing: QueryKey = ["nothing"];

/**
 * Lists read again: after a change that failed, as a part of it may have been done. Single values are not, since an editor may begin
 * with one, and what was typed there must stay.
 */
const readListsAgain = (queries: QueryClient, of?: QueryKey): Promise<void> =>
  queries.invalidateQueries({ ...(of && { queryKey: of }), predicate: ({ meta }) => meta?.["list"] === true && !meta["momentary"] });

/** Tells who did not wait for the end of a change. */
const tellLate = (tell: ReturnType<typeof noticeLater>, fault: Fault | undefined): void =>
  fault ? tell(`What you did not wait for did not work: ${fault.message}`, "error") : tell("What you did not wait for is done.");

/**
 * Something that changes the server; what was read is read again after it.
 * @param change of several calls, looks at `left` between them: what was not sent yet is not sent once who asked for it has left
 * @param of the key of all that it can change
 */
export function useChange<Input, Output>(change: (input: Input, left: AbortSignal) => Promise<Output>, of?: QueryKey): Change<Input, Output> {
  const queries = useQueryClient();
  const left = useLeft();
  const [reading, setReading] = useState(false);
  const mutation = useMutation({
    mutationFn: (input: Input) => change(input, left.current.signal),
    onSuccess: () => {
      setReading(true);
      void readAgain(queries, of).finally(() => setReading(false));
    },
    onError: () => void readListsAgain(queries, of),
  });
  const run = async (input: Input) => {
    const { signal } = left.current;
    const tell = noticeLater();
    const { done, fault } = await mutation.mutateAsync(input).then(
      (done) => ({ done, fault: undefined }), (thrown: unknown) => ({ done: undefined, fault: faultOfChange(thrown) }));
    if (!signal.aborted) return done;
    tellLate(tell, fault);
    return undefined;
  };
  return {
    run,
    running: mutation.isPending || reading,
    fault: mutation.error ? faultOfChange(mutation.error) : undefined,
    forget: mutation.reset,
  };
}
