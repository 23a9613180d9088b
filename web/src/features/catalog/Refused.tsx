import Box from "@cloudscape-design/components/box";
import { PageLink, pathTo } from "../../ui/PageLink";
import { isDenied, type Fault } from "../../api/errors";

/** In the place of one fact among others: that there is none for the person, and why. */
export const Refused = ({ fault }: { fault: Fault }) => (
  <Box color="text-status-inactive">
    {isDenied(fault) ? "You may not see this." : fault.message}{" "}
    {fault.decisionId && <PageLink to={pathTo("explain", fault.decisionId)}>Why?</PageLink>}
  </Box>
);
