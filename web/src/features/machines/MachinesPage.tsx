import Button from "@cloudscape-design/components/button";
import { useState } from "react";
import { ItemTable } from "../../ui/ItemTable";
import { PageFrame } from "../../ui/PageFrame";
import { PageLink, pathTo } from "../../ui/PageLink";
import { TimeText } from "../../ui/TimeText";
import { CreateMachineDialog } from "./CreateMachineDialog";
import { useMachines } from "./machines";

/** The state machines of the account. */
export default function MachinesPage() {
  const machines = useMachines();
  const [making, setMaking] = useState(false);
  return (
    <PageFrame title="State machines" says="Workflows that carry out access requests and other work in several steps.">
      <ItemTable
        title="State machines"
        empty="There are no state machines that you may see."
        filter="Find state machines"
        rows={machines}
        keyOf={({ stateMachineArn = "" }) => stateMachineArn}
        actions={<Button onClick={() => setMaking(true)}>Create state machine</Button>}
        columns={[
          { id: "name", header: "Name", rowHeader: true, value: ({ name }) => name, cell: ({ name, stateMachineArn = "" }) => <PageLink to={pathTo("machines", stateMachineArn)}>{name}</PageLink> },
          { id: "type", header: "Type", value: ({ type }) => type, cell: ({ type }) => (type === "EXPRESS" ? "Express" : "Standard") },
          { id: "made", header: "Created", value: ({ creationDate }) => creationDate?.getTime(), cell: ({ creationDate }) => <TimeText at={creationDate} /> },
        ]}
      />
      {making && <CreateMachineDialog onClose={() => setMaking(false)} />}
    </PageFrame>
  );
}
