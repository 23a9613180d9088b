import Button, { type ButtonProps } from "@cloudscape-design/components/button";
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

/** A button that leads to another page of the console. */
export function PageButton({ to, variant = "normal", children }: { to: string; variant?: ButtonProps.Variant; children: ReactNode }) {
  const href = useHref(to);
  const navigate = useNavigate();
  return (
    <Button variant={variant} href={href} onFollow={(event) => { event.preventDefault(); void navigate(to); }}>{children}</Button>
  );
}

/** The path of a page, its parts escaped: `pathTo("databases", name)`. */
export const pathTo = (...parts: string[]): string => `/${parts.map(encodeURIComponent).join("/")}`;
