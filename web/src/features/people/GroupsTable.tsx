import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { ItemTable } from "../../ui/ItemTable";
import { notice } from "../../ui/notices";
import { PrincipalText } from "../../ui/PrincipalText";
import { CreateGroupDialog } from "./CreateGroupDialog";
import { useDeleteGroup, useGroups, type Group } from "./people";

/** Groups, and the roles that their people act as. */
export function GroupsTable() {
  const groups = useGroups();
  const [chosen, setChosen] = useState<Group[]>([]);
  const [open, setOpen] = useState<"new" | "delete">();
  const name = chosen[0]?.GroupName;
  const close = () => { setOpen(undefined); setChosen([]); };
  return (
    <>
      <ItemTable<Group>
        title="Groups"
        empty="There is no group yet."
        filter="Find groups"
        rows={groups}
        keyOf={({ GroupName = "" }) => GroupName}
        selected={{ items: chosen, onChange: setChosen }}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
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
      {open === "new" && <CreateGroupDialog onClose={close} />}
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
