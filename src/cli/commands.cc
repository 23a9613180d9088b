#include "cli/commands.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "cli/aws_client.h"
#include "cli/query_command.h"
#include "wire/weir_api_operations.h"

namespace weir::cli {
namespace {

struct ExplainFlags {
  ProfileFlags profile;
  std::string principal, action, resource, decision;
  bool json = false;
};

int report(const base::Status& status) {
  if (status.ok()) return 0;
  const auto& error = status.error();
  std::fprintf(stderr, "weir: %s\n",
               error.kind == base::Kind::internal && !error.log.empty() ? error.log.c_str() : error.says.c_str());
  return 1;
}

void add_profile_options(CLI::App& command, ProfileFlags& flags) {
  command.add_option("--profile", flags.profile, "profile of the AWS configuration files");
  command.add_option("--region", flags.region, "region to sign for");
  command.add_option("--endpoint-url,--endpoint", flags.endpoint_url,
                     "where all services are; AWS itself when nothing is set");
}

base::Status explain(const ExplainFlags& flags) {
  WEIR_TRY(auto loaded, load_profile(flags.profile));
  auto profile = std::make_shared<const Profile>(std::move(loaded));
  AwsClient client(profile, std::make_shared<net::Client>(net::ClientOptions{.ca_file = profile->ca_bundle}),
                   long_lived({profile->access_key_id, profile->secret_access_key, profile->session_token}));
  wire::weir_api::ExplainRequest request;
  if (!flags.decision.empty()) request.DecisionId = flags.decision;
  if (!flags.principal.empty()) request.Principal = flags.principal;
  if (!flags.action.empty()) request.Action = flags.action;
  if (!flags.resource.empty()) request.Resource = flags.resource;
  WEIR_TRY(auto answer, client.call<wire::weir_api::op::Explain>(request));
  std::fputs((flags.json ? answer.Explanation.value_or("{}") + "\n" : answer.Text.value_or("")).c_str(), stdout);
  return {};
}

}  // namespace

void add_commands(CLI::App& program, int& status) {
  auto query = std::make_shared<QueryFlags>();
  auto* asking = program.add_subcommand("query", "Run a SELECT over governed tables");
  add_profile_options(*asking, query->profile);
  asking->add_option("--role-arn", query->role_arn, "integration role to assume");
  asking->add_option("--external-id", query->external_id, "ExternalId of the role's trust policy");
  asking->add_option("--session-tag", query->session_tag, "value of the session tag LakeFormationAuthorizedCaller");
  asking->add_option("--session-name", query->session_name, "name of the role session")->capture_default_str();
  asking->add_option("--catalog-id", query->catalog_id,
                     "account whose catalog is asked; the caller's own if not given");
  asking->add_option("--database", query->database, "database of tables named without one");
  asking->add_option("--format", query->format, "table, csv, json or parquet")
      ->check(CLI::IsMember({"table", "csv", "json", "parquet"}))
      ->capture_default_str();
  asking->add_option("--output,-o", query->output, "file to write instead of standard output");
  asking->add_option("--threads", query->threads, "threads of the engine; 0 is one per core");
  asking->add_option("sql", query->sql, "one SELECT statement")->required();
  asking->callback([query, &status] { status = report(run_query(*query)); });

  auto why = std::make_shared<ExplainFlags>();
  auto* explaining = program.add_subcommand("explain", "Say why somebody may or may not, or what decided a denial");
  add_profile_options(*explaining, why->profile);
  explaining->add_option("--principal", why->principal, "ARN of a user or role");
  explaining->add_option("--action", why->action, "SELECT, DESCRIBE, ALTER, ...");
  explaining->add_option("--resource", why->resource, "database[.table[.column]] or s3://bucket/prefix");
  explaining->add_option("--decision", why->decision, "the decision id of a denial");
  explaining->add_flag("--json", why->json, "the explanation as JSON");
  explaining->callback([why, &status] { status = report(explain(*why)); });
}

}  // namespace weir::cli
