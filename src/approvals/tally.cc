#include "approvals/tally.h"

#include <algorithm>

#include "base/text.h"

namespace weir::approvals {
namespace {

constexpr size_t kFilterBytesMax = 2048;

base::Error wrong(std::string says) { return base::invalid(std::move(says), "narrowed"); }

bool holds(const std::vector<std::string>& list, const std::string& what) {
  return std::ranges::find(list, what) != list.end();
}

base::Status narrow_columns(const Terms& asked, const Terms& given, Terms& out) {
  if (!given.columns) return {};
  for (const auto& column : *given.columns)
    if (asked.columns && !holds(*asked.columns, column)) return wrong("The column " + column + " was not asked for.");
  if (!out.columns) {
    out.columns = given.columns;
  } else {
    std::erase_if(*out.columns, [&](const auto& column) { return !holds(*given.columns, column); });
  }
  return out.columns->empty() ? base::Status(wrong("At least one column is to be left.")) : base::Status();
}

base::Status narrow_rows(const Terms& given, Terms& out) {
  const auto& filter = given.row_filter;
  if (filter.size() > kFilterBytesMax || !is_one_expression(filter))
    return wrong("The row filter is too long, or it is not one expression.");
  if (filter.empty() || filter == out.row_filter) return {};
  out.row_filter = out.row_filter.empty() ? filter : "(" + out.row_filter + ") AND (" + filter + ")";
  return {};
}

base::Status narrow_duration(const Terms& asked, const Terms& given, Terms& out) {
  if (!given.duration_s) return {};
  if (*given.duration_s <= 0) return wrong("The duration is to be longer than nothing.");
  if (asked.duration_s && *given.duration_s > *asked.duration_s) return wrong("The duration is longer than was asked.");
  out.duration_s = std::min(out.duration_s.value_or(*given.duration_s), *given.duration_s);
  return {};
}

size_t people_who_approved(const std::vector<Decision>& decisions) {
  return static_cast<size_t>(
      std::ranges::count_if(decisions, [](const auto& decision) { return decision.verdict == Verdict::approve; }));
}

}  // namespace

std::string person_name(std::string_view name) {
  auto at = name.rfind('@');
  if (at == std::string_view::npos || name.starts_with("arn:")) return std::string(name);
  auto mailbox = name.substr(0, at);
  if (auto plus = mailbox.find('+'); plus != std::string_view::npos && plus > 0) mailbox = mailbox.substr(0, plus);
  return base::to_lower(mailbox) + base::to_lower(name.substr(at));
}

bool is_same_person(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::ranges::any_of(a, [&](const auto& one) {
    return std::ranges::any_of(b, [&](const auto& other) { return person_name(one) == person_name(other); });
  });
}

base::Result<ApprovalState> count(const Approval& approval, const std::vector<Decision>& before, const Decision& next) {
  for (const auto& decision : before) {
    bool again = decision.verdict != Verdict::abstain || next.verdict == Verdict::abstain;
    if (again && is_same_person(decision.person, next.person))
      return base::conflict("This person has decided already.", "approval");
  }
  switch (next.verdict) {
    case Verdict::deny: return ApprovalState::denied;
    case Verdict::request_changes: return ApprovalState::changes_requested;
    case Verdict::abstain: return ApprovalState::open;
    case Verdict::approve: break;
  }
  bool enough = static_cast<int64_t>(people_who_approved(before)) + 1 >= approval.quorum;
  return enough ? ApprovalState::approved : ApprovalState::open;
}

base::Result<Terms> narrowed(const Terms& asked, const std::vector<Terms>& given) {
  Terms out = asked;
  for (const auto& terms : given) {
    WEIR_CHECK_OK(narrow_columns(asked, terms, out));
    WEIR_CHECK_OK(narrow_rows(terms, out));
    WEIR_CHECK_OK(narrow_duration(asked, terms, out));
  }
  return out;
}

bool is_one_expression(std::string_view filter) {
  if (base::has_control_characters(filter) || !base::is_valid_utf8(filter)) return false;
  int depth = 0;
  char quote = 0;
  for (size_t i = 0; i < filter.size(); ++i) {
    char c = filter[i];
    auto two = filter.substr(i, 2);
    if (quote != 0) {
      if (c == '\\') return false;  // dialects do not agree on what it does
      if (c == quote) quote = 0;
      continue;
    }
    if (two == "--" || two == "/*" || c == ';' || c == '#') return false;
    if (c == '\'' || c == '"' || c == '`') quote = c;
    if (c == '(') ++depth;
    if (c == ')' && --depth < 0) return false;
  }
  return depth == 0 && quote == 0;
}

}  // namespace weir::approvals
