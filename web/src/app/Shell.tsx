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
import { setTheme, theme, themeNames, themes, type Theme } from "./theme";
import { useFreshPage } from "./useFreshPage";

const kBase = import.meta.env.BASE_URL.replace(/\/$/, "");

const items: SideNavigationProps.Item[] = groups.map((group) => ({
  type: "section-group",
  title: group,
  items: pages.filter((page) => page.group === group).map(({ path, title }) => ({ type: "link", text: title, href: `${kBase}/${path}` })),
}));

/** The entry of the navigation that a path belongs to: that of its first part, unless its page says another. */
function activeHref(path: string): string {
  const first = path.split("/")[1] ?? "";
  const page = pages.find((one) => one.path.split("/")[0] === first);
  return `${kBase}/${page?.under ?? first}`;
}

/** What stays while pages change: the bar with the person, the navigation, messages. */
export function Shell() {
  const session = useSession();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const [scheme, setScheme] = useState(theme());
  const [open, setOpen] = useState(() => matchMedia("(min-width: 900px)").matches);

  const content = useFreshPage();
  useEffect(() => setTheme(scheme), [scheme]);

  return (
    <>
      <div id="top">
        <TopNavigation
          identity={{
            href: import.meta.env.BASE_URL, title: "Weir", logo: { src: `${import.meta.env.BASE_URL}weir.svg`, alt: "" },
            onFollow: (event) => { event.preventDefault(); void navigate("/"); },
          }}
          utilities={[
            {
              type: "menu-dropdown",
              text: session.name,
              description: session.arn,
              iconName: "user-profile",
              items: [
                { id: "profile", text: "My profile" },
                { text: "Colours", items: themes.map((id) => ({ itemType: "checkbox", id, text: themeNames[id], checked: id === scheme })) },
                { id: "sign-out", text: "Sign out" },
              ],
              onItemClick: ({ detail: { id } }) => {
                if (id === "profile") void navigate("/profile");
                else if (id === "sign-out") void session.signOut();
                else setScheme(id as Theme);
              },
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
        content={<div ref={content} tabIndex={-1} className="page"><Suspense fallback={<Loading />}><Outlet /></Suspense></div>}
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
