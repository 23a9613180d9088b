import type { ComponentType } from "react";
import { late } from "../ui/late";

/** One page of the console. The order here is the order of the navigation. */
export interface PageEntry {
  /** Below the console's address; `:name` is a parameter. */
  path: string;
  title: string;
  /** The heading in the navigation it stands below; pages without one are reached from others. */
  group?: Group;
  /** The path of the entry of the navigation that it belongs to, where its own does not begin with that. */
  under?: string;
  page: ComponentType;
}

/** Headings of the navigation, in their order. */
export const groups = ["Data", "My access", "Govern", "Share", "Understand", "Settings"] as const;
export type Group = (typeof groups)[number];

/** All pages: the one list that the routes and the navigation are made from. */
export const pages: PageEntry[] = [
  { path: "", title: "Databases", group: "Data", page: late(() => import("../features/catalog/DatabasesPage")) },
  { path: "databases/:database", title: "Tables", under: "", page: late(() => import("../features/catalog/DatabasePage")) },
  { path: "databases/:database/:table", title: "Table", under: "", page: late(() => import("../features/catalog/TablePage")) },
  { path: "sql", title: "SQL", group: "Data", page: late(() => import("../features/queries/QueryPage")) },
  { path: "request", title: "Request access", group: "My access", page: late(() => import("../features/requests/RequestWizardPage")) },
  { path: "requests", title: "My requests", group: "My access", page: late(() => import("../features/requests/RequestsPage")) },
  { path: "requests/:catalog/:id", title: "Request", page: late(() => import("../features/requests/RequestPage")) },
  { path: "approvals", title: "Approvals", group: "My access", page: late(() => import("../features/approvals/ApprovalsPage")) },
  { path: "approvals/:id", title: "Approval", page: late(() => import("../features/approvals/ApprovalPage")) },
  { path: "grants", title: "Grants", group: "My access", page: late(() => import("../features/grants/GrantsPage")) },
  { path: "permissions", title: "Permissions", group: "Govern", page: late(() => import("../features/permissions/PermissionsPage")) },
  { path: "permissions/grant", title: "Grant permissions", page: late(() => import("../features/permissions/GrantPage")) },
  { path: "tags", title: "LF-Tags", group: "Govern", page: late(() => import("../features/tags/TagsPage")) },
  { path: "tags/:tag", title: "LF-Tag", page: late(() => import("../features/tags/TagPage")) },
  { path: "tags/-/assign", title: "Assign LF-Tags", page: late(() => import("../features/tags/TagsOfPage")) },
  { path: "filters", title: "Data filters", group: "Govern", page: late(() => import("../features/filters/FiltersPage")) },
  { path: "locations", title: "Locations", group: "Govern", page: late(() => import("../features/locations/LocationsPage")) },
  { path: "opt-ins", title: "Opt-ins", group: "Govern", page: late(() => import("../features/optins/OptInsPage")) },
  { path: "policy", title: "Approval policy", group: "Govern", page: late(() => import("../features/policy/PolicyPage")) },
  { path: "channels", title: "Channels", group: "Govern", page: late(() => import("../features/channels/ChannelsPage")) },
  { path: "shares", title: "Shares", group: "Share", page: late(() => import("../features/shares/SharesPage")) },
  { path: "shares/:share", title: "Share", page: late(() => import("../features/shares/SharePage")) },
  { path: "explain", title: "Explain", group: "Understand", page: late(() => import("../features/explain/ExplainPage")) },
  { path: "explain/:decisionId", title: "Why it was refused", page: late(() => import("../features/explain/DecisionPage")) },
  { path: "matrix", title: "Access matrix", group: "Understand", page: late(() => import("../features/matrix/MatrixPage")) },
  { path: "lineage", title: "Where access came from", group: "Understand", page: late(() => import("../features/lineage/LineagePage")) },
  { path: "usage", title: "Usage", group: "Understand", page: late(() => import("../features/usage/UsagePage")) },
  { path: "audit", title: "Audit", group: "Understand", page: late(() => import("../features/audit/AuditPage")) },
  { path: "audit/:event", title: "Event", page: late(() => import("../features/audit/EventPage")) },
  { path: "machines", title: "State machines", group: "Understand", page: late(() => import("../features/machines/MachinesPage")) },
  { path: "machines/:arn", title: "State machine", page: late(() => import("../features/machines/MachinePage")) },
  { path: "executions/:arn", title: "Execution", under: "machines", page: late(() => import("../features/machines/ExecutionPage")) },
  { path: "start", title: "First steps", group: "Settings", page: late(() => import("../features/start/StartPage")) },
  { path: "people", title: "Users and groups", group: "Settings", page: late(() => import("../features/people/PeoplePage")) },
  { path: "settings", title: "Data lake settings", group: "Settings", page: late(() => import("../features/settings/SettingsPage")) },
  { path: "profile", title: "My profile", group: "Settings", page: late(() => import("../features/profile/ProfilePage")) },
  { path: "about", title: "About", group: "Settings", page: late(() => import("../features/settings/AboutPage")) },
];
