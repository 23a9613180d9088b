import Box from "@cloudscape-design/components/box";
import { principalWords } from "./principals";

interface PrincipalTextProps {
  id: string | undefined;
  /** What it means that there is none. */
  none?: string;
}

/** A principal as people call it, with what it is; the whole identifier shows when it is pointed at. */
export function PrincipalText({ id, none = "–" }: PrincipalTextProps) {
  if (!id) return <Box color="text-status-inactive">{none}</Box>;
  const { kind, name } = principalWords(id);
  return (
    <span title={id} className="breakable">
      {name} <Box variant="small" color="text-body-secondary" display="inline">{kind}</Box>
    </span>
  );
}
