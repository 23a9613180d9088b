#include "server/approval_form.h"

#include "app/approvals/approval_mails.h"
#include "base/text.h"
#include "notifications/html.h"

namespace weir::server {
namespace {

using approvals::Terms;
using approvals::Verdict;
using notifications::html_escaped;

constexpr int64_t kDaySeconds = 86400;

struct Choice {
  Verdict verdict;
  const char* label;
};
constexpr Choice kChoices[] = {{Verdict::approve, "Approve"},
                               {Verdict::deny, "Deny"},
                               {Verdict::request_changes, "Ask for changes"},
                               {Verdict::abstain, "Abstain"}};

std::vector<approvals::Fact> facts_of(const app::LinkMatter& matter) {
  const auto& approval = matter.approval;
  auto facts = app::approval_lines(approval);
  facts.push_back(
      {"Decided so far", matter.decisions.empty() ? "by nobody" : app::decided_words(approval, matter.decisions)});
  facts.push_back({"You decide as", matter.recipient});
  facts.push_back({"Decide until", base::to_iso8601(approval.expires_at)});
  return facts;
}

std::string facts_table(const app::LinkMatter& matter) {
  std::string out = "<table>";
  for (const auto& fact : facts_of(matter))
    out += "<tr><th scope=\"row\">" + html_escaped(fact.label) + "</th><td>" + html_escaped(fact.value) + "</td></tr>";
  return out + "</table>";
}

std::string verdict_field(std::string_view chosen) {
  std::string out = "<fieldset><legend>Your decision</legend>";
  for (const auto& choice : kChoices) {
    auto word = std::string(to_string(choice.verdict));
    out += "<label><input type=\"radio\" name=\"verdict\" value=\"" + word + "\" required" +
           (word == chosen ? " checked" : "") + "> " + choice.label + "</label>";
  }
  return out + "</fieldset>";
}

std::string column_field(const std::vector<std::string>& columns) {
  std::string out = "<input type=\"hidden\" name=\"columns\" value=\"chosen\"><p>Columns to give:</p>";
  for (size_t i = 0; i < columns.size(); ++i)
    out += "<label><input type=\"checkbox\" name=\"column." + std::to_string(i + 1) + "\" value=\"" +
           html_escaped(columns[i]) + "\" checked> " + html_escaped(columns[i]) + "</label>";
  return out;
}

std::string narrowing_fields(const Terms& asked) {
  std::string out = "<fieldset><legend>Give less than was asked (only when you approve)</legend>";
  if (asked.columns) out += column_field(*asked.columns);
  out +=
      "<label>Only rows where <input type=\"text\" name=\"row_filter\" maxlength=\"2000\"></label>"
      "<label>Days, at most <input type=\"number\" name=\"days\" min=\"1\"";
  if (asked.duration_s) out += " max=\"" + std::to_string(std::max<int64_t>(1, *asked.duration_s / kDaySeconds)) + "\"";
  return out + "></label></fieldset>";
}

std::string value_of(const wire::Form& form, std::string_view name) {
  auto* found = form.find(name);
  return found ? *found : std::string();
}

base::Result<Terms> narrowing_in(const wire::Form& form, const Terms& asked) {
  Terms out;
  out.row_filter = std::string(base::trim(value_of(form, "row_filter")));
  if (auto days = value_of(form, "days"); !days.empty()) {
    auto number = base::parse_int(days);
    if (!number.ok() || *number < 1 || *number > 36500) return base::invalid("Days are a number of days.", "narrowed");
    out.duration_s = *number * kDaySeconds;
  }
  // The boxes of a form tell nothing when none is ticked: the field beside them tells that they were shown.
  if (value_of(form, "columns") != "chosen") return out;
  WEIR_TRY(auto boxes, form.root().child("column").numbered_children());
  std::vector<std::string> columns;
  for (const auto& box : boxes)
    if (auto* name = box.value()) columns.push_back(*name);
  if (!asked.columns || columns != *asked.columns) out.columns = std::move(columns);
  return out;
}

}  // namespace

std::string approval_form(const app::LinkMatter& matter, std::string_view verdict, std::string_view token) {
  auto out = facts_table(matter) + "<form method=\"post\" action=\"" + std::string(app::kUpdateStatePath) +
             "\"><input type=\"hidden\" name=\"token\" value=\"" + html_escaped(token) + "\">" +
             verdict_field(verdict) +
             "<label>Comment <textarea name=\"comment\" rows=\"3\" maxlength=\"2000\"></textarea></label>";
  if (matter.approval.narrowable) out += narrowing_fields(matter.approval.asked);
  return out + "<button type=\"submit\">Decide</button></form>";
}

std::string approval_facts(const app::LinkMatter& matter) {
  std::string out;
  for (const auto& fact : facts_of(matter)) out += app::one_line(fact.label) + ": " + app::one_line(fact.value) + "\n";
  return out;
}

base::Result<app::DecisionWords> decision_in(const wire::Form& form, const Terms& asked) {
  auto verdict = approvals::parse_verdict(form.find("verdict") ? value_of(form, "verdict") : value_of(form, "action"));
  if (!verdict) return base::invalid("Approve, deny, ask for changes, or abstain.", "verdict");
  app::DecisionWords out{*verdict, value_of(form, "comment"), {}};
  if (*verdict == Verdict::approve) {
    WEIR_TRY(out.narrowed, narrowing_in(form, asked));
  }
  return out;
}

}  // namespace weir::server
