#include "identity/record_keys.h"

#include "base/text.h"
#include "store/key.h"

namespace weir::identity {

std::string_view to_string(Noun noun) {
  switch (noun) {
    case Noun::user: return "user";
    case Noun::group: return "group";
    case Noun::role: return "role";
    case Noun::policy: return "policy";
  }
  return "";
}

base::Result<Noun> parse_noun(std::string_view text) {
  for (auto noun : {Noun::user, Noun::group, Noun::role, Noun::policy})
    if (text == to_string(noun)) return noun;
  return base::internal("no noun of identity: " + std::string(text.substr(0, 40)));
}

namespace keys {
namespace {
constexpr std::string_view kRoot = "iam";
std::string_view to_string(Use use) { return use == Use::attachment ? "attachment" : "boundary"; }
}  // namespace

using base::to_lower;
using store::key;

std::string everything() { return key(kRoot); }
std::string accounts() { return key(kRoot, "accounts"); }
std::string account(const names::AccountId& id) { return key(kRoot, "accounts", id.text()); }
std::string access_keys() { return key(kRoot, "access-keys"); }
std::string access_key(std::string_view id) { return key(kRoot, "access-keys", id); }
std::string access_key_use(std::string_view id) { return key(kRoot, "access-key-uses", id); }
std::string unique_id(std::string_view id) { return key(kRoot, "ids", id); }

std::string all(const names::AccountId& account, Noun noun) {
  return key(kRoot, account.text(), identity::to_string(noun));
}
std::string one(const names::AccountId& account, Noun noun, std::string_view name) {
  return key(kRoot, account.text(), identity::to_string(noun), to_lower(name));
}
std::string owner_keys(const names::AccountId& account, std::string_view owner_id) {
  return key(kRoot, account.text(), "owner-key", owner_id);
}
std::string owner_key(const names::AccountId& account, std::string_view owner_id, std::string_view key_id) {
  return key(kRoot, account.text(), "owner-key", owner_id, key_id);
}
std::string members(const names::AccountId& account, std::string_view group) {
  return key(kRoot, account.text(), "member", to_lower(group));
}
std::string member(const names::AccountId& account, std::string_view group, std::string_view user) {
  return key(kRoot, account.text(), "member", to_lower(group), to_lower(user));
}
std::string saml_providers(const names::AccountId& account) { return key(kRoot, account.text(), "saml-provider"); }
std::string saml_provider(const names::AccountId& account, std::string_view name) {
  return key(kRoot, account.text(), "saml-provider", to_lower(name));
}
std::string oidc_providers(const names::AccountId& account) { return key(kRoot, account.text(), "oidc-provider"); }
std::string oidc_provider(const names::AccountId& account, std::string_view name) {
  return key(kRoot, account.text(), "oidc-provider", to_lower(name));
}
std::string uses(const names::AccountId& account, Use use, std::string_view policy_arn) {
  return key(kRoot, account.text(), to_string(use), policy_arn);
}
std::string use(const names::AccountId& account, Use use, std::string_view policy_arn, Noun noun,
                std::string_view name) {
  return key(kRoot, account.text(), to_string(use), policy_arn, identity::to_string(noun), to_lower(name));
}
}  // namespace keys

}  // namespace weir::identity
