#include "cli/profile.h"

#include <array>
#include <cstdlib>
#include <fstream>

#include "base/text.h"

namespace weir::cli {
namespace {

// Our name of a service, and what AWS calls it in AWS_ENDPOINT_URL_...
constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kServices = {{
    {"sts", "STS"},
    {"glue", "GLUE"},
    {"lakeformation", "LAKEFORMATION"},
    {"s3", "S3"},
    {"iam", "IAM"},
    {"cloudtrail", "CLOUDTRAIL"},
    {"organizations", "ORGANIZATIONS"},
    {"ram", "RAM"},
    {"sns", "SNS"},
    {"states", "SFN"},
    {"events", "EVENTBRIDGE"},
    {"weir_api", "WEIR"},
}};

std::string env(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value ? value : "";
}

std::string first_of(std::initializer_list<std::string> values) {
  for (const auto& value : values)
    if (!value.empty()) return value;
  return {};
}

std::string file_of(const std::string& variable, const std::string& in_home) {
  auto named = env(variable);
  return named.empty() ? env("HOME") + "/.aws/" + in_home : named;
}

std::string profile_name(const ProfileFlags& flags) { return first_of({flags.profile, env("AWS_PROFILE"), "default"}); }

std::string member(const std::map<std::string, std::string>& section, const std::string& name) {
  auto found = section.find(name);
  return found == section.end() ? "" : found->second;
}

void read_endpoints(Profile& profile, const ProfileFlags& flags, const std::map<std::string, std::string>& config) {
  profile.endpoint_url = first_of({flags.endpoint_url, env("AWS_ENDPOINT_URL"), member(config, "endpoint_url")});
  if (!flags.endpoint_url.empty()) return;
  for (auto [service, suffix] : kServices)
    if (auto url = env("AWS_ENDPOINT_URL_" + std::string(suffix)); !url.empty())
      profile.service_endpoints[std::string(service)] = url;
}

}  // namespace

std::map<std::string, std::string> read_section(const std::string& file, std::string_view section) {
  std::map<std::string, std::string> out;
  std::ifstream in(file);
  std::string line;
  bool inside = false;
  while (std::getline(in, line)) {
    auto text = base::trim(line);
    if (text.empty() || text[0] == '#' || text[0] == ';') continue;
    if (text[0] == '[') {
      inside = base::trim(text.substr(1, text.find(']') - 1)) == section;
      continue;
    }
    auto equals = text.find('=');
    if (inside && equals != std::string_view::npos)
      out[std::string(base::trim(text.substr(0, equals)))] = base::trim(text.substr(equals + 1));
  }
  return out;
}

std::string Profile::endpoint_for(std::string_view service) const {
  if (auto found = service_endpoints.find(std::string(service)); found != service_endpoints.end()) return found->second;
  if (!endpoint_url.empty()) return endpoint_url;
  return "https://" + std::string(service) + "." + region + ".amazonaws.com";
}

std::string config_file() { return file_of("AWS_CONFIG_FILE", "config"); }
std::string credentials_file() { return file_of("AWS_SHARED_CREDENTIALS_FILE", "credentials"); }

base::Result<Profile> load_endpoints(const ProfileFlags& flags) {
  auto name = profile_name(flags);
  auto config = read_section(config_file(), name == "default" ? name : "profile " + name);
  Profile profile;
  profile.region =
      first_of({flags.region, env("AWS_REGION"), env("AWS_DEFAULT_REGION"), member(config, "region"), "us-east-1"});
  profile.ca_bundle = first_of({env("AWS_CA_BUNDLE"), member(config, "ca_bundle")});
  read_endpoints(profile, flags, config);
  return profile;
}

base::Result<Profile> load_profile(const ProfileFlags& flags) {
  WEIR_TRY(auto profile, load_endpoints(flags));
  auto keys = read_section(credentials_file(), profile_name(flags));
  if (flags.profile.empty() && !env("AWS_ACCESS_KEY_ID").empty()) {
    profile.access_key_id = env("AWS_ACCESS_KEY_ID");
    profile.secret_access_key = base::Secret(env("AWS_SECRET_ACCESS_KEY"));
    profile.session_token = env("AWS_SESSION_TOKEN");
  } else {
    profile.access_key_id = member(keys, "aws_access_key_id");
    profile.secret_access_key = base::Secret(member(keys, "aws_secret_access_key"));
    profile.session_token = member(keys, "aws_session_token");
  }
  if (profile.access_key_id.empty() || profile.secret_access_key.empty()) {
    return base::not_found("no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile \"" +
                               profile_name(flags) +
                               "\" in the files AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE name",
                           "credentials");
  }
  return profile;
}

}  // namespace weir::cli
