#include "app/approval_people.h"

#include <algorithm>

#include "approvals/approval_records.h"
#include "approvals/tally.h"
#include "base/text.h"
#include "notifications/mail_address.h"

namespace weir::app {
namespace {

constexpr std::string_view kSamlUser = ":user/";

// The address in a tag of the user's record, which whoever looks after the user wrote.
std::string address_of_user(const identity::Directory& directory, std::string_view arn) {
  auto* user = directory.find_user_by_arn(arn);
  if (!user) return {};
  for (const auto& tag : (*user)->user.tags)
    if (base::equal_ignoring_case(tag.key, "email") && notifications::is_mail_address(tag.value)) return tag.value;
  return {};
}

std::string address_of_saml_user(std::string_view arn) {
  auto at = arn.find(kSamlUser);
  if (arn.find(":saml-provider/") == arn.npos || at == arn.npos) return {};
  auto name = arn.substr(at + kSamlUser.size());
  return notifications::is_mail_address(name) ? std::string(name) : std::string();
}

// A name, and the address it is known to have.
std::vector<std::string> names_behind(const identity::Directory& directory, std::string name) {
  auto address = address_of_saml_user(name);
  if (address.empty()) address = address_of_user(directory, name);
  std::vector<std::string> names{std::move(name)};
  if (!address.empty()) names.push_back(std::move(address));
  return names;
}

Person signed_in_person(const Call& call, const identity::SignIn& sign_in) {
  Person person{call.caller().arn(), {call.caller().arn(), sign_in.provider + "/" + sign_in.subject}, {}};
  if (notifications::is_mail_address(sign_in.subject)) person.names.push_back(sign_in.subject);
  return person;
}

Person person_alone(const Call& call) {
  const auto& caller = call.caller();
  const auto* session = caller.session ? &caller.session->session : nullptr;
  if (caller.is_decorated()) {
    const auto& user = caller.session->lake_formation_principals.front();
    return {user, names_behind(call.state().directory, user), {}};
  }
  if (session && session->sign_in) return signed_in_person(call, *session->sign_in);
  if (caller.is_role_session()) return {caller.arn(), {caller.arn(), caller.caller.role_arn}, {}};
  if (!caller.caller.user_arn.empty())
    return {caller.caller.user_arn, names_behind(call.state().directory, caller.caller.user_arn), {}};
  return {caller.arn(), names_behind(call.state().directory, caller.arn()), {}};
}

// What a session is called by an address. It only takes away: nobody may decide more for being called like somebody.
std::vector<std::string> addresses_of_session(const Call& call) {
  const auto* session = call.caller().session ? &call.caller().session->session : nullptr;
  std::vector<std::string> out;
  if (session)
    for (const auto* name : {&session->name, &session->source_identity})
      if (notifications::is_mail_address(*name)) out.push_back(*name);
  return out;
}

}  // namespace

std::vector<std::string> approver_names(const Call& call) {
  auto names = call.lake_caller(call.caller().account()).principals;
  std::erase_if(names, [](const auto& name) { return !approvals::is_principal(name); });
  return names;
}

Person person_of(const Call& call) {
  auto person = person_alone(call);
  for (auto& address : addresses_of_session(call)) person.names.push_back(std::move(address));
  person.also = approver_names(call);
  if (call.caller().is_role_session()) person.also.push_back(call.caller().caller.role_arn);
  return person;
}

Person person_behind(std::string_view recipient) { return {std::string(recipient), {std::string(recipient)}, {}}; }

bool is_approver(const Call& call, const approvals::Approval& approval) {
  auto names = approver_names(call);
  return std::ranges::any_of(approval.approvers,
                             [&](const auto& approver) { return std::ranges::find(names, approver) != names.end(); });
}

bool is_excluded(const identity::Directory& directory, const Person& person, const approvals::Approval& approval) {
  auto acts_as = person.names;
  acts_as.insert(acts_as.end(), person.also.begin(), person.also.end());
  return std::ranges::any_of(approval.excluded, [&](const auto& excluded) {
    return approvals::is_same_person(acts_as, names_behind(directory, excluded));
  });
}

}  // namespace weir::app
