import AppLayoutToolbar from "@cloudscape-design/components/app-layout-toolbar";
import BreadcrumbGroup from "@cloudscape-design/components/breadcrumb-group";
import SideNavigation, { type SideNavigationProps } from "@cloudscape-design/components/side-navigation";
import TopNavigation from "@cloudscape-design/components/top-navigation";
import { Suspense, useEffect, useState } from "react";
import { Outlet, useLocation, useNavigate } from "react-router";
import { useSession } from "../signin/useSession";
import { Loading } from "../ui/Loading";
import { usePlace } from "../ui/crumbs";
import { Notices } from "../ui/notices";
import { groups, pages } from "./pages";
import { nextTheme, setTheme, theme, themeNames } from "./theme";

const kBase = import.meta.env.BASE_URL.replace(/\/$/, "");

const items: SideNavigationProps.Item[] = groups.map((group) => ({
  type: "section-group",
  title: group,
  items: pages.filter((page) => page.group === group).map(({ path, title }) => ({ type: "link", text: title, href: `${kBase}/${path}` })),
}));

/** The page of the navigation that a path belongs to: itself, or the first part of it that has an entry. */
function activeHref(path: string): string {
  const entries = pages.filter((page) => page.group).map((page) => `/${page.path}`);
  const found = entries.filter((entry) => entry !== "/" && (path === entry || path.startsWith(`${entry}/`)));
  return kBase + (found.sort((a, b) => b.length - a.length)[0] ?? "/");
}

/** What stays while pages change: the bar with the person, the navigation, messages. */
export function Shell() {
  const session = useSession();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const [scheme, setScheme] = useState(theme());
  const [open, setOpen] = useState(() => matchMedia("(min-width: 900px)").matches);

  useEffect(() => setTheme(scheme), [scheme]);

  return (
    <>
      <div id="top">
        <TopNavigation
          identity={{ href: import.meta.env.BASE_URL, title: "Weir", logo: { src: `${import.meta.env.BASE_URL}weir.svg`, alt: "" } }}
          utilities={[
            { type: "button", text: themeNames[scheme], ariaLabel: `Colours: ${themeNames[scheme]}`, onClick: () => setScheme(nextTheme(scheme)) },
            {
              type: "menu-dropdown",
              text: session.name,
              description: session.arn,
              iconName: "user-profile",
              items: [{ id: "profile", text: "My profile" }, { id: "sign-out", text: "Sign out" }],
              onItemClick: ({ detail }) => void (detail.id === "profile" ? navigate("/profile") : session.signOut()),
            },
          ]}
        />
      </div>
      <AppLayoutToolbar
        headerSelector="#top"
        toolsHide
        navigationOpen={open}
        onNavigationChange={({ detail }) => setOpen(detail.open)}
        ariaLabels={{ navigation: "Pages", navigationToggle: "Open the list of pages", navigationClose: "Close the list of pages", notifications: "Messages" }}
        navigation={
          <SideNavigation
            activeHref={activeHref(pathname)}
            items={items}
            onFollow={(event) => {
              if (event.detail.external) return;
              event.preventDefault();
              if (!matchMedia("(min-width: 900px)").matches) setOpen(false);
              void navigate(event.detail.href.slice(kBase.length));
            }}
          />
        }
        breadcrumbs={<Place account={session.account} />}
        notifications={<Notices />}
        content={<Suspense fallback={<Loading />}><Outlet /></Suspense>}
      />
    </>
  );
}

/** Where the page stands: in whose lake, and below which pages. */
function Place({ account }: { account: string }) {
  const navigate = useNavigate();
  const crumbs = [{ text: `Lake ${account}`, to: "/" }, ...usePlace()];
  return (
    <BreadcrumbGroup
      ariaLabel="Where this page stands"
      expandAriaLabel="Show the whole place"
      items={crumbs.map(({ text, to }) => ({ text, href: kBase + to }))}
      onFollow={(event) => { event.preventDefault(); void navigate(event.detail.href.slice(kBase.length)); }}
    />
  );
}
