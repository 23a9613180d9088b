#include "cli/mesh_site.h"

#include "cli/account_client.h"

namespace weir::cli {

base::Result<names::AccountId> read_account(const std::string& text, std::string_view option) {
  auto account = names::AccountId::parse(text);
  if (account) return account;
  return base::invalid(std::string(option) + ": an account id has twelve digits, zeros in front included: " + text,
                       "account");
}

base::Result<std::unique_ptr<MeshSite>> open_site(const ProfileFlags& flags, const std::string& expected) {
  WEIR_TRY(auto client, client_of(flags));
  WEIR_TRY(auto account, account_of(client));
  if (!expected.empty() && expected != account)
    return base::invalid("these are credentials of account " + account + ", not of " + expected +
                             "; name the profile of that account with --profile",
                         "account");
  WEIR_TRY(auto id, names::AccountId::parse(account));
  auto region = client.profile().region;
  return std::make_unique<MeshSite>(JsonApi(std::move(client)), MeshPlace{id, region});
}

}  // namespace weir::cli
