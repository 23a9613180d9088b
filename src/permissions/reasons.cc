// Decisions in sentences: says() and what_is_missing().
#include <algorithm>

#include "permissions/gathering.h"

namespace weir::permissions {
namespace {

std::string to_whom(const Question& question) {
  return question.caller.principals.empty() ? "the caller" : question.caller.principals.front();
}

bool stands_aside(const Decision& decision) {
  return std::any_of(decision.because.begin(), decision.because.end(),
                     [](const auto& because) { return because.ground == Ground::set_aside; });
}

bool asks_for_part_of_tag(const Question& question) {
  return question.resource.level() == Level::lf_tag_values && valid_at(Level::lf_tag).has(question.asked);
}

std::string where(const Because& because, const Resource& resource) {
  switch (because.on) {
    case ResourceKind::all_tables: return "all tables of " + resource.database;
    case ResourceKind::columns: return "columns of " + resource.database + "." + resource.table;
    case ResourceKind::data_cells_filter: return "a filter on " + resource.database + "." + resource.table;
    case ResourceKind::data_location: return because.detail.empty() ? resource.text() : "location " + because.detail;
    case ResourceKind::lf_tag: return because.detail.empty() ? resource.text() : because.detail;
    case ResourceKind::lf_tag_policy: return "what LF-Tags match";
    case ResourceKind::catalog:
    case ResourceKind::database:
    case ResourceKind::table:
    case ResourceKind::nested_catalog:
    case ResourceKind::lf_tag_expression: break;
  }
  return resource.text();
}

std::string of_recipient(const Because& because) {
  return because.side == Side::own_account ? "" : " of the account that it is shared with";
}

std::string sentence(const Because& because, const Resource& resource) {
  const auto dotted = resource.database + "." + resource.table;
  const auto holds = because.principal + " holds " + because.privileges.text() + " ";
  const auto tagged = std::string(resource.kind == ResourceKind::database ? "databases" : "tables") + " with LF-Tags ";
  switch (because.ground) {
    case Ground::grant: return holds + "on " + where(because, resource);
    case Ground::columns: return holds + "on columns " + because.detail + " of " + dotted;
    case Ground::filter: return holds + "through filter " + because.detail + " on " + dotted;
    case Ground::administrator:
      return because.principal + " is a data lake administrator" + of_recipient(because) + ": " +
             because.privileges.text();
    case Ground::read_only_administrator:
      return because.principal + " is a read-only administrator" + of_recipient(because) + ": " +
             because.privileges.text();
    case Ground::iam_alone:
      return "IAM_ALLOWED_PRINCIPALS holds ALL on " + resource.text() +
             " or around it: Lake Formation does not restrict it, IAM alone decides" +
             (because.detail.empty() ? "" : "; " + because.detail);
    case Ground::content: return because.principal + " holds something in " + resource.text() + ", and so sees it";
    case Ground::set_aside:
      return "not counted: " + because.privileges.text() + " of " + because.principal + " on " +
             where(because, resource) + ": " + because.detail;
    case Ground::other_account: return "account " + because.principal + " is not the owner, " + resource.catalog;
    case Ground::tag_policy: return holds + "on " + tagged + because.detail;
    case Ground::tag_columns: return holds + "on columns of " + tagged + because.detail;
    case Ground::privileged_location:
      return because.principal + " registered the location of " + because.detail +
             " with privileged access: " + because.privileges.text();
    case Ground::opted_in:
      return because.principal + " (or a group it is in) opted in: Lake Formation decides on " + resource.text() +
             " though IAM_ALLOWED_PRINCIPALS holds ALL";
  }
  return {};
}

}  // namespace

std::string what_cannot_be(const Question& question) {
  auto asked = std::string(name_of(question.asked));
  auto level = question.resource.level();
  if (valid_at(level).has(question.asked)) return {};
  if (asks_for_part_of_tag(question))
    return "nothing: " + asked + " is of an LF-Tag as a whole, never of one value: it is held on " +
           question.resource.tag_key + "=" + std::string(kAnyTagValue);
  return "nothing: " + asked + " does not exist on " + std::string(name_of(level));
}

std::string what_is_missing(const Question& question, const Decision& decision) {
  if (question.caller.principals.empty()) return "nothing: the caller has no principal that could hold a permission";
  if (question.caller.account != question.resource.catalog)
    return "nothing: " + question.resource.text() + " belongs to account " + question.resource.catalog +
           ", which shares nothing with account " + question.caller.account;
  if (auto never = what_cannot_be(question); !never.empty()) return never;
  auto asked = std::string(name_of(question.asked));
  std::string out = "grant " + asked + " on " + question.resource.text() + " to " + to_whom(question);
  bool admin = std::any_of(decision.because.begin(), decision.because.end(),
                           [](const auto& because) { return because.ground == Ground::administrator; });
  if (admin) out += "; a data lake administrator sees descriptions only, and may make this grant itself";
  if (stands_aside(decision)) out += "; or repair what was set aside";
  return out;
}

std::string says(const Because& because, const Resource& resource) {
  auto out = sentence(because, resource);
  return because.saw.empty() ? out : out + " [the condition saw " + because.saw + "]";
}

}  // namespace weir::permissions
