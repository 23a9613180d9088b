#include "app/namesakes.h"

#include "app/shared_grants.h"
#include "identity/account_records.h"
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

}  // namespace

base::Status end_what_lake_formation_gave(store::Transaction& tx, const names::AccountId& account,
                                          const std::string& arn) {
  WEIR_CHECK_OK(permissions::forget_official(tx, account.text(), arn));
  identity::PageRequest request;
  for (;;) {
    WEIR_TRY(auto page, identity::AccountRecords(tx).list(request));
    for (const auto& owner : page.items) WEIR_CHECK_OK(end_in(tx, owner.id.text(), arn));
    if (!page.marker) return {};
    request.marker = *page.marker;
  }
}

}  // namespace weir::app
