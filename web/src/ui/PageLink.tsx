import Link from "@cloudscape-design/components/link";
import type { ReactNode } from "react";
import { useHref, useNavigate } from "react-router";

/** A link to another page of the console, without loading it anew. */
export function PageLink({ to, children }: { to: string; children: ReactNode }) {
  const href = useHref(to);
  const navigate = useNavigate();
  return (
    <Link href={href} onFollow={(event) => { event.preventDefault(); void navigate(to); }}>{children}</Link>
  );
}

/** The path of a page, its parts escaped: `pathTo("databases", name)`. */
export const pathTo = (...parts: string[]): string => `/${parts.map(encodeURIComponent).join("/")}`;
