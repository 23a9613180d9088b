#include "cli/account_client.h"

#include "wire/sts_operations.h"

namespace weir::cli {

base::Result<AwsClient> client_of(const ProfileFlags& flags) {
  WEIR_TRY(auto loaded, load_profile(flags));
  auto profile = std::make_shared<const Profile>(std::move(loaded));
  return AwsClient(profile, std::make_shared<net::Client>(net::ClientOptions{.ca_file = profile->ca_bundle}),
                   long_lived({profile->access_key_id, profile->secret_access_key, profile->session_token}));
}

base::Result<std::string> account_of(const AwsClient& client) {
  WEIR_TRY(auto caller, client.call<wire::sts::op::GetCallerIdentity>({}));
  return caller.Account.value_or("");
}

}  // namespace weir::cli
