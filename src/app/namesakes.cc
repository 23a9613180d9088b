#include "app/namesakes.h"

#include "identity/account_records.h"
#include "permissions/principal_records.h"

namespace weir::app {

base::Status end_what_lake_formation_gave(store::Transaction& tx, const names::AccountId& account,
                                          const std::string& arn) {
  WEIR_CHECK_OK(permissions::forget_official(tx, account.text(), arn));
  identity::PageRequest request;
  for (;;) {
    WEIR_TRY(auto page, identity::AccountRecords(tx).list(request));
    for (const auto& owner : page.items) WEIR_CHECK_OK(permissions::forget_grantee(tx, owner.id.text(), arn));
    if (!page.marker) return {};
    request.marker = *page.marker;
  }
}

}  // namespace weir::app
