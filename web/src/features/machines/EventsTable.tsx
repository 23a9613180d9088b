import Button from "@cloudscape-design/components/button";
import type { HistoryEvent } from "@aws-sdk/client-sfn";
import { ItemTable, type Rows } from "../../ui/ItemTable";
import { TimeText } from "../../ui/TimeText";
import { detailsOf, type Folded } from "./history";

interface EventsTableProps {
  rows: Rows<HistoryEvent>;
  folded: Folded;
  onOpen: (state: string) => void;
}

function saysOf(event: HistoryEvent): string {
  const { error, cause } = detailsOf(event);
  return [error, cause].filter(Boolean).join(": ");
}

/** The history as a list: the same facts as the drawing. */
export function EventsTable({ rows, folded, onOpen }: EventsTableProps) {
  const stateOf = ({ id = 0 }: HistoryEvent) => folded.visitOf.get(id)?.name;
  return (
    <ItemTable
      title="Events"
      empty="There are no events. Express executions have no history."
      filter="Find events"
      rows={rows}
      keyOf={({ id }) => String(id)}
      columns={[
        { id: "id", header: "Number", value: ({ id }) => id, cell: ({ id }) => id },
        { id: "time", header: "Time", value: ({ timestamp }) => timestamp?.getTime(), cell: ({ timestamp }) => <TimeText at={timestamp} exact /> },
        { id: "type", header: "Event", rowHeader: true, value: ({ type }) => type, cell: ({ type }) => type },
        {
          id: "state", header: "State", value: stateOf,
          cell: (event) => stateOf(event) && <Button variant="inline-link" onClick={() => onOpen(stateOf(event) ?? "")}>{stateOf(event)}</Button>,
        },
        { id: "says", header: "Error", value: saysOf, cell: (event) => <span className="breakable">{saysOf(event)}</span> },
      ]}
    />
  );
}
