// DIR/aws/config and DIR/aws/credentials: what an AWS CLI or SDK needs to reach this server, mode 0600.
#pragma once
#include <string>

#include "app/organizations/accounts.h"

namespace weir::server {

class ProfileFiles {
 public:
  explicit ProfileFiles(const std::string& data_dir);

  // Adds (or replaces) a profile with its keys.
  base::Status add(const std::string& profile, const app::FirstKey& key);
  // Every profile points here from now on.
  base::Status point_to(const std::string& endpoint_url, const std::string& region);

 private:
  base::Status write_config(const std::string& endpoint_url, const std::string& region);
  std::string directory_;
};

}  // namespace weir::server
