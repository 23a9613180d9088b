import Box from "@cloudscape-design/components/box";
import Steps from "@cloudscape-design/components/steps";
import { PageLink, pathTo } from "../../ui/PageLink";
import { PrincipalText } from "../../ui/PrincipalText";
import { TimeText } from "../../ui/TimeText";
import type { Happening } from "./timeline";

const Details = ({ by, words, at, approvalId }: Happening) => (
  <Box color="text-body-secondary">
    {by && <div>by <PrincipalText id={by} /></div>}
    {words && <div className="quoted">{words}</div>}
    {at !== undefined && <div><TimeText at={at} /></div>}
    {approvalId && <div><PageLink to={pathTo("approvals", approvalId)}>The approval</PageLink></div>}
  </Box>
);

/** What happened, one below the other. */
export const Timeline = ({ happenings, label }: { happenings: Happening[]; label: string }) => (
  <Steps
    ariaLabel={label}
    steps={happenings.map((one) => ({ status: one.sign, statusIconAriaLabel: one.sign, header: one.what, details: <Details {...one} /> }))}
  />
);
