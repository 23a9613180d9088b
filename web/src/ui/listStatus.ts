import type { SelectProps } from "@cloudscape-design/components/select";
import type { PagedRead } from "../api/queries";

type Listing = Required<Pick<SelectProps, "statusType" | "loadingText" | "errorText" | "recoveryText" | "onLoadItems">>;

const statusOf = ({ fault, loading, loadingMore, more }: PagedRead<unknown>) =>
  fault ? "error" : loading || loadingMore ? "loading" : more ? "pending" : "finished";

/**
 * How a list of choices that is read page by page stands, as Select, Multiselect and Autosuggest take it: the next page is asked for
 * when one scrolls to the end, and what failed can be asked again.
 * @param onSearch where the server finds names: called with what was typed
 */
export const listStatus = (rows: PagedRead<unknown>, onSearch?: (text: string) => void): Listing => ({
  statusType: statusOf(rows),
  loadingText: "Loading",
  errorText: rows.fault ? `The list cannot be loaded: ${rows.fault.message}` : "",
  recoveryText: "Try again",
  onLoadItems: ({ detail: { filteringText, firstPage, samePage } }) => {
    onSearch?.(filteringText);
    if (samePage) rows.again();
    else if (!firstPage) rows.more?.();
  },
});
