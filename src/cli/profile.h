// Where a command finds its credentials, region and endpoint: the usual chain of AWS tools.
//
//   1. flags, 2. AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_REGION,
//   AWS_DEFAULT_REGION, AWS_ENDPOINT_URL[_SERVICE], AWS_CA_BUNDLE, 3. the profile (AWS_PROFILE or
//   "default") of the files AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE, or ~/.aws/config and
//   ~/.aws/credentials.
#pragma once
#include <map>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"

namespace weir::cli {

struct Profile {
  std::string access_key_id;
  base::Secret secret_access_key;
  std::string session_token;
  std::string region;
  std::string endpoint_url;                              // empty: AWS itself
  std::map<std::string, std::string> service_endpoints;  // "sts" -> url, when set apart
  std::string ca_bundle;

  // https://glue.us-east-1.amazonaws.com when nothing else is set.
  std::string endpoint_for(std::string_view service) const;
};

// What the command line said; empty members were not given.
struct ProfileFlags {
  std::string profile = {};
  std::string region = {};
  std::string endpoint_url = {};
};

// Not found (about "credentials") when the chain ends without keys.
base::Result<Profile> load_profile(const ProfileFlags& flags);
// Region, endpoints and certificates alone, for who has no keys yet.
base::Result<Profile> load_endpoints(const ProfileFlags& flags);

// Where the files are.
std::string config_file();
std::string credentials_file();

// One section of an INI file as AWS tools write them; absent file or section is empty.
std::map<std::string, std::string> read_section(const std::string& file, std::string_view section);

}  // namespace weir::cli
