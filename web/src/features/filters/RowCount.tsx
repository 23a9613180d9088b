import type { DataCellsFilter } from "./filters";
import { countText, useRowCount } from "./preview";

interface RowCountProps {
  filter: DataCellsFilter;
  /** How many of its rows show. */
  shown: number;
}

/** How many rows a filter lets stay, beside the first of them. */
export function RowCount({ filter, shown }: RowCountProps) {
  const { value } = useRowCount(filter, shown);
  return countText(shown, value?.Rows?.[0]?.Cells?.[0]?.Value);
}
