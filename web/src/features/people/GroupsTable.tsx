import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { ItemTable } from "../../ui/ItemTable";
import { notice } from "../../ui/notices";
import { PrincipalText } from "../../ui/PrincipalText";
import { GroupDialog } from "./GroupDialog";
import { MembersTable } from "./MembersTable";
import { useDeleteGroup, useGroups, type Group } from "./people";

/** Groups, the roles that their people act as, and who is in the chosen one. */
export function GroupsTable() {
  const groups = useGroups();
  const [chosen, setChosen] = useState<Group[]>([]);
  const [open, setOpen] = useState<"new" | "change" | "delete">();
  const name = chosen[0]?.GroupName;
  const close = () => { setOpen(undefined); setChosen([]); };
  return (
    <>
      <SpaceBetween size="l">
        <ItemTable<Group>
          title="Groups"
          empty="There is no group yet."
          filter="Find groups"
          rows={groups}
          keyOf={({ GroupName = "" }) => GroupName}
          selected={{ items: chosen, onChange: setChosen }}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button disabled={!name} onClick={() => setOpen("change")}>Change</Button>
              <Button disabled={!name} onClick={() => setOpen("delete")}>Delete</Button>
              <Button variant="primary" onClick={() => setOpen("new")}>Create group</Button>
            </SpaceBetween>
          }
          columns={[
            { id: "name", header: "Name", rowHeader: true, value: ({ GroupName }) => GroupName, cell: ({ GroupName }) => GroupName },
            { id: "description", header: "Description", value: ({ Description }) => Description, cell: ({ Description }) => Description ?? "" },
            { id: "role", header: "Its people act as", value: ({ RoleArn }) => RoleArn, cell: ({ RoleArn }) => (RoleArn ? <PrincipalText id={RoleArn} /> : "What everybody is") },
          ]}
        />
        {name && <MembersTable key={name} group={name} />}
      </SpaceBetween>
      {open === "new" && <GroupDialog onClose={close} />}
      {open === "change" && <GroupDialog group={chosen[0]} onClose={close} />}
      {open === "delete" && name && <DeleteGroup name={name} onClose={close} />}
    </>
  );
}

function DeleteGroup({ name, onClose }: { name: string; onClose: () => void }) {
  const change = useDeleteGroup();
  const remove = async () => {
    if (!(await change.run(name))) return;
    notice(`The group ${name} is deleted.`);
    onClose();
  };
  return (
    <ConfirmDialog title={`Delete the group ${name}?`} confirm="Delete" typed={name} onConfirm={remove} onClose={onClose} running={change.running}
      fault={change.fault} loses="Its people stay, and act as its role no more. A group made again under this name has nobody in it." />
  );
}
