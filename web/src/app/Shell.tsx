import AppLayoutToolbar from "@cloudscape-design/components/app-layout-toolbar";
import BreadcrumbGroup from "@cloudscape-design/components/breadcrumb-group";
import type { ButtonDropdownProps } from "@cloudscape-design/components/button-dropdown";
import SideNavigation, { type SideNavigationProps } from "@cloudscape-design/components/side-navigation";
import TopNavigation from "@cloudscape-design/components/top-navigation";
import { useEffect, useState, type ReactNode } from "react";
import { Outlet, useLocation, useNavigate } from "react-router";
import { useSession } from "../signin/useSession";
import { ConfirmDialog } from "../ui/ConfirmDialog";
import { usePlace } from "../ui/crumbs";
import { lossesNow } from "../ui/losses";
import { NoticeBar } from "../ui/NoticeBar";
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

const isWide = () => matchMedia("(min-width: 900px)").matches;

/** What stays while pages change: the bar with the person, the navigation, messages. */
export function Shell() {
  const { account } = useSession();
  const [open, setOpen] = useState(isWide);
  const content = useFreshPage();
  return (
    <>
      <a className="skip" href="#content" onClick={(event) => { event.preventDefault(); content.current?.focus(); }}>Skip to content</a>
      <div id="top"><TopBar /></div>
      <AppLayoutToolbar
        headerSelector="#top"
        toolsHide
        navigationOpen={open}
        onNavigationChange={({ detail }) => setOpen(detail.open)}
        ariaLabels={{ navigation: "Pages", navigationToggle: "Open the list of pages", navigationClose: "Close the list of pages", notifications: "Messages" }}
        navigation={<PageList onLeave={() => void (isWide() || setOpen(false))} />}
        breadcrumbs={<Place account={account} />}
        notifications={<NoticeBar />}
        content={<div id="content" ref={content} tabIndex={-1} className="page"><Outlet /></div>}
      />
    </>
  );
}

/** The name, which leads home, and the person with what is theirs. */
function TopBar() {
  const { name, arn } = useSession();
  const navigate = useNavigate();
  const [scheme, setScheme] = useState(theme());
  useEffect(() => setTheme(scheme), [scheme]);
  const leaving = useSigningOut();
  const choose = (id: string) => {
    if (id === "profile") void navigate("/profile");
    else if (id === "sign-out") leaving.begin();
    else setScheme(id as Theme);
  };
  const items: ButtonDropdownProps.ItemOrGroup[] = [
    { id: "profile", text: "My profile" },
    { text: "Colours", items: themes.map((id) => ({ itemType: "checkbox", id, text: themeNames[id], checked: id === scheme })) },
    { id: "sign-out", text: "Sign out" },
  ];
  return (
    <>
      <TopNavigation
        identity={{
          href: import.meta.env.BASE_URL, title: "Weir", logo: { src: `${import.meta.env.BASE_URL}weir.svg`, alt: "" },
          onFollow: (event) => { event.preventDefault(); void navigate("/"); },
        }}
        utilities={[{ type: "menu-dropdown", text: name, description: arn, iconName: "user-profile", items, onItemClick: ({ detail }) => choose(detail.id) }]}
      />
      {leaving.question}
    </>
  );
}

/** Signing out: `begin` does it, unless something would be lost; `question` asks then. */
function useSigningOut(): { begin: () => void; question: ReactNode } {
  const { signOut } = useSession();
  const [loses, setLoses] = useState<string>();
  const [running, setRunning] = useState(false);
  const leave = () => {
    setRunning(true);
    void signOut();
  };
  const begin = () => {
    const lost = lossesNow();
    if (lost) setLoses(lost);
    else leave();
  };
  const question = loses && (
    <ConfirmDialog title="Sign out?" confirm="Sign out" loses={loses} onConfirm={leave} onClose={() => setLoses(undefined)} running={running} />
  );
  return { begin, question };
}

/** The navigation. @param onLeave called when somebody goes to another page */
function PageList({ onLeave }: { onLeave: () => void }) {
  const navigate = useNavigate();
  const { pathname } = useLocation();
  return (
    <SideNavigation
      activeHref={activeHref(pathname)}
      items={items}
      onFollow={(event) => {
        if (event.detail.external) return;
        event.preventDefault();
        onLeave();
        void navigate(event.detail.href.slice(kBase.length));
      }}
    />
  );
}

/** Where the page stands: in whose lake, and below which pages. */
function Place({ account }: { account: string }) {
  const navigate = useNavigate();
  const crumbs = [{ text: `Lake ${account}`, to: "/" }, ...usePlace()];
  return (
    <BreadcrumbGroup
      ariaLabel="You are here"
      expandAriaLabel="Show the full path"
      items={crumbs.map(({ text, to }) => ({ text, href: kBase + to }))}
      onFollow={(event) => { event.preventDefault(); void navigate(event.detail.href.slice(kBase.length)); }}
    />
  );
}
