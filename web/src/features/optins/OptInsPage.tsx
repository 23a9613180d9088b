import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { ItemTable, type Column } from "../../ui/ItemTable";
import { PageFrame } from "../../ui/PageFrame";
import { PrincipalText } from "../../ui/PrincipalText";
import { TimeText } from "../../ui/TimeText";
import { keyOfHeld } from "../permissions/PermissionTable";
import { ResourceText } from "../permissions/ResourceText";
import { resourceWords } from "../permissions/resources";
import { OptInDialog, OptOutDialog } from "./OptInDialogs";
import { useOptIns, type OptIn } from "./optIns";

const columns: Column<OptIn>[] = [
  {
    id: "who", header: "Who", rowHeader: true, value: ({ Principal }) => Principal?.DataLakePrincipalIdentifier,
    cell: ({ Principal }) => <PrincipalText id={Principal?.DataLakePrincipalIdentifier} />,
  },
  {
    id: "on", header: "On", value: ({ Resource }) => Object.values(resourceWords(Resource)).join(" "),
    cell: ({ Resource, Condition }) => <ResourceText resource={Resource} condition={Condition?.Expression} />,
  },
  { id: "by", header: "By", value: ({ LastUpdatedBy }) => LastUpdatedBy, cell: ({ LastUpdatedBy }) => <PrincipalText id={LastUpdatedBy} /> },
  { id: "since", header: "Since", value: ({ LastModified }) => LastModified?.getTime(), cell: ({ LastModified }) => <TimeText at={LastModified} /> },
];

/** Hybrid access: for whom grants count at locations where IAM alone decides for everybody else. */
export default function OptInsPage() {
  const [chosen, setChosen] = useState<OptIn[]>([]);
  const [open, setOpen] = useState<"in" | "out">();
  const [one] = chosen;
  const close = () => { setOpen(undefined); setChosen([]); };
  return (
    <PageFrame
      title="Opt-ins"
      above={[{ text: "Locations", to: "/locations" }]}
      says="At a location in hybrid access mode, grants apply to principals that are opted in. For everybody else IAM policies alone decide, as before the location was registered."
    >
      <ItemTable
        title="Opt-ins"
        empty="Nobody is opted in, as far as you may see."
        filter="Find opt-ins"
        columns={columns}
        keyOf={keyOfHeld}
        rows={useOptIns()}
        selected={{ items: chosen, onChange: setChosen }}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button disabled={!one} onClick={() => setOpen("out")}>Opt out</Button>
            <Button variant="primary" onClick={() => setOpen("in")}>Opt somebody in</Button>
          </SpaceBetween>
        }
      />
      {open === "in" && <OptInDialog onClose={close} />}
      {open === "out" && one && <OptOutDialog optIn={one} onClose={close} />}
    </PageFrame>
  );
}
