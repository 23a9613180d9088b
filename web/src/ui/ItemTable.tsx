import { useCollection } from "@cloudscape-design/collection-hooks";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import type { ReactNode } from "react";
import type { Fault } from "../api/errors";
import { ErrorBox } from "./ErrorBox";

/** One column: what its cells show and, where that is no text, what they sort and are found by. */
export interface Column<Item> {
  id: string;
  header: string;
  cell: (item: Item) => ReactNode;
  /** Text or number of the cell; columns without one cannot be sorted. */
  value?: (item: Item) => string | number | undefined;
  rowHeader?: boolean;
}

interface ItemTableProps<Item> {
  title: string;
  description?: ReactNode;
  /** What a list of nothing says. */
  empty: string;
  columns: Column<Item>[];
  rows: { items: Item[]; fault?: Fault | undefined; loading: boolean; more?: (() => void) | undefined; loadingMore?: boolean; again?: () => void };
  keyOf: (item: Item) => string;
  actions?: ReactNode;
  /** What is asked for in the filter; a list without it has no filter. Finds among what was loaded. */
  filter?: string;
  selected?: { items: Item[]; onChange: (items: Item[]) => void; many?: boolean };
  variant?: TableProps.Variant;
}

const textOf = <Item,>(columns: Column<Item>[], item: Item) =>
  columns.map((column) => column.value?.(item) ?? "").join("\n").toLowerCase();

/** The one list of the console: loads page by page, finds, sorts, selects, and says why it is empty. */
export function ItemTable<Item>(props: ItemTableProps<Item>) {
  const { title, description, empty, columns, rows, keyOf, actions, filter, selected, variant } = props;
  const { items, filterProps, collectionProps, filteredItemsCount } = useCollection(rows.items, {
    filtering: {
      filteringFunction: (item, text) => textOf(columns, item).includes(text.toLowerCase()),
      noMatch: <Box color="text-status-inactive">Nothing of what was loaded matches.</Box>,
      empty: <Box color="text-status-inactive">{empty}</Box>,
    },
    sorting: {},
  });
  const { sortingColumn, sortingDescending, onSortingChange, empty: nothing } = collectionProps;
  const sorting = { sortingColumn, sortingDescending, onSortingChange, empty: nothing } as Partial<TableProps<Item>>;
  if (rows.fault && rows.items.length === 0) return <ErrorBox fault={rows.fault} {...(rows.again && { retry: rows.again })} />;
  return (
    <SpaceBetween size="s">
      <Table<Item>
        {...sorting}
        variant={variant ?? "container"}
        items={items}
        trackBy={keyOf}
        loading={rows.loading}
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
        {...(filter && {
          filter: <TextFilter {...filterProps} filteringPlaceholder={filter} filteringAriaLabel={filter} countText={`${filteredItemsCount ?? 0} found`} />,
        })}
        {...(selected && {
          selectionType: selected.many ? "multi" as const : "single" as const,
          selectedItems: selected.items,
          onSelectionChange: ({ detail }) => selected.onChange(detail.selectedItems),
        })}
        footer={rows.more && (
          <Box textAlign="center"><Button onClick={rows.more} loading={rows.loadingMore ?? false}>Show more</Button></Box>
        )}
      />
      <ErrorBox fault={rows.fault} />
    </SpaceBetween>
  );
}

const compare = (a: string | number | undefined, b: string | number | undefined): number =>
  typeof a === "number" && typeof b === "number" ? a - b : String(a ?? "").localeCompare(String(b ?? ""));
