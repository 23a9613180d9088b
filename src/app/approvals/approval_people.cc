#include "app/approvals/approval_people.h"

#include <algorithm>

#include "app/approvals/bound_approvers.h"
#include "app/people/verified_address.h"
#include "app/sessions/signed_in.h"
#include "approvals/approval_records.h"
#include "approvals/keys.h"
#include "approvals/tally.h"
#include "base/text.h"
#include "identity/maker.h"
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
  auto self = identity::name_of(sign_in);
  return {call.caller().arn(), {call.caller().arn(), self}, {}, self};
}

Person person_of_user(const Call& call, const std::string& name) {
  return {name, names_behind(call.state().directory, name), {}};
}

Person person_alone(const Call& call) {
  const auto& caller = call.caller();
  if (caller.is_decorated()) return person_of_user(call, caller.session->lake_formation_principals.front());
  if (const auto* sign_in = lasting_sign_in(caller)) return signed_in_person(call, *sign_in);
  if (caller.is_role_session())
    return {caller.arn(), {caller.arn(), caller.caller.role_arn, caller.caller.unique_id}, {}};
  return person_of_user(call, caller.caller.user_arn.empty() ? caller.arn() : caller.caller.user_arn);
}

// The addresses that a session is called by, and those that a provider claims of who began its chain. They only take
// away: nobody may decide more for being called like somebody.
std::vector<std::string> addresses_of(const Call& call, const identity::Maker& maker) {
  auto out = maker.addresses;
  if (!maker.provider.empty()) out.push_back(maker.id);
  out.push_back(claimed_address(call, maker));
  if (call.caller().session) {
    out.push_back(call.caller().session->session.name);
    out.push_back(call.caller().session->session.source_identity);
  }
  std::erase_if(out, [](const auto& name) { return !notifications::is_mail_address(name); });
  return out;
}

// Who began the chain, as it was and, of a user who has another name by now, as it is.
std::vector<std::string> names_of(const Call& call, const identity::Maker& maker) {
  const auto& directory = call.state().directory;
  std::vector<std::string> out{identity::name_of(maker)};
  auto add = [&](const std::string& arn) {
    for (auto& name : names_behind(directory, arn)) out.push_back(std::move(name));
  };
  add(maker.arn);
  auto* user = directory.find_user(maker.id);
  if (user && maker.provider.empty() && (*user)->arn != maker.arn) add((*user)->arn);
  for (auto& address : addresses_of(call, maker)) out.push_back(std::move(address));
  return out;
}

void add_name(Person& person, std::string name) {
  bool known = name.empty() || std::ranges::find(person.names, name) != person.names.end();
  if (!known) person.names.push_back(std::move(name));
}

// The ARNs that grants know the caller by.
std::vector<std::string> principals_of(const Call& call) {
  auto names = call.lake_caller(call.caller().account()).principals;
  std::erase_if(names, [](const auto& name) { return !approvals::is_principal(name); });
  return names;
}

}  // namespace

ApproverNames::ApproverNames(const Call& call)
    : directory_(call.state().directory),
      principals_(principals_of(call)),
      account_(call.caller().account()),
      address_(verified_address(call)) {}

std::string ApproverNames::list(size_t number) const {
  return number < principals_.size() ? approvals::keys::open_for(principals_[number])
                                     : approvals::keys::open_for_address(account_, address_);
}

bool ApproverNames::is_listed(const approvals::Approval& approval, size_t number) const {
  if (number < principals_.size())
    return std::ranges::find(approval.approvers, principals_[number]) != approval.approvers.end() &&
           is_meant(directory_, approval, principals_[number]);
  return approval.account == account_ && std::ranges::any_of(approval.approvers, [&](const auto& approver) {
           return base::equal_ignoring_case(approver, address_);
         });
}

bool ApproverNames::is_approver(const approvals::Approval& approval) const {
  for (size_t number = 0; number < count(); ++number)
    if (is_listed(approval, number)) return true;
  return false;
}

Person person_of(const Call& call) {
  auto person = person_alone(call);
  for (auto& name : names_of(call, identity::maker_of(call.caller()))) add_name(person, std::move(name));
  person.also = principals_of(call);
  if (call.caller().is_role_session()) person.also.push_back(call.caller().caller.role_arn);
  return person;
}

Person person_behind(std::string_view recipient) { return {std::string(recipient), {std::string(recipient)}, {}}; }

bool is_excluded(const identity::Directory& directory, const Person& person, const approvals::Approval& approval) {
  auto acts_as = person.names;
  acts_as.insert(acts_as.end(), person.also.begin(), person.also.end());
  return std::ranges::any_of(approval.excluded, [&](const auto& excluded) {
    auto names = names_behind(directory, excluded);
    if (auto id = excluded_id(approval, excluded); !id.empty()) names.push_back(std::move(id));
    return approvals::is_same_person(acts_as, names);
  });
}

}  // namespace weir::app
