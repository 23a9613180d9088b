#include "cli/access_table.h"

#include <algorithm>

#include "base/text.h"

namespace weir::cli {
namespace {

using wire::weir_api::AblePrincipal;
using wire::weir_api::AccessChange;

// "arn:aws:iam::111122223333:role/analyst" -> "role/analyst".
std::string short_name(const std::string& principal) {
  if (!principal.starts_with("arn:aws:iam::")) return principal;
  auto colon = principal.rfind(':');
  return principal.substr(colon + 1);
}

// Lines whose cells stand under each other; the last cell is as long as it is.
class Table {
 public:
  void add(std::vector<std::string> cells) { lines_.push_back(std::move(cells)); }
  std::string text() const {
    std::vector<size_t> widths;
    for (const auto& line : lines_)
      for (size_t i = 0; i + 1 < line.size(); ++i) {
        widths.resize(std::max(widths.size(), i + 1));
        widths[i] = std::max(widths[i], line[i].size());
      }
    std::string out;
    for (const auto& line : lines_) {
      for (size_t i = 0; i < line.size(); ++i)
        out += line[i] + (i + 1 < line.size() ? std::string(widths[i] - line[i].size() + 2, ' ') : "\n");
    }
    return out;
  }

 private:
  std::vector<std::vector<std::string>> lines_;
};

void add_part(std::string& to, const std::string& part) {
  if (!part.empty()) to += (to.empty() ? "" : "; ") + part;
}

std::string rows_part(const AccessChange& change) {
  auto before = change.RowsBefore.value_or("none"), after = change.RowsAfter.value_or("none");
  if (before == "none" && after == "all") return "";
  if (before == "all" && after == "none") return "";
  return " in rows: " + before + " -> " + after;
}

std::string what_changes(const AccessChange& change) {
  std::string out;
  add_part(out, base::join(change.Permissions.items(), ", "));
  if (!change.PermissionsWithGrantOption.empty())
    add_part(out, "may grant " + base::join(change.PermissionsWithGrantOption.items(), ", "));
  if (!change.Columns.empty()) add_part(out, "data of " + base::join(change.Columns.items(), ", ") + rows_part(change));
  std::vector<std::string> only_names;
  for (const auto& name : change.MetadataColumns)
    if (std::find(change.Columns.begin(), change.Columns.end(), name) == change.Columns.end())
      only_names.push_back(name);
  if (!only_names.empty()) add_part(out, "description of " + base::join(only_names, ", "));
  add_part(out, change.Administration.value_or(""));
  if (change.Condition) add_part(out, "when " + *change.Condition);
  return out;
}

void add_changes(Table& table, const char* sign, const wire::List<AccessChange>& changes) {
  for (const auto& change : changes)
    table.add({sign, short_name(change.Principal.value_or("")), change.Resource.value_or(""), what_changes(change)});
}

std::string seen_text(const AblePrincipal& able) {
  if (able.Columns.empty()) return "-";
  auto columns = able.AllColumns.value_or(false) ? "all columns" : base::join(able.Columns.items(), ", ");
  auto rows = able.Rows.value_or("none");
  return columns + (rows == "all" ? "" : " where " + rows) + (able.MaskedColumns.empty() ? "" : " (cells masked)");
}

std::string through_text(const AblePrincipal& able) {
  auto out = base::join(able.Through.items(), "; ");
  if (able.Condition) out += " when " + *able.Condition;
  return out;
}

std::string iam_text(const AblePrincipal& able) {
  if (able.Group.value_or(false))
    return std::to_string(able.Members.size()) + (able.MembersComplete.value_or(true) ? "" : "+") + " members";
  return base::to_lower(able.Iam.value_or("UNKNOWN"));
}

const char* sign_of(const wire::weir_api::DiagnosisStep& step) {
  auto state = step.State.value_or("");
  return state == "DONE" ? "+" : state == "MISSING" ? "!" : "?";
}

}  // namespace

std::string text_of(const wire::weir_api::DryRunResponse& run) {
  std::string out;
  if (!run.Accepted.value_or(false)) {
    const auto error = run.Error.value_or(wire::weir_api::OperationError{});
    return "refused  " + error.Code.value_or("") + ": " + error.Message.value_or("") + "\n";
  }
  Table table;
  add_changes(table, "+", run.Gains);
  add_changes(table, "-", run.Losses);
  out += table.text();
  if (out.empty()) out = "nobody gains or loses anything\n";
  for (const auto& notice : run.Notices) out += "! " + notice + "\n";
  return out + "(dry run: nothing was changed" +
         (run.Complete.value_or(true) ? ")\n" : "; not everything is listed)\n");
}

std::string text_of(const std::vector<AblePrincipal>& able, const std::string& action, const std::string& resource) {
  if (able.empty()) return "nobody may " + action + " on " + resource + "\n";
  Table table;
  table.add({"PRINCIPAL", "IAM", "SEES", "THROUGH"});
  for (const auto& one : able) {
    table.add({short_name(one.Principal.value_or("")), iam_text(one), seen_text(one), through_text(one)});
    for (const auto& member : one.Members) table.add({"  " + short_name(member), "allowed", "", ""});
  }
  return table.text();
}

std::string text_of(const wire::weir_api::DiagnoseShareResponse& diagnosis) {
  Table table;
  for (const auto& step : diagnosis.Steps) {
    table.add({sign_of(step), step.Name.value_or(""), step.Says.value_or("")});
    if (!step.Who) continue;
    table.add({"", "", "by " + *step.Who + ": " + step.Remedy.value_or("")});
  }
  auto name = diagnosis.Missing ? diagnosis.Missing->Name.value_or("") : "";
  return table.text() + (name.empty() ? "no step is missing\n" : "the first step that is missing: " + name + "\n");
}

}  // namespace weir::cli
