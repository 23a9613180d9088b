import Box from "@cloudscape-design/components/box";
import Spinner from "@cloudscape-design/components/spinner";

/** A page, or a part of one, that is on its way. */
export const Loading = ({ what = "Loading" }: { what?: string }) => (
  <Box padding="xxl" textAlign="center">
    <Spinner size="large" />
    <Box variant="p" color="text-status-inactive"><span role="status">{what}</span></Box>
  </Box>
);
