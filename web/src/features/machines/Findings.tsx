import Button from "@cloudscape-design/components/button";
import Box from "@cloudscape-design/components/box";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { Read } from "../../api/queries";
import { ErrorBox } from "../../ui/ErrorBox";
import type { Finding } from "./machines";

interface FindingsProps {
  findings: Read<Finding[]>;
  lineOf: (finding: Finding) => number;
  onOpen: (line: number) => void;
}

/** What is wrong with the definition, each leading to its line. */
export function Findings({ findings, lineOf, onOpen }: FindingsProps) {
  const found = findings.value;
  return (
    <div role="status" aria-label="What is wrong with the definition">
      {findings.fault && <ErrorBox fault={findings.fault} />}
      {findings.loading && <StatusIndicator type="loading">Checking the definition</StatusIndicator>}
      {found?.length === 0 && <StatusIndicator>The definition is valid.</StatusIndicator>}
      <ul className="findings">
        {found?.map((finding, at) => (
          <li key={at}>
            <StatusIndicator type={finding.severity === "WARNING" ? "warning" : "error"}>
              <Button variant="inline-link" onClick={() => onOpen(lineOf(finding))}>Line {lineOf(finding)}</Button> {finding.message}{" "}
              <Box variant="small" color="text-body-secondary" display="inline">{[finding.code, finding.location].filter(Boolean).join(" at ")}</Box>
            </StatusIndicator>
          </li>
        ))}
      </ul>
    </div>
  );
}
