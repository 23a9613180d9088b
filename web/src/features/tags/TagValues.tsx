import Badge from "@cloudscape-design/components/badge";
import SpaceBetween from "@cloudscape-design/components/space-between";

const kShown = 20;

/** Values of an LF-Tag, the first ones of many. */
export const TagValues = ({ values = [] }: { values: string[] | undefined }) => (
  <SpaceBetween direction="horizontal" size="xxs">
    {values.slice(0, kShown).map((value) => <Badge key={value} color="blue">{value}</Badge>)}
    {values.length > kShown && <span>and {values.length - kShown} more</span>}
  </SpaceBetween>
);
