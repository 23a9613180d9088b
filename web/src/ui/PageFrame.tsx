import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, type ReactNode } from "react";
import { useStanding, type Crumb } from "./crumbs";

interface PageFrameProps {
  title: string;
  says?: ReactNode;
  /** Where it stands: name and path of each page above it. */
  above?: Crumb[];
  actions?: ReactNode;
  children: ReactNode;
}

/** Every page: its place, its title (also the browser's), what it is for, and its parts one below the other. */
export function PageFrame({ title, says, above = [], actions, children }: PageFrameProps) {
  useEffect(() => { document.title = `${title} · Weir`; }, [title]);
  useStanding([...above, { text: title, to: "" }]);
  return (
    <ContentLayout header={<Header variant="h1" description={says} actions={actions}>{title}</Header>}>
      <SpaceBetween size="l">{children}</SpaceBetween>
    </ContentLayout>
  );
}
