#include "permissions/explain.h"

#include <algorithm>

#include "base/text.h"
#include "permissions/encode_view.h"

namespace weir::permissions {
namespace {

using base::Json;

GateText lake_formation_gate(const Decision& decision) {
  GateText gate{"LakeFormation", decision.allowed(), "", decision.missing};
  for (const auto& because : decision.because)
    (gate.reason += gate.reason.empty() ? "" : "; ") += says(because, decision.resource);
  if (gate.reason.empty()) gate.reason = "nothing is granted to the caller on " + decision.resource.text();
  return gate;
}

std::vector<GateText> all_gates(const Decision& decision, const std::vector<GateText>& earlier) {
  auto gates = earlier;
  gates.push_back(lake_formation_gate(decision));
  return gates;
}

bool all_allow(const std::vector<GateText>& gates) {
  return std::all_of(gates.begin(), gates.end(), [](const auto& gate) { return gate.allowed; });
}

std::string verdict(bool allowed) { return allowed ? "ALLOW" : "DENY"; }

Json statement_json(const StatementText& statement) {
  auto out = Json::object();
  out.set("Effect", verdict(statement.allows)).set("PolicyType", statement.policy_type);
  out.set("Policy", statement.policy).set("Statement", statement.statement);
  if (!statement.sid.empty()) out.set("Sid", statement.sid);
  out.set("Says", statement.says);
  return out;
}

Json gate_json(const GateText& gate) {
  auto out = Json::object();
  out.set("Name", gate.name).set("Verdict", verdict(gate.allowed));
  out.set("Reason", gate.reason);
  if (!gate.remedy.empty()) out.set("Remedy", gate.remedy);
  if (gate.statements.empty()) return out;
  auto statements = Json::array();
  for (const auto& statement : gate.statements) statements.push(statement_json(statement));
  out.set("Statements", std::move(statements));
  return out;
}

Json gates_json(const std::vector<GateText>& gates) {
  auto out = Json::array();
  for (const auto& gate : gates) out.push(gate_json(gate));
  return out;
}

std::string gates_text(const std::vector<GateText>& gates) {
  std::string out;
  int n = 0;
  for (const auto& gate : gates)
    out += "  gate " + std::to_string(++n) + " " + gate.name + ": " + (gate.allowed ? "allow" : "deny") + ", " +
           gate.reason + "\n";
  return out;
}

std::string_view name_of(Side side) {
  switch (side) {
    case Side::own_account: return "OWN_ACCOUNT";
    case Side::shared_with_caller: return "SHARED_WITH_CALLER";
    case Side::shared_with_account: return "SHARED_WITH_ACCOUNT";
    case Side::inside_account: return "INSIDE_ACCOUNT";
  }
  return "";
}

Json because_json(const Because& because, const Resource& resource) {
  auto out = Json::object();
  out.set("Principal", because.principal);
  out.set("Permissions", to_json(because.privileges));
  out.set("On", name_of(because.on));
  out.set("Ground", name_of(because.ground));
  if (!because.detail.empty()) out.set("Detail", because.detail);
  out.set("Counts", because.ground != Ground::set_aside && because.ground != Ground::other_account);
  if (because.ground == Ground::filter) out.set("Filter", because.detail);
  if (is_by_tags(because.ground)) out.set("LFTagPolicy", because.detail);
  if (!because.saw.empty()) out.set("ConditionSaw", because.saw);
  if (because.side != Side::own_account) out.set("Side", name_of(because.side));
  if (!because.share.empty()) out.set("ResourceShare", because.share);
  out.set("Says", says(because, resource));
  return out;
}

std::string rows_text(const TableView& view) { return view.row_filter ? catalog::to_text(*view.row_filter) : ""; }

Json view_json(const TableView& view) {
  auto columns = Json::array();
  auto cells = Json::array();
  for (const auto& leaf : leaves_of(view)) {
    columns.push(spelled(leaf.path));
    if (!view.masks(leaf.visible_when)) continue;
    auto cell = Json::object();
    cell.set("Column", spelled(leaf.path));
    cell.set("VisibleWhen", leaf.visible_when ? catalog::to_text(*leaf.visible_when) : "");
    cells.push(std::move(cell));
  }
  auto out = Json::object();
  out.set("AuthorizedColumns", std::move(columns)).set("AllColumns", view.all_columns);
  out.set("AllRows", view.all_rows);
  if (!view.all_rows) out.set("FinalRowPredicate", rows_text(view));
  if (!cells.as_array()->empty()) out.set("Cells", std::move(cells));
  out.set("RequiredPermissionType", permission_type(view.level()));
  return out;
}

std::string smallest_change(const std::vector<GateText>& gates) {
  for (const auto& gate : gates)
    if (!gate.allowed) return gate.remedy.empty() ? "see gate " + gate.name : gate.name + ": " + gate.remedy;
  return {};
}

std::string view_text(const TableView& view) {
  std::vector<std::string> names;
  for (const auto& leaf : leaves_of(view)) names.push_back(spelled(leaf.path));
  auto out = "  columns: " + base::join(names, ", ") + (view.all_columns ? " (all)" : "") + "\n";
  out += "  rows:    " + (view.all_rows ? std::string("all") : rows_text(view)) + "\n";
  for (const auto& leaf : leaves_of(view))
    if (view.masks(leaf.visible_when) && leaf.visible_when)
      out += "  " + spelled(leaf.path) + " is shown only where " + catalog::to_text(*leaf.visible_when) + "\n";
  return out;
}

}  // namespace

std::string_view name_of(Ground ground) {
  switch (ground) {
    case Ground::grant: return "GRANT";
    case Ground::columns: return "COLUMNS";
    case Ground::filter: return "FILTER";
    case Ground::administrator: return "ADMINISTRATOR";
    case Ground::read_only_administrator: return "READ_ONLY_ADMINISTRATOR";
    case Ground::iam_alone: return "IAM_ALONE";
    case Ground::content: return "CONTENT";
    case Ground::set_aside: return "SET_ASIDE";
    case Ground::other_account: return "OTHER_ACCOUNT";
    case Ground::tag_policy: return "LF_TAG_POLICY";
    case Ground::tag_columns: return "LF_TAG_COLUMNS";
    case Ground::privileged_location: return "PRIVILEGED_LOCATION";
    case Ground::opted_in: return "OPTED_IN";
  }
  return "";
}

bool is_by_tags(Ground ground) { return ground == Ground::tag_policy || ground == Ground::tag_columns; }

Json explain(const Decision& decision, const std::vector<GateText>& earlier_gates) {
  auto gates = all_gates(decision, earlier_gates);
  auto grants = Json::array();
  for (const auto& because : decision.because) grants.push(because_json(because, decision.resource));
  auto out = Json::object();
  out.set("Decision", verdict(all_allow(gates)));
  out.set("Action", name_of(decision.asked)).set("Resource", decision.resource.text());
  out.set("Gates", gates_json(gates)).set("Grants", std::move(grants));
  out.set("PermissionsHeld", to_json(decision.held));
  if (decision.own_data_access) out.set("DataAccess", "OWN_S3_RIGHTS");
  if (!decision.described.is_empty() && !decision.full_schema) out.set("DescribedColumns", decision.described.text());
  if (!decision.view.columns.empty()) out.set("View", view_json(decision.view));
  if (auto change = smallest_change(gates); !change.empty()) out.set("SmallestChange", change);
  return out;
}

std::string explain_text(const Decision& decision, const std::vector<GateText>& earlier_gates) {
  auto gates = all_gates(decision, earlier_gates);
  auto out = verdict(all_allow(gates)) + "  " + std::string(name_of(decision.asked)) + " on " +
             decision.resource.text() + "\n" + gates_text(gates);
  if (!decision.view.columns.empty()) out += view_text(decision.view);
  if (!decision.described.is_empty() && !decision.full_schema)
    out += "  described: " + decision.described.text() + "\n";
  if (decision.own_data_access) out += "  data:    read with the caller's own S3 rights\n";
  if (auto change = smallest_change(gates); !change.empty()) out += "  to change this: " + change + "\n";
  return out;
}

Json explain(const GatesAsked& asked, const std::vector<GateText>& gates) {
  auto out = Json::object();
  out.set("Decision", verdict(all_allow(gates))).set("Action", asked.action);
  if (!asked.resource.empty()) out.set("Resource", asked.resource);
  out.set("Gates", gates_json(gates));
  if (auto change = smallest_change(gates); !change.empty()) out.set("SmallestChange", change);
  return out;
}

std::string explain_text(const GatesAsked& asked, const std::vector<GateText>& gates) {
  auto on = asked.resource.empty() ? "" : " on " + asked.resource;
  auto out = verdict(all_allow(gates)) + "  " + asked.action + on + "\n" + gates_text(gates);
  if (auto change = smallest_change(gates); !change.empty()) out += "  to change this: " + change + "\n";
  return out;
}

}  // namespace weir::permissions
