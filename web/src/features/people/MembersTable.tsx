import { ItemTable } from "../../ui/ItemTable";
import { usePeopleIn, type Person } from "./people";
import { peopleColumns } from "./peopleColumns";

/** Who is in a group. */
export function MembersTable({ group }: { group: string }) {
  return (
    <ItemTable<Person>
      title={`Members of ${group}`}
      empty="This group has no members. Add them in the list of users: Actions, Groups."
      rows={usePeopleIn(group)}
      keyOf={({ Username = "" }) => Username}
      columns={peopleColumns}
    />
  );
}
