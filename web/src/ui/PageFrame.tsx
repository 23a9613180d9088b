import BreadcrumbGroup from "@cloudscape-design/components/breadcrumb-group";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, type ReactNode } from "react";
import { useNavigate } from "react-router";

interface PageFrameProps {
  title: string;
  says?: ReactNode;
  /** Where it stands: name and path of each page above it. */
  above?: { text: string; to: string }[];
  actions?: ReactNode;
  children: ReactNode;
}

/** Every page: its place, its title (also the browser's), what it is for, and its parts one below the other. */
export function PageFrame({ title, says, above = [], actions, children }: PageFrameProps) {
  const navigate = useNavigate();
  useEffect(() => { document.title = `${title} · Weir`; }, [title]);
  return (
    <ContentLayout
      {...(above.length > 0 && {
        breadcrumbs: (
          <BreadcrumbGroup
            ariaLabel="Where this page stands"
            items={[...above.map(({ text, to }) => ({ text, href: to })), { text: title, href: "" }]}
            onFollow={(event) => { event.preventDefault(); void navigate(event.detail.href); }}
          />
        ),
      })}
      header={<Header variant="h1" description={says} actions={actions}>{title}</Header>}
    >
      <SpaceBetween size="l">{children}</SpaceBetween>
    </ContentLayout>
  );
}
