// The steps of account `recipient`.
#include <algorithm>

#include "app/sharing/received.h"
#include "app/sharing/share_walk.h"
#include "permissions/can_grant.h"
#include "permissions/principal.h"

namespace weir::app {
namespace {

bool is_somebody(const State& state, const permissions::Principal& principal) {
  if (principal.is_iam()) return state.directory.find_id(principal.text()) != nullptr;
  auto account = names::AccountId::parse(principal.account());
  return account.ok() && principal.is_saml() &&
         state.directory.find_saml_provider(names::saml_provider_arn(*account, principal.saml_provider()));
}

bool is_somebody(const State& state, std::string_view principal) {
  auto parsed = permissions::Principal::parse(principal);
  return parsed.ok() && is_somebody(state, *parsed);
}

// Every column by name, where not the whole table was granted.
permissions::Resource grantable_of(const permissions::Decision& granted) {
  const auto& on = granted.resource;
  if (granted.view.columns.empty() || granted.view.all_columns) return on;
  std::vector<std::string> whole;
  for (const auto& column : granted.view.columns)
    if (!column.fields) whole.push_back(column.name);
  auto out = permissions::Resource::of_columns(on.catalog, on.database, on.table, permissions::ColumnSet::only(whole));
  return out.ok() ? *out : on;
}

}  // namespace

void ShareWalk::administrator() {
  const auto& admins = settings_of(about_.recipient).admins;
  bool any = std::any_of(admins.begin(), admins.end(),
                         [&](const std::string& one) { return is_somebody(call_.state(), one); });
  if (any) return done("administrator", "account " + about_.recipient + " has a data lake administrator");
  if (to_principal_.allowed()) return;
  missing("administrator", "account " + about_.recipient + " has no data lake administrator, who alone sees what came",
          "whoever may call lakeformation:PutDataLakeSettings in account " + about_.recipient,
          "name one in DataLakeAdmins");
}

bool ShareWalk::principal() {
  if (is_somebody(call_.state(), about_.principal)) {
    done("principal", about_.principal + " is in account " + about_.recipient);
    return true;
  }
  missing("principal", "there is no " + about_.principal, "an IAM administrator of account " + about_.recipient,
          "create it, or ask about another name");
  return false;
}

bool ShareWalk::has_grant_option() const {
  permissions::GrantQuestion question{ties_.administrator(), grantable_of(to_account_), {about_.asked}};
  return permissions::can_grant(question, call_.state().permissions(about_.owner)).allowed();
}

// To the owner it is told whether, not how.
void ShareWalk::passed_on() {
  if (to_principal_.allowed()) return done("passed on", "it came to " + about_.principal + " itself");
  if (!about_.principal.empty() && ties_.together(about_.subject, about_.asked, true).allowed())
    return done("passed on", about_.principal + " has it inside account " + about_.recipient);
  if (!has_grant_option())
    return missing("grant option",
                   asked_on() + " came without grant option: account " + about_.recipient + " may not pass it on",
                   administrators_of(about_.owner), grant_command(about_.recipient));
  done("grant option", "account " + about_.recipient + " may pass it on");
  if (about_.principal.empty()) return;
  missing("passed on", asked_on() + " is not granted to " + about_.principal + " inside account " + about_.recipient,
          administrators_of(about_.recipient),
          "aws lakeformation grant-permissions, with CatalogId " + about_.owner + " in the resource: " + asked_on() +
              " to " + about_.principal);
}

// Why a link does not lead its reader there; empty when it does.
std::string ShareWalk::obstacle(const LinkTo& link, const permissions::Caller* reader) const {
  if (!is_granted()) return "leads to " + link.target.text() + ", which is not shared, or not there";
  if (link.target.is_elsewhere(call_.lake().region))
    return "points into region " + link.target.region + ", which cannot be reached from " + call_.lake().region;
  if (!reader) return {};
  permissions::Question question{*reader, permissions::Privilege::describe, link.link,
                                 link.facts ? &*link.facts : nullptr};
  auto decision = permissions::decide(question, call_.state().permissions(link.link.catalog));
  return decision.allowed() ? "" : "is not " + reader->principals.front() + "'s to describe: " + decision.missing;
}

base::Status ShareWalk::links() {
  if (as_owner()) return told_by("resource link", about_.recipient, "its resource links"), base::Status();
  WEIR_TRY(auto found, links_to(call_, about_.recipient, about_.subject.resource));
  if (found.empty()) {
    not_needed("resource link",
               "none of account " + about_.recipient + " leads there; engines that name no catalog need one");
    return {};
  }
  std::optional<permissions::Caller> reader;
  if (!about_.principal.empty()) reader = lake_caller_of(call_.state(), about_.recipient, about_.principal);
  const LinkTo* astray = nullptr;
  std::string why_astray;
  for (const auto& link : found) {
    auto why_not = obstacle(link, reader ? &*reader : nullptr);
    if (why_not.empty())
      return done("resource link", "resource link " + link.link.text() + " leads there"), base::Status();
    if (!astray) astray = &link, why_astray = std::move(why_not);
  }
  missing("resource link", "resource link " + astray->link.text() + " " + why_astray,
          administrators_of(about_.recipient),
          is_granted() ? "grant DESCRIBE on the link, or make another that leads to " + about_.subject.resource.text()
                       : "have it shared, or drop the link");
  return {};
}

permissions::GateText ShareWalk::iam_gate_for(const identity::Principal& principal, const std::string& action) const {
  return iam_gate(call_, principal, action, about_.subject.arn, about_.owner,
                  catalog_policy(ties_.principal(), action));
}

void ShareWalk::iam() {
  if (as_owner()) return told_by("IAM", about_.recipient, "what its policies allow");
  if (about_.principal.empty() || !principal()) return;
  auto reader = principal_of(call_, about_.principal);
  if (!reader) return not_needed("IAM", "asked is the role that " + about_.principal + " comes through");
  auto actions = is_table() ? std::vector<std::string>{"glue:GetTable", "lakeformation:GetDataAccess"}
                            : std::vector<std::string>{"glue:GetDatabase"};
  for (const auto& action : actions) {
    auto gate = iam_gate_for(**reader, action);
    if (!gate.allowed)
      return missing("IAM", action + " is not allowed to " + about_.principal + ": " + gate.reason,
                     "an IAM administrator of account " + about_.recipient, gate.remedy);
  }
  done("IAM", about_.principal + " may call " + base::join(actions, ", "));
}

}  // namespace weir::app
