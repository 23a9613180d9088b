// What is shared, and with or by whom, across all shares of one side.
//
// Threads: as the Call.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/sharing/resource_shares.h"

namespace weir::app {

struct SharedResource {
  std::string arn;
  std::string type;  // "glue:Table"
  std::string share;
  base::Instant created{};
};
struct SharedResourceFilter {
  ShareSide side = ShareSide::owned;
  std::vector<std::string> shares = {};
  std::vector<std::string> resources = {};
  std::optional<std::string> type = {};
  std::optional<std::string> principal = {};  // whom it is shared with or, received, the account that shares
};
base::Result<std::vector<SharedResource>> list_shared_resources(Call& call, const SharedResourceFilter& filter);
// Whether a shared resource is still in the catalog.
base::Result<bool> is_available(Call& call, const std::string& arn);

struct SharingPrincipal {
  std::string id;  // whom it is shared with or, received, the account that shares
  std::string share;
  bool external = false;
  base::Instant created{};
};
struct SharingPrincipalFilter {
  ShareSide side = ShareSide::owned;
  std::vector<std::string> shares = {};
  std::vector<std::string> principals = {};
  std::optional<std::string> resource = {};
  std::optional<std::string> type = {};
};
base::Result<std::vector<SharingPrincipal>> list_sharing_principals(Call& call, const SharingPrincipalFilter& filter);

}  // namespace weir::app
