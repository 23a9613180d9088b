import type { Column } from "../../ui/ItemTable";
import { StateText, type StateWords } from "../../ui/StateText";
import { TimeText } from "../../ui/TimeText";
import { attribute, type Person } from "./people";

const states: StateWords = {
  CONFIRMED: ["success", "Signs in"],
  FORCE_CHANGE_PASSWORD: ["pending", "Invited"],
  RESET_REQUIRED: ["warning", "Must reset the password"],
  DISABLED: ["stopped", "Disabled"],
};

const stateOf = ({ Enabled, UserStatus }: Person) => (Enabled === false ? "DISABLED" : UserStatus);

/** What lists of people say of each. */
export const peopleColumns: Column<Person>[] = [
  { id: "name", header: "Name", rowHeader: true, value: ({ Username }) => Username, cell: ({ Username }) => Username },
  { id: "mail", header: "Mail address", value: (person) => attribute(person, "email"), cell: (person) => attribute(person, "email") ?? "–" },
  { id: "state", header: "State", value: stateOf, cell: (person) => <StateText state={stateOf(person)} words={states} /> },
  { id: "made", header: "Since", value: ({ UserCreateDate }) => UserCreateDate?.getTime(), cell: ({ UserCreateDate }) => <TimeText at={UserCreateDate} /> },
];
