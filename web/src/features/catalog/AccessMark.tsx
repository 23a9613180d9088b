import { StateText, type StateWords } from "../../ui/StateText";
import type { ColumnAccess, MyAccess } from "./myAccess";

const levels: StateWords = {
  NONE: ["stopped", "None"],
  DESCRIBE: ["info", "Names only"],
  SELECT_SOME: ["warning", "Reads a part"],
  SELECT: ["success", "Reads all"],
  WRITE: ["success", "Reads and writes"],
  SUPER: ["success", "Everything"],
} satisfies Record<NonNullable<MyAccess["Level"]>, StateWords[string]>;

/** How much the person may do with a table. */
export const LevelMark = ({ level }: { level: MyAccess["Level"] }) => (level ? <StateText state={level} words={levels} /> : null);

const words: StateWords = {
  FULL: ["success", "Every value"],
  ROWS: ["warning", "In your rows"],
  MASKED: ["warning", "Hidden in some rows"],
  PARTIAL: ["warning", "Some fields"],
  NONE: ["stopped", "None"],
} satisfies Record<ColumnAccess, StateWords[string]>;

/** What of a column the person reads. */
export const AccessMark = ({ access }: { access: ColumnAccess | undefined }) =>
  <StateText state={access ?? "NONE"} words={words} />;
