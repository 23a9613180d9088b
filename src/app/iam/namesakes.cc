#include "app/iam/namesakes.h"

#include <functional>

#include "app/sharing/shared_grants.h"
#include "identity/account_records.h"
#include "permissions/principal.h"
#include "permissions/principal_records.h"
#include "permissions/records.h"

namespace weir::app {
namespace {

constexpr size_t kAtOnce = 512;

base::Result<std::vector<permissions::Grant>> shared_with(store::Transaction& tx, const std::string& owner,
                                                          const std::string& arn) {
  permissions::GrantScope scope;
  scope.principal = arn;
  std::vector<permissions::Grant> out;
  for (std::string token;;) {
    WEIR_TRY(auto page, permissions::list_grants(tx, owner, scope, token, kAtOnce));
    for (auto& grant : page.items)
      if (!grant.share.empty()) out.push_back(std::move(grant));
    if (page.next.empty()) return out;
    token = page.next;
  }
}

// A namesake does not find a share open that its predecessor accepted.
base::Status end_in(store::Transaction& tx, const std::string& owner, const std::string& arn) {
  WEIR_TRY(auto shared, shared_with(tx, owner, arn));
  WEIR_CHECK_OK(permissions::forget_grantee(tx, owner, arn));
  for (const auto& grant : shared) WEIR_CHECK_OK(leave_share(tx, grant));
  return {};
}

std::vector<std::string> officials_of(const permissions::DataLakeSettings& settings) {
  auto out = settings.admins;
  out.insert(out.end(), settings.read_only_admins.begin(), settings.read_only_admins.end());
  for (const auto* defaults : {&settings.create_database_default, &settings.create_table_default})
    for (const auto& one : *defaults) out.push_back(one.principal);
  return out;
}

// In every account, the principal's own or not.
base::Status in_each_account(store::Transaction& tx, const std::function<base::Status(const std::string&)>& end) {
  identity::PageRequest request;
  for (;;) {
    WEIR_TRY(auto page, identity::AccountRecords(tx).list(request));
    for (const auto& owner : page.items) WEIR_CHECK_OK(end(owner.id.text()));
    if (!page.marker) return {};
    request.marker = *page.marker;
  }
}

std::optional<Bearer> root_at(const identity::Directory& directory, std::string_view text) {
  auto arn = names::Arn::parse(text);
  if (!arn.ok() || arn->service != "iam" || arn->resource != "root") return std::nullopt;
  auto* account = directory.find_account(arn->account);
  return account ? std::optional<Bearer>({arn->account, (*account)->account.created}) : std::nullopt;
}

std::optional<Bearer> provider_of(const identity::Directory& directory, const permissions::Principal& principal) {
  auto account = names::AccountId::parse(principal.account());
  if (!account.ok()) return std::nullopt;
  auto* provider = directory.find_saml_provider(names::saml_provider_arn(*account, principal.saml_provider()));
  return provider ? std::optional<Bearer>({provider->id, provider->created}) : std::nullopt;
}

}  // namespace

std::optional<Bearer> bearer_of(const identity::Directory& directory, std::string_view principal) {
  if (auto* user = directory.find_user_by_arn(principal)) return Bearer{(*user)->user.id, (*user)->user.created};
  if (auto* role = directory.find_role_by_arn(principal)) return Bearer{(*role)->role.id, (*role)->role.created};
  auto parsed = permissions::Principal::parse(principal);
  if (parsed.ok() && parsed->is_saml()) return provider_of(directory, *parsed);
  return root_at(directory, principal);
}

base::Status end_what_lake_formation_gave(store::Transaction& tx, const names::AccountId& account,
                                          const std::string& arn) {
  WEIR_CHECK_OK(permissions::forget_official(tx, account.text(), arn));
  return in_each_account(tx, [&](const std::string& owner) { return end_in(tx, owner, arn); });
}

base::Status end_what_lake_formation_gave_through(store::Transaction& tx, const names::AccountId& account,
                                                  const std::string& provider_arn) {
  WEIR_TRY(auto settings, permissions::get_settings(tx, account.text()));
  for (const auto& principal : officials_of(settings))
    if (principal.starts_with(provider_arn + ":"))
      WEIR_CHECK_OK(permissions::forget_official(tx, account.text(), principal));
  return in_each_account(tx, [&](const std::string& owner) -> base::Status {
    WEIR_TRY(auto grantees, permissions::grantees_beginning(tx, owner, provider_arn + ":"));
    for (const auto& principal : grantees) WEIR_CHECK_OK(end_in(tx, owner, principal));
    return {};
  });
}

}  // namespace weir::app
