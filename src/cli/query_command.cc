#include "cli/query_command.h"

#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <thread>

#include "cli/aws_client.h"
#include "cli/progress.h"
#include "cli/remote_lake.h"
#include "cli/sign_in.h"
#include "query/engine.h"
#include "query/result_writer.h"
#include "wire/sts_operations.h"

namespace weir::cli {
namespace {

namespace sts = wire::sts;

// Ctrl-C cancels the query instead of ending the process; a second one ends it.
class CancelOnInterrupt {
 public:
  CancelOnInterrupt() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    waiter_ = std::jthread([this, set](const std::stop_token& done) {
      timespec tick{0, 100'000'000};
      while (!done.stop_requested()) {
        if (sigtimedwait(&set, nullptr, &tick) != SIGINT) continue;
        if (stop_.stop_requested()) std::_Exit(130);
        stop_.request_stop();
      }
    });
  }
  std::stop_token token() const { return stop_.get_token(); }

 private:
  std::stop_source stop_;
  std::jthread waiter_;
};

CredentialSourcePtr assumed(const AwsClient& client, const QueryFlags& flags) {
  return std::make_shared<CredentialSource>([client, flags]() -> base::Result<TimedCredentials> {
    sts::AssumeRoleRequest request;
    request.RoleArn = flags.role_arn;
    request.RoleSessionName = flags.session_name;
    if (!flags.external_id.empty()) request.ExternalId = flags.external_id;
    if (!flags.session_tag.empty())
      request.Tags = {{.Key = "LakeFormationAuthorizedCaller", .Value = flags.session_tag}};
    WEIR_TRY(auto answer, client.call<sts::op::AssumeRole>(request));
    if (!answer.Credentials) return base::invalid("AssumeRole answered without credentials", "credentials");
    const auto& keys = *answer.Credentials;
    return TimedCredentials{{keys.AccessKeyId.value_or(""), base::Secret(keys.SecretAccessKey.value_or("")),
                             keys.SessionToken.value_or("")},
                            keys.Expiration};
  });
}

// Once: a response is good for one use, and the credentials last longer than a query should.
base::Result<CredentialSourcePtr> decorated(const AwsClient& client, const QueryFlags& flags) {
  SamlFlags saml{flags.saml_assertion, flags.role_arn, flags.principal_arn, std::nullopt};
  WEIR_TRY(auto made, sign_in_decorated(client.with(long_lived({})), saml));
  return long_lived(std::move(made.keys));
}

base::Result<std::string> own_account(const AwsClient& client) {
  WEIR_TRY(auto identity, client.call<sts::op::GetCallerIdentity>({}));
  return identity.Account.value_or("");
}

// Where the answer goes: a file, or standard output.
class Output final : public base::ByteSink {
 public:
  static base::Result<std::unique_ptr<Output>> open(const std::string& path, Progress& progress) {
    auto* file = path.empty() ? stdout : std::fopen(path.c_str(), "wb");
    if (!file) return base::invalid("cannot write " + path, "output");
    return std::unique_ptr<Output>(new Output(file, progress));
  }
  ~Output() override {
    if (file_ != stdout) std::fclose(file_);
  }
  base::Status write(std::string_view piece) override {
    progress_.bytes(piece.size());
    if (std::fwrite(piece.data(), 1, piece.size(), file_) != piece.size() || std::fflush(file_) != 0)
      return base::invalid("the output cannot be written", "output");
    return {};
  }

 private:
  Output(FILE* file, Progress& progress) : file_(file), progress_(progress) {}
  FILE* file_;
  Progress& progress_;
};

base::Status print_rows(query::Rows& rows, const QueryFlags& flags, Progress& progress) {
  if (flags.format == "parquet") {
    if (flags.output.empty()) return base::invalid("--format parquet needs --output FILE", "output");
    return query::write_parquet(rows, flags.output);
  }
  WEIR_TRY(auto output, Output::open(flags.output, progress));
  if (flags.format == "csv") return query::write_csv(rows, *output);
  if (flags.format == "json") return query::write_json(rows, *output);
  return query::write_table(rows, *output);
}

}  // namespace

base::Status run_query(const QueryFlags& flags) {
  CancelOnInterrupt cancel;
  bool person = !flags.saml_assertion.empty();
  if (person && (flags.role_arn.empty() || flags.principal_arn.empty()))
    return base::invalid("--saml-assertion needs --role-arn and --principal-arn", "query");
  WEIR_TRY(auto loaded, person ? load_endpoints(flags.profile) : load_profile(flags.profile));
  auto profile = std::make_shared<const Profile>(std::move(loaded));
  net::ClientOptions options;
  options.ca_file = profile->ca_bundle;
  auto http = std::make_shared<net::Client>(options);
  AwsClient client(profile, http,
                   long_lived({profile->access_key_id, profile->secret_access_key, profile->session_token}));
  if (person) {
    WEIR_TRY(auto source, decorated(client, flags));
    client = client.with(std::move(source));
  } else if (!flags.role_arn.empty()) {
    client = client.with(assumed(client, flags));
  }
  auto catalog = flags.catalog_id;
  if (catalog.empty()) {
    WEIR_TRY(catalog, own_account(client));
  }
  RemoteLake lake(client, catalog);
  WEIR_TRY(auto engine, query::Engine::open({.threads = flags.threads}));
  query::RunOptions run;
  if (!flags.database.empty()) run.default_database = flags.database;
  run.cancel = cancel.token();
  Progress progress;
  auto rows = engine.run(flags.sql, lake, run);
  if (!rows) return std::move(rows).error();
  return print_rows(*rows, flags, progress);
}

}  // namespace weir::cli
