import Box from "@cloudscape-design/components/box";
import type { ReactNode } from "react";
import type { Resource } from "./permissions";
import { resourceWords } from "./resources";

interface ResourceTextProps {
  resource: Resource | undefined;
  /** Under which condition it counts there. */
  condition?: string | undefined;
  /** What else is said of it. */
  children?: ReactNode;
}

/** A resource in a cell: what kind it is, its name, which part of it. */
export function ResourceText({ resource, condition, children }: ResourceTextProps) {
  const { kind, name, part } = resourceWords(resource);
  return (
    <span className="breakable">
      <Box variant="small" color="text-body-secondary" display="block">{kind}</Box>
      {name}{part && <Box color="text-body-secondary">{part}</Box>}
      {condition && <Box color="text-body-secondary">when {condition}</Box>}
      {children}
    </span>
  );
}
