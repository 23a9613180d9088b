import Box from "@cloudscape-design/components/box";
import type { ReactNode } from "react";

/** A page for who is not signed in: one narrow column, no navigation. */
export const PlainPage = ({ children }: { children: ReactNode }) => (
  <main className="plain-page">
    <Box textAlign="center" padding={{ vertical: "l" }}>
      <img src={`${import.meta.env.BASE_URL}weir.svg`} alt="" width="48" height="48" />
      <Box variant="h1">Weir</Box>
    </Box>
    {children}
  </main>
);
