import { ItemTable } from "../../ui/ItemTable";
import { usePeopleIn, type Person } from "./people";
import { peopleColumns } from "./peopleColumns";

/** Who is in a group. */
export function MembersTable({ group }: { group: string }) {
  return (
    <ItemTable<Person>
      title={`Members of ${group}`}
      empty="Nobody is in it. Users are put into groups in the list of users."
      rows={usePeopleIn(group)}
      keyOf={({ Username = "" }) => Username}
      columns={peopleColumns}
    />
  );
}
