// Where identity's records are in the store. All under "iam":
//
//   iam accounts ACCOUNT                        Account
//   iam access-keys AKIA                        AccessKey
//   iam access-key-uses AKIA                    AccessKeyUse
//   iam ids UNIQUE-ID                           NamedId: who has this id now
//   iam ACCOUNT user|group|role|policy name     User, Group, Role, ManagedPolicy; name in lower case
//   iam ACCOUNT saml-provider name              SamlProvider; name in lower case
//   iam ACCOUNT oidc-provider host/path         OidcProvider; in lower case
//   iam ACCOUNT owner-key OWNER-ID AKIA         index: access keys of a user or of root
//   iam ACCOUNT member group user               index: users of a group
//   iam ACCOUNT attachment POLICY-ARN noun name index: who has this policy attached
//   iam ACCOUNT boundary POLICY-ARN noun name   index: whose boundary this policy is
//
// An index entry's value is the name as spelt. Indexes are written with what they index.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/record.h"
#include "names/arn.h"

namespace weir::identity {

enum class Noun { user, group, role, policy };
std::string_view to_string(Noun noun);
base::Result<Noun> parse_noun(std::string_view text);

struct NamedId {
  names::AccountId account;
  std::string noun;
  std::string name;
};
WEIR_RECORD(NamedId, FIELD("Account", &NamedId::account), FIELD("Noun", &NamedId::noun), FIELD("Name", &NamedId::name))

namespace keys {
std::string everything();
std::string accounts();
std::string account(const names::AccountId& id);
std::string access_keys();
std::string access_key(std::string_view id);
std::string access_key_use(std::string_view id);
std::string unique_id(std::string_view id);
std::string all(const names::AccountId& account, Noun noun);
std::string one(const names::AccountId& account, Noun noun, std::string_view name);
std::string owner_keys(const names::AccountId& account, std::string_view owner_id);
std::string owner_key(const names::AccountId& account, std::string_view owner_id, std::string_view key_id);
std::string members(const names::AccountId& account, std::string_view group);
std::string member(const names::AccountId& account, std::string_view group, std::string_view user);
std::string saml_providers(const names::AccountId& account);
std::string saml_provider(const names::AccountId& account, std::string_view name);
std::string oidc_providers(const names::AccountId& account);
std::string oidc_provider(const names::AccountId& account, std::string_view name);

enum class Use { attachment, boundary };
std::string uses(const names::AccountId& account, Use use, std::string_view policy_arn);
std::string use(const names::AccountId& account, Use use, std::string_view policy_arn, Noun noun,
                std::string_view name);
}  // namespace keys

}  // namespace weir::identity
