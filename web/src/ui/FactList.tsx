import KeyValuePairs, { type KeyValuePairsProps } from "@cloudscape-design/components/key-value-pairs";

interface FactListProps {
  items: KeyValuePairsProps.Pair[];
  /** How many stand side by side where there is room. */
  columns?: number;
}

/** The narrowest column in which ids and times are still read in one go: telephones show one. */
const kNarrowest = 190;

/** Facts, each below its name. */
export const FactList = ({ items, columns = 3 }: FactListProps) =>
  <KeyValuePairs columns={columns} minColumnWidth={kNarrowest} items={items} />;
