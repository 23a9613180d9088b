import { lazy, type ComponentType, type LazyExoticComponent } from "react";

/** One page of the console. The order here is the order of the navigation. */
export interface PageEntry {
  /** Below the console's address; `:name` is a parameter. */
  path: string;
  title: string;
  /** The heading in the navigation it stands below; pages without one are reached from others. */
  group?: Group;
  /** The path of the entry of the navigation that it belongs to, where its own does not begin with that. */
  under?: string;
  page: LazyExoticComponent<ComponentType>;
}

export const groups = ["Data", "My access", "Govern", "Share", "Understand", "Settings"] as const;
export type Group = (typeof groups)[number];

/** All pages: the one list that the routes and the navigation are made from. */
export const pages: PageEntry[] = [
  { path: "", title: "Databases", group: "Data", page: lazy(() => import("../features/catalog/DatabasesPage")) },
  { path: "databases/:database", title: "Tables", under: "", page: lazy(() => import("../features/catalog/DatabasePage")) },
  { path: "databases/:database/:table", title: "Table", under: "", page: lazy(() => import("../features/catalog/TablePage")) },
  { path: "sql", title: "SQL", group: "Data", page: lazy(() => import("../features/queries/QueryPage")) },
  { path: "request", title: "Request access", group: "My access", page: lazy(() => import("../features/requests/RequestWizardPage")) },
  { path: "requests", title: "My requests", group: "My access", page: lazy(() => import("../features/requests/RequestsPage")) },
  { path: "requests/:catalog/:id", title: "Request", page: lazy(() => import("../features/requests/RequestPage")) },
  { path: "approvals", title: "Approvals", group: "My access", page: lazy(() => import("../features/approvals/ApprovalsPage")) },
  { path: "approvals/:id", title: "Approval", page: lazy(() => import("../features/approvals/ApprovalPage")) },
  { path: "grants", title: "Grants", group: "My access", page: lazy(() => import("../features/grants/GrantsPage")) },
  { path: "permissions", title: "Permissions", group: "Govern", page: lazy(() => import("../features/permissions/PermissionsPage")) },
  { path: "permissions/grant", title: "Grant permissions", page: lazy(() => import("../features/permissions/GrantPage")) },
  { path: "tags", title: "LF-Tags", group: "Govern", page: lazy(() => import("../features/tags/TagsPage")) },
  { path: "tags/:tag", title: "LF-Tag", page: lazy(() => import("../features/tags/TagPage")) },
  { path: "tags/-/assign", title: "Assign LF-Tags", page: lazy(() => import("../features/tags/TagsOfPage")) },
  { path: "filters", title: "Data filters", group: "Govern", page: lazy(() => import("../features/filters/FiltersPage")) },
  { path: "locations", title: "Locations", group: "Govern", page: lazy(() => import("../features/locations/LocationsPage")) },
  { path: "opt-ins", title: "Opt-ins", group: "Govern", page: lazy(() => import("../features/optins/OptInsPage")) },
  { path: "policy", title: "Approval policy", group: "Govern", page: lazy(() => import("../features/policy/PolicyPage")) },
  { path: "channels", title: "Channels", group: "Govern", page: lazy(() => import("../features/channels/ChannelsPage")) },
  { path: "shares", title: "Shares", group: "Share", page: lazy(() => import("../features/shares/SharesPage")) },
  { path: "shares/:share", title: "Share", page: lazy(() => import("../features/shares/SharePage")) },
  { path: "explain", title: "Explain", group: "Understand", page: lazy(() => import("../features/explain/ExplainPage")) },
  { path: "explain/:decisionId", title: "Why it was refused", page: lazy(() => import("../features/explain/DecisionPage")) },
  { path: "matrix", title: "Access matrix", group: "Understand", page: lazy(() => import("../features/matrix/MatrixPage")) },
  { path: "lineage", title: "Where access came from", group: "Understand", page: lazy(() => import("../features/lineage/LineagePage")) },
  { path: "usage", title: "Usage", group: "Understand", page: lazy(() => import("../features/usage/UsagePage")) },
  { path: "audit", title: "Audit", group: "Understand", page: lazy(() => import("../features/audit/AuditPage")) },
  { path: "audit/:event", title: "Event", page: lazy(() => import("../features/audit/EventPage")) },
  { path: "machines", title: "State machines", group: "Understand", page: lazy(() => import("../features/machines/MachinesPage")) },
  { path: "machines/:arn", title: "State machine", page: lazy(() => import("../features/machines/MachinePage")) },
  { path: "executions/:arn", title: "Execution", under: "machines", page: lazy(() => import("../features/machines/ExecutionPage")) },
  { path: "start", title: "First steps", group: "Settings", page: lazy(() => import("../features/start/StartPage")) },
  { path: "people", title: "Users and groups", group: "Settings", page: lazy(() => import("../features/people/PeoplePage")) },
  { path: "settings", title: "Data lake settings", group: "Settings", page: lazy(() => import("../features/settings/SettingsPage")) },
  { path: "profile", title: "My profile", group: "Settings", page: lazy(() => import("../features/profile/ProfilePage")) },
  { path: "about", title: "About", group: "Settings", page: lazy(() => import("../features/settings/AboutPage")) },
];
