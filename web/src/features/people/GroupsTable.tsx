import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { ItemTable } from "../../ui/ItemTable";
import { notice } from "../../ui/notices";
import { PrincipalText } from "../../ui/PrincipalText";
import { GroupDialog } from "./GroupDialog";
import { MembersTable } from "./MembersTable";
import { useDeleteGroup, useGroups, useIsOwnRole, type Group } from "./people";

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
          empty="There are no groups yet."
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
            { id: "role", header: "Members act as", value: ({ RoleArn }) => RoleArn, cell: ({ RoleArn }) => (RoleArn ? <PrincipalText id={RoleArn} /> : "The default role") },
          ]}
        />
        {name && <MembersTable key={name} group={name} />}
      </SpaceBetween>
      {open === "new" && <GroupDialog onClose={close} />}
      {open === "change" && <GroupDialog group={chosen[0]} onClose={close} />}
      {open === "delete" && chosen[0] && <DeleteGroup group={chosen[0]} onClose={close} />}
    </>
  );
}

function DeleteGroup({ group, onClose }: { group: Group; onClose: () => void }) {
  const change = useDeleteGroup();
  const isOwnRole = useIsOwnRole();
  const { GroupName: name = "" } = group;
  const remove = async () => {
    if (!(await change.run(name))) return;
    notice(`The group ${name} is deleted.`);
    onClose();
  };
  return (
    <ConfirmDialog title={`Delete the group ${name}?`} confirm="Delete" typed={name} onConfirm={remove} onClose={onClose} running={change.running}
      fault={change.fault} loses="Its members stay, but no longer act by its role. A group that is created again under this name has no members.">
      {isOwnRole(group) && <Alert type="error">You act by the role of this group yourself. If no other group gives it to you, you lose what it lets you do.</Alert>}
    </ConfirmDialog>
  );
}
