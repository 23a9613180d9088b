// OpenID Connect providers of an account. See records.h for the kinds of refusal.
//
// Threads: as the transaction.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "identity/oidc_provider.h"
#include "identity/records.h"

namespace weir::identity {

inline constexpr size_t kOidcProvidersMax = 100;  // of an account
inline constexpr size_t kClientIdsMax = 100;      // of a provider
inline constexpr size_t kThumbprintsMax = 5;

struct NewOidcProvider {
  std::string name;  // host/path of a checked address
  std::vector<std::string> client_ids;
  std::vector<std::string> thumbprints;
  Tags tags;
};

class OidcProviderRecords {
 public:
  OidcProviderRecords(store::Transaction& tx, names::AccountId account) : tx_(tx), account_(std::move(account)) {}

  base::Result<OidcProvider> create(const NewOidcProvider& wanted, base::Instant now);
  base::Result<OidcProvider> get(std::string_view name);
  base::Result<std::vector<OidcProvider>> list();
  base::Status erase(std::string_view name);
  // Adding what is there, and removing what is not, changes nothing, as on AWS.
  base::Status add_client_id(std::string_view name, std::string_view client_id);
  base::Status remove_client_id(std::string_view name, std::string_view client_id);
  base::Status set_thumbprints(std::string_view name, std::vector<std::string> thumbprints);
  base::Status tag(std::string_view name, const Tags& tags);
  base::Status untag(std::string_view name, const std::vector<std::string>& keys);

 private:
  base::Status save_provider(const OidcProvider& provider);

  store::Transaction& tx_;
  names::AccountId account_;
};

base::Error no_such_oidc_provider(std::string_view arn);

}  // namespace weir::identity
