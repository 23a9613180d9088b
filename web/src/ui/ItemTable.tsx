import { useCollection } from "@cloudscape-design/collection-hooks";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import { useEffect, useState, type ReactNode } from "react";
import type { Fault } from "../api/errors";
import { ErrorBox } from "./ErrorBox";
import { kRowsShown, pageOf } from "./pageOf";

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

interface ItemTableProps<Item> {
  title: string;
  description?: ReactNode;
  /** What a list of nothing says. */
  empty: ReactNode;
  columns: Column<Item>[];
  rows: Rows<Item>;
  keyOf: (item: Item) => string;
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
  const { title, description, empty, columns, rows, keyOf, actions, filter, search, selected, variant } = props;
  const { items, filterProps, collectionProps, filteredItemsCount } = useCollection(rows.items, {
    filtering: {
      filteringFunction: (item, text) => textOf(columns, item).includes(text.toLowerCase()),
      noMatch: <Further says="Nothing of what was loaded matches." further={rows.more} />,
      empty: rows.more
        ? <Further says="Nothing to show yet." further={rows.more} />
        : <Box color="text-status-inactive">{search?.text ? "No name matches." : empty}</Box>,
    },
    sorting: {},
  });
  const { sortingColumn, sortingDescending, onSortingChange, empty: nothing } = collectionProps;
  const sorting = { sortingColumn, sortingDescending, onSortingChange, empty: nothing } as Partial<TableProps<Item>>;
  const [page, setPage] = useState(1);
  useEffect(() => setPage(1), [filterProps.filteringText, sortingColumn, sortingDescending, search?.text]);
  const shown = pageOf(items as Item[], page, rows.more !== undefined);
  if (rows.fault && rows.items.length === 0 && !search?.text) return <ErrorBox fault={rows.fault} {...(rows.again && { retry: rows.again })} />;
  return (
    <SpaceBetween size="s">
      <Table<Item>
        {...sorting}
        variant={variant ?? "container"}
        items={shown.rows}
        trackBy={keyOf}
        loading={rows.loading || shown.ahead}
        loadingText="Loading"
        wrapLines
        enableKeyboardNavigation
        columnDefinitions={columns.map(({ id, header, cell, value, rowHeader }) => ({
          id, header, cell,
          isRowHeader: rowHeader ?? false,
          ...(value && { sortingComparator: (a: Item, b: Item) => compare(value(a), value(b)) }),
        }))}
        ariaLabels={{
          tableLabel: title,
          allItemsSelectionLabel: () => "Select all",
          itemSelectionLabel: (_, item) => `Select ${keyOf(item)}`,
          selectionGroupLabel: title,
        }}
        header={
          <Header counter={rows.loading ? "" : `(${rows.items.length}${rows.more ? "+" : ""})`} description={description} actions={actions}>
            {title}
          </Header>
        }
        {...(search && {
          filter: <TextFilter filteringText={search.text} filteringPlaceholder={search.label} filteringAriaLabel={search.label}
            onChange={({ detail }) => search.onChange(detail.filteringText)} />,
        })}
        {...(filter && !search && {
          filter: <TextFilter {...filterProps} filteringPlaceholder={filter} filteringAriaLabel={filter} countText={`${filteredItemsCount ?? 0} found`} />,
        })}
        {...(selected && {
          selectionType: selected.many ? "multi" as const : "single" as const,
          selectedItems: selected.items,
          onSelectionChange: ({ detail }) => selected.onChange(detail.selectedItems),
        })}
        {...((rows.more || items.length > kRowsShown) && {
          pagination: (
            <Pagination
              currentPageIndex={page}
              pagesCount={shown.pages}
              openEnd={rows.more !== undefined}
              disabled={rows.loading}
              ariaLabels={{ previousPageLabel: "Previous page", nextPageLabel: "Next page", pageLabel: (number) => `Page ${number}`, paginationLabel: `Pages of ${title}` }}
              onChange={({ detail }) => {
                if (detail.currentPageIndex > shown.pages) rows.more?.();
                setPage(detail.currentPageIndex);
              }}
            />
          ),
        })}
      />
      <ErrorBox fault={rows.fault} />
    </SpaceBetween>
  );
}

/** In the place of rows: that there are none so far, and the way to the next page of the list. */
const Further = ({ says, further }: { says: string; further: (() => void) | undefined }) => (
  <SpaceBetween size="xs">
    <Box color="text-status-inactive">{says}</Box>
    {further && <Button onClick={further}>Look further</Button>}
  </SpaceBetween>
);

const compare = (a: string | number | undefined, b: string | number | undefined): number =>
  typeof a === "number" && typeof b === "number" ? a - b : String(a ?? "").localeCompare(String(b ?? ""));
