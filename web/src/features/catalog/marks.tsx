import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { LFTagPair } from "@aws-sdk/client-lakeformation";
import type { Personal } from "./described";

/** Whether there is data about people in it. What nobody said is no mark. */
export function PersonalMark({ personal }: { personal: Personal }) {
  switch (personal) {
    case "yes": return <Badge color="red">Personal data</Badge>;
    case "no": return <Badge color="green">No personal data</Badge>;
    case "unknown": return <Box color="text-status-inactive">Not said</Box>;
  }
}

/** LF-Tags as they are assigned: `domain = sales`. */
export const TagMarks = ({ tags, none = "None" }: { tags: LFTagPair[]; none?: string }) =>
  tags.length === 0 ? <Box color="text-status-inactive">{none}</Box> : (
    <SpaceBetween direction="horizontal" size="xxs">
      {tags.map(({ TagKey, TagValues }) => <Badge key={TagKey} color="blue">{TagKey} = {TagValues?.join(", ")}</Badge>)}
    </SpaceBetween>
  );

/** Whose it is, when it is another account's, and where it leads, when it is another name. */
export const OriginMarks = ({ lender, target }: { lender?: string | undefined; target?: string | undefined }) => (
  <SpaceBetween direction="horizontal" size="xxs">
    {lender && <Badge color="blue">Shared by {lender}</Badge>}
    {target && <Badge>Link to {target}</Badge>}
  </SpaceBetween>
);
