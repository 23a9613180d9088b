#include "app/sharing/share_walk.h"

#include "app/catalog/governed_table.h"
#include "app/organizations/memberships.h"
#include "app/permissions/registered_role.h"
#include "app/vending/engine_trust.h"
#include "identity/live_session.h"
#include "permissions/grant_change.h"
#include "permissions/sharing.h"

namespace weir::app {
namespace {

// The owner's alone.
std::string reasons(const permissions::Decision& decision) {
  std::string out;
  for (const auto& because : decision.because)
    if (!because.share.empty() && because.side != permissions::Side::inside_account)
      out += (out.empty() ? "" : "; ") + permissions::says(because, decision.resource);
  return out;
}

// An engine of the account, in a session with a tag that the owner authorised, where it authorised any.
identity::Principal engine_of(const std::string& account, const permissions::DataLakeSettings& owner) {
  identity::Session session;
  if (!owner.authorized_session_tag_values.empty())
    session.tags.push_back({std::string(kAuthorizedCallerTag), owner.authorized_session_tag_values.front()});
  identity::Principal out;
  out.caller.account = account;
  out.session = std::make_shared<identity::LiveSession>(std::move(session));
  return out;
}

}  // namespace

ShareWalk::ShareWalk(Call& call, WalkedShare about)
    : call_(call),
      about_(std::move(about)),
      ties_(call.state(), about_.owner, about_.recipient, about_.principal, call.now()),
      to_account_(ties_.to_account(about_.subject, about_.asked, true)),
      to_principal_(ties_.to_principal(about_.subject, about_.asked, true)),
      account_in_force_(ties_.to_account(about_.subject, about_.asked, false).allowed()),
      principal_in_force_(ties_.to_principal(about_.subject, about_.asked, false).allowed()) {}

base::Result<std::vector<DiagnosisStep>> ShareWalk::steps() {
  if (!accounts() || !resource()) return std::move(steps_);
  if (as_owner()) {
    version();
    everybody();
  }
  grant();
  if (is_granted()) share();
  administrator();
  if (is_granted()) passed_on();
  WEIR_CHECK_OK(links());
  if (is_granted()) iam();
  if (is_table() && (as_owner() || is_in_force())) {
    location();
    engines();
  }
  return std::move(steps_);
}

bool ShareWalk::as_owner() const { return call_.caller().account() == about_.owner; }

const permissions::DataLakeSettings& ShareWalk::settings_of(const std::string& account) const {
  return call_.state().permissions(account).settings();
}

std::string ShareWalk::asked_on() const {
  return std::string(permissions::name_of(about_.asked)) + " on " + about_.subject.resource.text();
}

std::string ShareWalk::grant_command(const std::string& to) const {
  auto privilege = std::string(permissions::name_of(about_.asked));
  const auto& on = about_.subject.resource;
  auto out = "weir grant --principal " + to + " --permissions " + privilege + " --resource " + on.database +
             (on.table.empty() ? "" : "." + on.table);
  return to == about_.recipient ? out + " --grant-option " + privilege : out;
}

std::string ShareWalk::administrators_of(const std::string& account) const {
  return "a data lake administrator of account " + account;
}

void ShareWalk::done(std::string name, std::string says) {
  steps_.push_back({std::move(name), StepState::done, std::move(says)});
}

void ShareWalk::not_needed(std::string name, std::string says) {
  steps_.push_back({std::move(name), StepState::optional, std::move(says)});
}

void ShareWalk::told_by(std::string name, const std::string& account, const std::string& what) {
  steps_.push_back(
      {std::move(name), StepState::other_account, what + ": account " + account + " tells its own administrators"});
}

void ShareWalk::missing(std::string name, std::string says, std::string who, std::string remedy) {
  steps_.push_back({std::move(name), StepState::missing, std::move(says), std::move(who), std::move(remedy)});
}

bool ShareWalk::accounts() {
  for (const auto& [name, account] : {std::pair<const char*, const std::string&>{"owner account", about_.owner},
                                      {"recipient account", about_.recipient}}) {
    if (call_.state().directory.find_account(account)) {
      done(name, "account " + account + " is here");
      continue;
    }
    missing(name, "there is no account " + account + " here, or it is closed", "whoever runs this server",
            "weir admin create-account, or reopen-account");
    return false;
  }
  return true;
}

// To the recipient what is not there is what is not shared with it: the next step says so.
bool ShareWalk::resource() {
  const auto& text = about_.subject.resource.text();
  if (!as_owner() && !is_granted()) {
    told_by("resource", about_.owner, "whether there is " + text);
  } else if (about_.there) {
    done("resource", text + " is in account " + about_.owner);
  } else {
    missing("resource", "account " + about_.owner + " has no " + text, "account " + about_.owner,
            "create it, or ask about another name");
  }
  return !as_owner() || about_.there;
}

void ShareWalk::version() {
  int version = settings_of(about_.owner).cross_account_version();
  auto is = "CROSS_ACCOUNT_VERSION of account " + about_.owner + " is " + std::to_string(version);
  bool enough = is_granted() || about_.principal.empty() || version >= permissions::kVersionOfDirectShares;
  if (enough) return done("cross-account version", is);
  missing("cross-account version", is + ": principals of other accounts hold grants from version 3 on",
          administrators_of(about_.owner),
          "set CROSS_ACCOUNT_VERSION to 3 or above, or grant to account " + about_.recipient);
}

void ShareWalk::everybody() {
  const auto& snapshot = call_.state().permissions(about_.owner);
  bool holds = permissions::everybody_holds(snapshot, about_.subject.resource);
  int version = snapshot.settings().cross_account_version();
  if (is_granted() || !holds || version >= permissions::kVersionOfHybridResources)
    return done("IAM_ALLOWED_PRINCIPALS", "it does not stand in the way");
  missing("IAM_ALLOWED_PRINCIPALS",
          "IAM_ALLOWED_PRINCIPALS holds permissions on " + about_.subject.resource.text() +
              ", and what it holds is not shared below CROSS_ACCOUNT_VERSION 4",
          administrators_of(about_.owner),
          "revoke what IAM_ALLOWED_PRINCIPALS holds, or set CROSS_ACCOUNT_VERSION to 4 or above");
}

void ShareWalk::grant() {
  if (is_granted()) return done("grant", reasons(to_principal_.allowed() ? to_principal_ : to_account_));
  auto says = "account " + about_.owner + " does not share " + asked_on() + " with account " + about_.recipient;
  if (!about_.principal.empty()) says += ", what is above it or " + about_.principal;
  missing("grant", std::move(says), administrators_of(about_.owner), grant_command(about_.recipient));
}

void ShareWalk::share() {
  bool own = to_principal_.allowed();
  auto ties = ties_.under(own ? to_principal_ : to_account_, own);
  if (is_in_force()) {
    std::string says;
    for (const auto& tie : ties) says += (says.empty() ? "" : "; ") + tie.share->arn();
    return done("share", std::move(says) + " is in force");
  }
  for (const auto& tie : ties)
    if (tie.state != sharing::AssociationState::associated) return share_not_in_force(tie);
  missing("share", "the resource share of the grant is gone", administrators_of(about_.owner),
          grant_command(about_.recipient));
}

void ShareWalk::share_not_in_force(const ShareTie& tie) {
  return tie.association.by_membership() ? without_membership(tie) : invitation(tie);
}

void ShareWalk::without_membership(const ShareTie& tie) {
  OrganizationMemberships memberships(call_.state().directory.organizations());
  auto arn = tie.share->arn();
  if (memberships.are_together(about_.owner, about_.recipient))
    return missing("share", arn + " stands on membership, and resource sharing with the organization is not enabled",
                   "the organization's management account", "aws ram enable-sharing-with-aws-organization");
  missing("share", arn + " stands on membership, and the two accounts are in no organization together any more",
          administrators_of(about_.owner), "revoke the grant and make it again, which sends an invitation");
}

void ShareWalk::invitation(const ShareTie& tie) {
  for (const auto& one : call_.state().shares.invitations_to(about_.recipient)) {
    if (one.id != tie.association.invitation) continue;
    auto state = one.state_at(call_.now());
    auto says = tie.share->arn() + ": its invitation " + one.arn() + " is " + std::string(to_string(state));
    if (state != sharing::InvitationState::pending)
      return missing("share", std::move(says), administrators_of(about_.owner),
                     "the same grant again sends a new invitation: " + grant_command(tie.association.principal));
    return missing("share", says + ", until " + base::to_iso8601(one.expires),
                   "an administrator of account " + about_.recipient,
                   "aws ram accept-resource-share-invitation --resource-share-invitation-arn " + one.arn());
  }
  missing("share", tie.share->arn() + ": its invitation is gone", administrators_of(about_.owner),
          "the same grant again sends a new invitation: " + grant_command(tie.association.principal));
}

// Why nothing can be vended; empty when something can.
std::string ShareWalk::location_fault() const {
  auto place = location_of(*about_.subject.table);
  if (!place) return "the table has no location that could be read";
  const auto* registered = governing(call_, about_.owner, *place);
  if (!registered) return place->url() + " is in no registered location";
  if (registered->use_service_linked_role)
    return registered->resource_arn + " is registered with the service-linked role, which vends to no engine";
  auto fault = check_registered_role(call_, registered->role_arn, *place);
  return fault.empty() ? "" : "the role of " + registered->resource_arn + ": " + fault;
}

void ShareWalk::location() {
  auto fault = location_fault();
  if (fault.empty()) return done("location", "its data is registered with a role that reads it");
  if (!as_owner()) fault = "the data is not registered with a role that reads it";
  missing("location", std::move(fault), administrators_of(about_.owner),
          "register the location with a role that lakeformation.amazonaws.com may assume and that reads it");
}

// What is to be read of the table, by the principal or, without one, by the account.
permissions::TableView ShareWalk::read_view() const {
  if (about_.principal.empty()) return to_account_.view;
  return ties_.together(about_.subject, about_.asked, true).view;
}

void ShareWalk::engines() {
  const auto& settings = settings_of(about_.owner);
  auto trust = engine_trust(engine_of(about_.recipient, settings), settings);
  if (trust.trusted && !trust.only_full_access)
    return done("engines", "engines of account " + about_.recipient + " with an authorised session tag are trusted");
  if (trust.trusted && (!is_granted() || read_view().shows_everything()))
    return done("engines", "engines are trusted with tables that are shared whole (AllowFullTableExternalDataAccess)");
  auto says = settings.authorized_session_tag_values.empty() ? "no session tag is authorised" : trust.why_not;
  if (trust.trusted) says += ", and without it a table is read whole or not at all";
  missing("engines", std::move(says), administrators_of(about_.owner),
          "set AllowExternalDataFiltering, put account " + about_.recipient +
              " in ExternalDataFilteringAllowList, and name its tag in AuthorizedSessionTagValueList");
}

}  // namespace weir::app
