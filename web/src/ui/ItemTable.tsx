import { useCollection } from "@cloudscape-design/collection-hooks";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import TextFilter, { type TextFilterProps } from "@cloudscape-design/components/text-filter";
import type { ReactNode } from "react";
import type { Fault } from "../api/errors";
import type { Read } from "../api/queries";
import { ErrorBox } from "./ErrorBox";
import { kHome } from "./dialogFocus";
import { kRowsShown, type RowsShown } from "./pageOf";
import { usePaging } from "./usePaging";

/** One column: what its cells show and, where that is no text, what they sort and are found by. */
export interface Column<Item> {
  id: string;
  header: string;
  cell: (item: Item) => ReactNode;
  /** Text or number of the cell; columns without one cannot be sorted. */
  value?: (item: Item) => string | number | undefined;
  rowHeader?: boolean;
}

/** What a list shows: a PagedRead, or items that are all there. */
export interface Rows<Item> {
  items: Item[];
  fault?: Fault | undefined;
  loading: boolean;
  more?: (() => void) | undefined;
  loadingMore?: boolean;
  again?: () => void;
}

/** A list that is read as a whole, as a list shows it. */
export const rowsOf = <Item,>({ value, ...how }: Read<Item[]>): Rows<Item> => ({ ...how, items: value ?? [] });

interface ItemTableProps<Item> {
  title: string;
  description?: ReactNode;
  /** What a list of nothing says. */
  empty: ReactNode;
  columns: Column<Item>[];
  rows: Rows<Item>;
  keyOf: (item: Item) => string;
  /** What a row is called where it is selected; what tells it from others, its key, where that says something. */
  nameOf?: (item: Item) => string;
  actions?: ReactNode;
  /** What is asked for in the filter; a list without it has no filter. Finds among what was loaded. */
  filter?: string;
  /** A filter that the server answers: its label and text; the caller asks for other rows when it changes. */
  search?: { label: string; text: string; onChange: (text: string) => void };
  selected?: { items: Item[]; onChange: (items: Item[]) => void; many?: boolean };
  variant?: TableProps.Variant;
}

const textOf = <Item,>(columns: Column<Item>[], item: Item) =>
  columns.map((column) => column.value?.(item) ?? "").join("\n").toLowerCase();

/** The one list of the console: shows page by page, loads what it shows, finds, sorts, selects, and says why it is empty. */
export function ItemTable<Item>(props: ItemTableProps<Item>) {
  const { title, columns, rows, keyOf, nameOf = keyOf, filter, search, selected, variant } = props;
  const { shown, turn, collection, filterProps, found } = useCollected(props);
  const error = <ErrorBox fault={rows.fault} {...(rows.again && { retry: rows.again })} />;
  if (rows.fault && rows.items.length === 0 && !search?.text) return error;
  return (
    <SpaceBetween size="s">
      <Table<Item>
        {...collection}
        variant={variant ?? "container"}
        items={shown.rows}
        trackBy={keyOf}
        loading={rows.loading || shown.ahead}
        loadingText="Loading"
        wrapLines
        enableKeyboardNavigation
        columnDefinitions={columns.map(definitionOf)}
        ariaLabels={labelsOf(title, nameOf)}
        header={<ListHeader {...props} />}
        {...((search ?? filter) && { filter: <ListFilter search={search} filter={filter} own={filterProps} found={found} /> })}
        {...(selected && selectionOf(selected))}
        {...((rows.more || found > kRowsShown) && { pagination: <ListPages title={title} rows={rows} shown={shown} onTurn={turn} /> })}
      />
      {error}
    </SpaceBetween>
  );
}

/** The items as they are found, sorted and turned to; `collection` is what the table is told about it. */
function useCollected<Item>({ columns, rows, search, empty }: ItemTableProps<Item>) {
  const { items, filterProps, collectionProps, filteredItemsCount = 0 } = useCollection(rows.items, {
    filtering: {
      filteringFunction: (item, text) => textOf(columns, item).includes(text.toLowerCase()),
      noMatch: <Further says="No match among the rows that are loaded." further={rows.more} />,
      empty: <Nothing rows={rows} searched={Boolean(search?.text)} empty={empty} />,
    },
    sorting: {},
  });
  const { sortingColumn, sortingDescending, onSortingChange, empty: nothing } = collectionProps;
  const collection = { sortingColumn, sortingDescending, onSortingChange, empty: nothing } as Partial<TableProps<Item>>;
  const sorted = (sortingColumn as { id?: string } | undefined)?.id;
  const begin = JSON.stringify([filterProps.filteringText, sorted, sortingDescending, search?.text]);
  return { ...usePaging(items as Item[], rows, begin), collection, filterProps, found: filteredItemsCount };
}

const labelsOf = <Item,>(title: string, nameOf: (item: Item) => string): TableProps.AriaLabels<Item> => ({
  tableLabel: title,
  allItemsSelectionLabel: () => "Select all",
  itemSelectionLabel: (_, item) => `Select ${nameOf(item)}`,
  selectionGroupLabel: title,
});

const selectionOf = <Item,>({ items, onChange, many }: NonNullable<ItemTableProps<Item>["selected"]>) => ({
  selectionType: many ? "multi" as const : "single" as const,
  selectedItems: items,
  onSelectionChange: ({ detail }: { detail: TableProps.SelectionChangeDetail<Item> }) => onChange(detail.selectedItems),
});

const definitionOf = <Item,>({ id, header, cell, value, rowHeader }: Column<Item>): TableProps.ColumnDefinition<Item> => ({
  id, header, cell,
  isRowHeader: rowHeader ?? false,
  ...(value && { sortingComparator: (a: Item, b: Item) => compare(value(a), value(b)) }),
});

/** What the list is called, how many there are, and what can be done. Its title takes the keyboard where a button has gone. */
function ListHeader<Item>({ title, description, actions, rows }: ItemTableProps<Item>) {
  const unknown = rows.loading || (rows.fault && rows.items.length === 0);
  return (
    <Header counter={unknown ? "" : `(${rows.items.length}${rows.more ? "+" : ""})`} description={description} actions={actions}>
      <span tabIndex={-1} {...kHome}>{title}</span>
    </Header>
  );
}

interface ListFilterProps {
  search: ItemTableProps<unknown>["search"];
  filter: string | undefined;
  own: TextFilterProps;
  /** How many items the list's own filter leaves. */
  found: number;
}

/** What one finds by: answered by the server, or among what was loaded. */
function ListFilter({ search, filter, own, found }: ListFilterProps) {
  if (search)
    return (
      <TextFilter filteringText={search.text} filteringPlaceholder={search.label} filteringAriaLabel={search.label}
        onChange={({ detail }) => search.onChange(detail.filteringText)} />
    );
  return <TextFilter {...own} filteringPlaceholder={filter ?? ""} filteringAriaLabel={filter ?? ""} countText={`${found} found`} />;
}

interface ListPagesProps<Item> {
  title: string;
  rows: Rows<Item>;
  shown: RowsShown<Item>;
  onTurn: (page: number) => void;
}

const ListPages = <Item,>({ title, rows, shown, onTurn }: ListPagesProps<Item>) => (
  <Pagination
    currentPageIndex={shown.page}
    pagesCount={shown.pages}
    openEnd={rows.more !== undefined}
    disabled={rows.loading}
    ariaLabels={{ previousPageLabel: "Previous page", nextPageLabel: "Next page", pageLabel: (number) => `Page ${number}`, paginationLabel: `Pages of ${title}` }}
    onChange={({ detail }) => onTurn(detail.currentPageIndex)}
  />
);

interface NothingProps<Item> {
  rows: Rows<Item>;
  searched: boolean;
  empty: ReactNode;
}

/** Why a list has no rows. */
function Nothing<Item>({ rows, searched, empty }: NothingProps<Item>) {
  if (rows.fault) return <Box color="text-status-inactive">The search failed.</Box>;
  if (rows.more) return <Further says="No rows so far." further={rows.more} />;
  return <Box color="text-status-inactive">{searched ? "No name matches." : empty}</Box>;
}

/** In the place of rows: that there are none so far, and the way to the next page of the list. */
const Further = ({ says, further }: { says: string; further: (() => void) | undefined }) => (
  <SpaceBetween size="xs">
    <Box color="text-status-inactive">{says}</Box>
    {further && <Button onClick={further}>Load more</Button>}
  </SpaceBetween>
);

const compare = (a: string | number | undefined, b: string | number | undefined): number =>
  typeof a === "number" && typeof b === "number" ? a - b : String(a ?? "").localeCompare(String(b ?? ""));
