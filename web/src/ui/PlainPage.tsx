import type { ReactNode } from "react";

/** A page for who is not signed in: the name over water, one narrow column, no navigation. */
export const PlainPage = ({ children }: { children: ReactNode }) => (
  <div className="plain-page">
    <header>
      <img src={`${import.meta.env.BASE_URL}weir.svg`} alt="" width="48" height="48" />
      <h1>Weir</h1>
      <p>One guarded door to the data lake</p>
    </header>
    <main>{children}</main>
  </div>
);
