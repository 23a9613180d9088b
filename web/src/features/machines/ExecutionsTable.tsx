import Button from "@cloudscape-design/components/button";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { ItemTable } from "../../ui/ItemTable";
import { PageLink, pathTo } from "../../ui/PageLink";
import { StateText } from "../../ui/StateText";
import { TimeText } from "../../ui/TimeText";
import { statusWords } from "./executions";
import { lasted } from "./durations";
import { useExecutions, type ExecutionStatus } from "./machines";

const kAll = { value: "", label: "All executions" };
const choices = [kAll, ...Object.entries(statusWords).map(([value, [, label]]) => ({ value, label }))];

/** The executions of a machine, the newest first. */
export function ExecutionsTable({ machine }: { machine: string }) {
  const [status, setStatus] = useState<string>("");
  const executions = useExecutions(machine, (status || undefined) as ExecutionStatus | undefined);
  return (
    <ItemTable
      title="Executions"
      empty="There are no executions."
      rows={executions}
      keyOf={({ executionArn = "" }) => executionArn}
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <Select
            selectedOption={choices.find(({ value }) => value === status) ?? kAll}
            options={choices}
            ariaLabel="Which executions"
            onChange={({ detail }) => setStatus(detail.selectedOption.value ?? "")}
          />
          <Button iconName="refresh" ariaLabel="Refresh" onClick={executions.again} />
        </SpaceBetween>
      }
      columns={[
        { id: "name", header: "Name", rowHeader: true, value: ({ name }) => name, cell: ({ name, executionArn = "" }) => <PageLink to={pathTo("executions", executionArn)}>{name}</PageLink> },
        { id: "status", header: "Status", value: ({ status: is }) => is, cell: ({ status: is }) => <StateText state={is} words={statusWords} /> },
        { id: "start", header: "Started", value: ({ startDate }) => startDate?.getTime(), cell: ({ startDate }) => <TimeText at={startDate} /> },
        { id: "lasted", header: "Took", value: ({ startDate, stopDate }) => (stopDate && startDate ? stopDate.getTime() - startDate.getTime() : undefined), cell: ({ startDate, stopDate }) => lasted(startDate, stopDate) },
      ]}
    />
  );
}
