#include "server/config.h"

#include <CLI/CLI.hpp>
#include <cstdlib>

#include "base/text.h"

namespace weir::server {
namespace {

// --head-timeout-s -> WEIR_HEAD_TIMEOUT_S
std::string environment_name(const std::string& flag) {
  std::string name = "WEIR_";
  for (char c : flag.substr(2)) name += c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return name;
}

template <class T>
CLI::Option* option(CLI::App& command, const std::string& flag, T& value, const std::string& help) {
  return command.add_option(flag, value, help)->envname(environment_name(flag))->capture_default_str();
}

void add_sql_options(CLI::App& command, Config& config) {
  auto& sql = config.sql;
  option(command, "--sql-queries", sql.of_all.running, "queries (StartQuery) that run at once; 0 lets nobody run any");
  option(command, "--sql-queries-of-account", sql.of_account.running,
         "queries of one account that run at once; 0 is all but a quarter of --sql-queries");
  option(command, "--sql-queries-of-role", sql.of_role.running,
         "queries of all sessions of one role or user that run at once; 0 is all but a quarter of its account's");
  option(command, "--sql-queries-of-person", sql.of_person.running, "queries of one person that run at once");
  option(command, "--sql-waiting", sql.of_all.queued, "queries that may wait for their turn");
  option(command, "--sql-waiting-of-account", sql.of_account.queued,
         "queries of one account that may wait; 0 is all but a quarter of --sql-waiting");
  option(command, "--sql-waiting-of-role", sql.of_role.queued,
         "queries of all sessions of one role or user that may wait; 0 is all but a quarter of its account's");
  option(command, "--sql-waiting-of-person", sql.of_person.queued, "queries of one person that may wait");
  option(command, "--sql-timeout-s", sql.timeout_s, "seconds a query may run that asks for no more");
  option(command, "--sql-timeout-s-max", sql.timeout_s_max, "seconds any query may run")->check(CLI::Range(1, 3000));
  option(command, "--sql-memory-bytes-max", sql.memory_bytes_max, "memory of one query; at a quarter more it is ended");
  option(command, "--sql-threads", sql.threads, "threads of one query");
  option(command, "--sql-rows", sql.rows, "rows of an answer to a query that asks for no more");
  option(command, "--sql-rows-max", sql.rows_max, "rows of any answer");
  option(command, "--sql-answer-bytes-max", sql.answer_bytes_max, "largest answer");
  option(command, "--sql-kept-s", sql.kept_for_s, "seconds an answer is kept");
  option(command, "--sql-kept-bytes", sql.kept_bytes, "memory of answers that are kept");
  option(command, "--sql-kept-bytes-of-person", sql.kept_bytes_of_person, "memory of answers of one person");
}

std::string from_environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

void add_place_options(CLI::App& command, Config& config) {
  option(command, "--data-dir", config.data_dir, "where everything is kept");
  option(command, "--account", config.account, "the account made at the first start (twelve digits)");
  option(command, "--region", config.region, "the region this server answers for");
  option(command, "--first-console", config.first_console,
         "the first start makes a console, with a person who signs in there");
}

void add_connection_options(CLI::App& command, Config& config) {
  option(command, "--listen", config.listen, "HOST:PORT; port 0 takes a free one");
  option(command, "--tls-cert", config.tls_cert, "certificate chain (PEM); needs --tls-key");
  option(command, "--tls-key", config.tls_key, "private key (PEM)");
  option(command, "--host-names", config.host_names, "names under which BUCKET.NAME addresses a bucket")
      ->delimiter(',');
  option(command, "--public-url", config.public_url,
         "what links in mails and messages begin with; the address of --listen if not given");
  option(command, "--trusted-proxies", config.trusted_proxies,
         "addresses and networks of proxies whose X-Forwarded-For says who a client is")
      ->delimiter(',');
  option(command, "--threads", config.threads, "connection threads; 0 is one per core");
  option(command, "--worker-threads", config.worker_threads, "threads for blocking work; 0 is sixteen");
}

void add_request_limits(CLI::App& command, Config& config) {
  option(command, "--header-bytes-max", config.header_bytes_max, "largest request head");
  option(command, "--body-bytes-max", config.body_bytes_max, "largest body of an API call");
  option(command, "--object-bytes-max", config.object_bytes_max, "largest object or part in one request");
  option(command, "--connections-max", config.connections_max, "connections at once");
  option(command, "--idle-timeout-s", config.idle_timeout_s, "seconds a kept-alive connection may idle");
  option(command, "--head-timeout-s", config.head_timeout_s, "seconds a request head may take");
  option(command, "--total-timeout-s", config.total_timeout_s, "seconds a whole request may take");
  option(command, "--drain-timeout-s", config.drain_timeout_s, "seconds to finish requests after SIGTERM");
}

void add_federation_options(CLI::App& command, Config& config) {
  option(command, "--saml-audiences", config.saml_audiences, "audiences of SAML assertions besides AWS's")
      ->delimiter(',');
  option(command, "--saml-recipients", config.saml_recipients, "recipients of SAML assertions besides AWS's")
      ->delimiter(',');
  option(command, "--decorated-unsigned", config.decorated_unsigned,
         "AssumeDecoratedRoleWithSAML may come without a signature");
  option(command, "--decorated-own-role", config.decorated_own_role,
         "sessions of the role itself need no iam:PassRole for AssumeDecoratedRoleWithSAML");
  option(command, "--decorated-counts-role", config.decorated_counts_role,
         "grants to the role count for SAML users who signed in through it");
  option(command, "--oidc-ca-file", config.oidc_ca_file,
         "certificate authorities (PEM) of OpenID Connect providers; the system's if not given");
  option(command, "--oidc-private-addresses", config.oidc_private_addresses,
         "OpenID Connect providers may have loopback and private addresses");
}

void add_sharing_options(CLI::App& command, Config& config) {
  option(command, "--share-invitation-s", config.share_invitation_s,
         "seconds for which an invitation to a resource share is open");
  option(command, "--legacy-one-click", config.legacy_one_click,
         "approval mails carry the data sharing sample's links: whoever opens one has decided");
}

void add_message_options(CLI::App& command, Config& config) {
  option(command, "--smtp-url", config.smtp_url,
         "relay for mail, smtp://HOST:587 or smtps://HOST:465; without one, mail is kept for `weir mail`");
  option(command, "--smtp-user", config.smtp_user, "user at the relay; the password is WEIR_SMTP_PASSWORD");
  option(command, "--smtp-ca-file", config.smtp_ca_file,
         "certificate authorities (PEM) of the relay; the system's if not given");
  option(command, "--smtp-tls", config.smtp_tls, "no mail goes to a relay without TLS");
  option(command, "--mail-from", config.mail_from, "the address mails are from");
  option(command, "--mail-spool-dir", config.mail_spool_dir,
         "where mail is kept without a relay; DATA-DIR/mail if not given");
  option(command, "--webhook-ca-file", config.webhook_ca_file,
         "certificate authorities (PEM) of subscribed endpoints; the system's if not given");
  option(command, "--webhook-private-addresses", config.webhook_private_addresses,
         "endpoints may have loopback and private addresses");
}

void add_log_options(CLI::App& command, Config& config) {
  option(command, "--log-format", config.log_format, "console or json")->check(CLI::IsMember({"console", "json"}));
  option(command, "--log-level", config.log_level, "debug, info, warn, error or off")
      ->check(CLI::IsMember({"debug", "info", "warn", "error", "off"}));
  option(command, "--log-requests", config.log_requests, "one line per request");
}

void read_secrets(Config& config) {
  config.root_access_key_id = from_environment("WEIR_ROOT_ACCESS_KEY_ID");
  config.root_secret_access_key = base::Secret(from_environment("WEIR_ROOT_SECRET_ACCESS_KEY"));
  config.smtp_password = base::Secret(from_environment("WEIR_SMTP_PASSWORD"));
}

}  // namespace

void add_options(CLI::App& command, Config& config) {
  command.set_config("--config", "", "TOML file with these options as keys")->envname("WEIR_CONFIG");
  add_place_options(command, config);
  add_connection_options(command, config);
  add_request_limits(command, config);
  add_federation_options(command, config);
  add_sharing_options(command, config);
  add_message_options(command, config);
  add_sql_options(command, config);
  add_log_options(command, config);
  read_secrets(config);
}

base::LogFormat log_format(const Config& config) {
  return config.log_format == "json" ? base::LogFormat::json : base::LogFormat::console;
}

base::LogLevel log_level(const Config& config) {
  if (config.log_level == "debug") return base::LogLevel::debug;
  if (config.log_level == "warn") return base::LogLevel::warn;
  if (config.log_level == "error") return base::LogLevel::error;
  if (config.log_level == "off") return base::LogLevel::off;
  return base::LogLevel::info;
}

}  // namespace weir::server
