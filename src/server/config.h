// What an operator can set: one list of options, each a flag, a key of the TOML file and an
// environment variable (`--head-timeout-s`, `head-timeout-s = 10`, `WEIR_HEAD_TIMEOUT_S`). Flags win
// over the environment, the environment over the file.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/log.h"
#include "base/secret.h"
#include "sql/limits.h"

namespace CLI {
class App;
}

namespace weir::server {

struct Config {
  std::string data_dir = "data";
  std::string listen = "127.0.0.1:8080";
  std::string account = "111122223333";
  std::string region = "us-east-1";
  std::string tls_cert, tls_key;
  // Host names under which buckets are addressed as bucket.NAME (virtual-host style).
  std::vector<std::string> host_names = {"localhost"};

  unsigned threads = 0;         // connection threads; 0: one per core
  unsigned worker_threads = 0;  // for work that may block; 0: sixteen
  uint64_t header_bytes_max = 32 * 1024;
  uint64_t body_bytes_max = 16 * 1024 * 1024;  // of API calls; objects have their own limit
  uint64_t object_bytes_max = 5ULL * 1024 * 1024 * 1024;
  unsigned connections_max = 10'000;
  unsigned idle_timeout_s = 60;
  unsigned head_timeout_s = 15;
  unsigned total_timeout_s = 3600;
  unsigned drain_timeout_s = 30;
  std::vector<std::string> trusted_proxies;  // whose X-Forwarded-For is believed (net/trusted_proxies.h)

  // People who sign in with a company's identity provider (app/sessions/federation_settings.h, provider_fetcher.h).
  std::vector<std::string> saml_audiences, saml_recipients;
  bool decorated_unsigned = true, decorated_own_role = false, decorated_counts_role = false;
  std::string oidc_ca_file;
  bool oidc_private_addresses = false;

  unsigned share_invitation_s = 12 * 3600;  // how long an invitation to a resource share is open

  // Notifications: what links begin with, and how mails and messages leave.
  std::string public_url;
  std::string smtp_url, smtp_user, smtp_ca_file, mail_spool_dir;
  base::Secret smtp_password;  // only read from the environment
  bool smtp_tls = true;
  std::string mail_from = "no-reply@sns.amazonaws.com";
  std::string webhook_ca_file;
  bool webhook_private_addresses = false;
  bool legacy_one_click = false;  // approval mails with the data sharing sample's links, which decide on GET

  sql::Limits sql;  // of queries that this program runs

  std::string log_format = "console";
  std::string log_level = "info";
  bool log_requests = true;

  bool first_console = true;  // an empty server gets a console, and a person to sign in there

  // The first keys, instead of generated ones. Only read from the environment.
  std::string root_access_key_id;
  base::Secret root_secret_access_key;
};

// Adds every option to `command`. `config` must outlive the parse.
void add_options(CLI::App& command, Config& config);

base::LogFormat log_format(const Config& config);
base::LogLevel log_level(const Config& config);

}  // namespace weir::server
