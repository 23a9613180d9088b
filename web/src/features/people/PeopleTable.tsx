import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { ItemTable } from "../../ui/ItemTable";
import { useSettled } from "../../ui/settled";
import { DeedDialog, deeds } from "./DeedDialog";
import { InviteDialog } from "./InviteDialog";
import { MembershipDialog } from "./MembershipDialog";
import { usePeople, type Deed, type Person } from "./people";
import { peopleColumns } from "./peopleColumns";

type Open = Deed | "groups" | "new";

/** Everybody in the pool, and what an administrator does with one of them. */
export function PeopleTable() {
  const [text, setText] = useState("");
  const people = usePeople(useSettled(text, 250));
  const [chosen, setChosen] = useState<Person[]>([]);
  const [open, setOpen] = useState<Open>();
  const name = chosen[0]?.Username;
  const close = () => { setOpen(undefined); setChosen([]); };
  return (
    <>
      <ItemTable<Person>
        title="Users"
        empty="There are no users yet. Invite somebody."
        search={{ label: "Find users by the beginning of their names", text, onChange: setText }}
        rows={people}
        keyOf={({ Username = "" }) => Username}
        selected={{ items: chosen, onChange: setChosen }}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <ButtonDropdown
              disabled={!name}
              items={[{ id: "groups", text: "Groups" }, ...Object.entries(deeds).map(([id, { action }]) => ({ id, text: action }))]}
              onItemClick={({ detail }) => setOpen(detail.id as Open)}
            >
              Actions
            </ButtonDropdown>
            <Button variant="primary" onClick={() => setOpen("new")}>Invite</Button>
          </SpaceBetween>
        }
        columns={peopleColumns}
      />
      {open === "new" && <InviteDialog onClose={close} />}
      {open === "groups" && name && <MembershipDialog name={name} onClose={close} />}
      {open && open !== "new" && open !== "groups" && name && <DeedDialog deed={open} name={name} onClose={close} />}
    </>
  );
}
