#include "cli/login_command.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>

#include "cli/commands.h"
#include "cli/profile_file.h"

namespace weir::cli {
namespace {

// With a profile its keys sign; without one nobody does, as the operations allow.
base::Result<AwsClient> client_for(const LoginFlags& flags) {
  WEIR_TRY(auto loaded, flags.profile.profile.empty() ? load_endpoints(flags.profile) : load_profile(flags.profile));
  auto profile = std::make_shared<const Profile>(std::move(loaded));
  net::ClientOptions options;
  options.ca_file = profile->ca_bundle;
  auto keys = long_lived({profile->access_key_id, profile->secret_access_key, profile->session_token});
  return AwsClient(profile, std::make_shared<net::Client>(options), std::move(keys));
}

base::Result<TimedCredentials> sign_in(const AwsClient& client, const LoginFlags& flags) {
  if (flags.saml.file.empty() == flags.token.file.empty())
    return base::invalid("give either --saml-file or --oidc-token", "login");
  if (!flags.token.file.empty()) {
    auto token = flags.token;
    token.role_arn = flags.role_arn;
    token.duration_s = flags.duration_s;
    return sign_in_with_token(client, token);
  }
  if (flags.saml.principal_arn.empty()) return base::invalid("--saml-file needs --principal-arn", "login");
  auto saml = flags.saml;
  saml.role_arn = flags.role_arn;
  saml.duration_s = flags.duration_s;
  return flags.decorated ? sign_in_decorated(client, saml) : sign_in_with_saml(client, saml);
}

Section credentials_section(const TimedCredentials& made) {
  Section out{{"aws_access_key_id", made.keys.access_key_id},
              {"aws_secret_access_key", made.keys.secret.reveal()},
              {"aws_session_token", made.keys.session_token}};
  if (made.expires) out.emplace_back("x_security_token_expires", base::to_iso8601(*made.expires));
  return out;
}

Section config_section(const Profile& profile) {
  Section out{{"region", profile.region}};
  if (!profile.endpoint_url.empty()) out.emplace_back("endpoint_url", profile.endpoint_url);
  if (!profile.ca_bundle.empty()) out.emplace_back("ca_bundle", profile.ca_bundle);
  return out;
}

base::Status keep(const std::string& name, const Profile& profile, const TimedCredentials& made) {
  auto config = config_file(), credentials = credentials_file();
  for (const auto& file : {config, credentials}) {
    std::error_code ignored;
    std::filesystem::create_directories(std::filesystem::path(file).parent_path(), ignored);
  }
  WEIR_CHECK_OK(write_section(config, name == "default" ? name : "profile " + name, config_section(profile)));
  return write_section(credentials, name, credentials_section(made));
}

}  // namespace

base::Status run_login(const LoginFlags& flags) {
  WEIR_TRY(auto client, client_for(flags));
  WEIR_TRY(auto made, sign_in(client, flags));
  WEIR_CHECK_OK(keep(flags.save_as, client.profile(), made));
  std::printf("profile %s%s%s\n", flags.save_as.c_str(), made.expires ? " until " : "",
              made.expires ? base::to_iso8601(*made.expires).c_str() : "");
  return {};
}

void add_login(CLI::App& program, int& status) {
  auto login = std::make_shared<LoginFlags>();
  auto* command = program.add_subcommand("login", "Sign in with an identity provider, and keep the credentials");
  add_profile_options(*command, login->profile);
  command->add_option("--saml-file", login->saml.file, "file with the SAMLResponse in base64; - is standard input");
  command->add_option("--oidc-token", login->token.file, "file with the web identity token; - is standard input");
  command->add_option("--role-arn", login->role_arn, "role to take")->required();
  command->add_option("--principal-arn", login->saml.principal_arn, "the SAML provider's ARN");
  command->add_flag("--decorated", login->decorated, "as a user and groups of Lake Formation");
  login->token.session_name = "weir-login";
  command->add_option("--session-name", login->token.session_name, "name of the session, with --oidc-token")
      ->capture_default_str();
  command->add_option("--duration-seconds", login->duration_s, "how long the credentials last");
  command->add_option("--save-as", login->save_as, "name of the profile to write")->capture_default_str();
  command->callback([login, &status] { status = report(run_login(*login)); });
}

}  // namespace weir::cli
