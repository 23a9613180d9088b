#include "cli/commands.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "cli/access_grant_command.h"
#include "cli/approval_command.h"
#include "cli/channel_command.h"
#include "cli/console_command.h"
#include "cli/dry_run_command.h"
#include "cli/explain_command.h"
#include "cli/function_command.h"
#include "cli/lake_commands.h"
#include "cli/login_command.h"
#include "cli/mesh_options.h"
#include "cli/query_command.h"
#include "cli/request_command.h"
#include "cli/share_command.h"

namespace weir::cli {
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

namespace {

// A dry run that is refused was answered, and so was a share with a step missing; the status tells them apart.
int report_answer(const base::Result<bool>& answer) {
  if (!answer) return report(base::Status(answer.error()));
  return *answer ? 0 : 2;
}

void add_explain(CLI::App& program, int& status) {
  auto why = std::make_shared<ExplainFlags>();
  auto* explaining = program.add_subcommand("explain", "Say why somebody may or may not, or what decided a denial");
  add_profile_options(*explaining, why->profile);
  explaining->add_option("--principal", why->principal, "ARN of a user or role, or of a SAML user or group");
  explaining->add_option("--role-arn", why->role_arn, "the role that a SAML principal takes");
  explaining->add_option("--group", why->groups, "a group that a SAML user is in; may be repeated");
  explaining->add_option("--action", why->action, "SELECT, DESCRIBE, ALTER, ...");
  explaining->add_option("--resource", why->resource, "database[.table[.column]], s3://bucket/prefix or *");
  explaining->add_option("--catalog-id", why->catalog, "the account that owns the resource, when it is another");
  explaining->add_option("--session-tag", why->session_tags, "KEY=VALUE of a session, for conditions; may be repeated");
  explaining->add_flag("--grant-option", why->grant_option, "may it grant the permission to others?");
  explaining->add_option("--decision", why->decision, "the decision id of a denial");
  explaining->add_flag("--json", why->json, "the explanation as JSON");
  explaining->callback([why, &status] { status = report(run_explain(*why)); });
}

void add_who_can(CLI::App& program, int& status) {
  auto who = std::make_shared<WhoCanFlags>();
  auto* asking = program.add_subcommand("who-can", "List who may do something with a resource, and through what");
  add_profile_options(*asking, who->profile);
  asking->add_option("--resource", who->resource, "database[.table[.column]], s3://bucket/prefix or *")->required();
  asking->add_option("--action", who->action, "SELECT, DESCRIBE, ALTER, ...")->capture_default_str();
  asking->add_flag("--json", who->json, "the answer as JSON");
  asking->callback([who, &status] { status = report(run_who_can(*who)); });
}

void add_dry_run(CLI::App& program, int& status) {
  auto run = std::make_shared<DryRunFlags>();
  auto* running = program.add_subcommand("dry-run", "Say who would gain and lose what by an operation");
  add_profile_options(*running, run->profile);
  running->add_option("service", run->service, "lakeformation or glue")->required();
  running->add_option("operation", run->operation, "GrantPermissions, UpdateTable, ...")->required();
  running->add_option("input", run->input, "its request as JSON, or @FILE")->required();
  running->add_flag("--json", run->json, "the answer as JSON");
  running->callback([run, &status] { status = report_answer(run_dry_run(*run)); });
}

void add_share(CLI::App& program, int& status) {
  auto* share = program.add_subcommand("share", "About what accounts share with each other");
  share->require_subcommand(1);
  auto flags = std::make_shared<DiagnoseFlags>();
  auto* walking = share->add_subcommand("diagnose", "Name the step that is missing until the other account can read");
  add_profile_options(*walking, flags->profile);
  walking->add_option("--from", flags->from, "the account that owns the resource")->required();
  walking->add_option("--to", flags->to, "the account it is shared with")->required();
  walking->add_option("--resource", flags->resource, "database or database.table")->required();
  walking->add_option("--principal", flags->principal, "ARN of who is to read it, in the other account");
  walking->add_flag("--json", flags->json, "the answer as JSON");
  walking->callback([flags, &status] { status = report_answer(run_diagnose(*flags)); });
}

void add_grant(CLI::App& program, const char* name, const char* operation, const char* says, int& status) {
  auto grant = std::make_shared<GrantFlags>();
  auto& words = grant->words;
  auto* granting = program.add_subcommand(name, says);
  add_profile_options(*granting, grant->profile);
  granting->add_option("--principal", words.principal, "ARN of a user or role, or a group")->required();
  granting->add_option("--permissions", words.permissions, "SELECT,DESCRIBE,...")->required();
  granting
      ->add_option("--resource", words.resource,
                   "database, database.table, database.*, database.table(column, ..), database.table[filter], "
                   "s3://bucket/prefix, * or LF-Tags: area=eu,us AND pii=no")
      ->required();
  granting->add_option("--on", words.on, "what LF-Tags are looked for on")
      ->check(CLI::IsMember({"tables", "databases"}))
      ->capture_default_str();
  granting->add_option("--grant-option", words.grant_option, "those of the permissions it may pass on");
  granting->add_option("--condition", words.condition, "a condition over the tags of the principal");
  granting->add_flag("--dry-run", grant->dry_run, "change nothing; say who would gain and lose what");
  granting->add_flag("--json", grant->json, "the answer as JSON");
  granting->callback([grant, operation, &status] { status = report_answer(run_grant(*grant, operation)); });
}

}  // namespace

void add_commands(CLI::App& program, int& status) {
  auto query = std::make_shared<QueryFlags>();
  auto* asking = program.add_subcommand("query", "Run a SELECT over governed tables");
  add_profile_options(*asking, query->profile);
  asking->add_option("--role-arn", query->role_arn, "integration role to assume");
  asking->add_option("--saml-assertion", query->saml_assertion,
                     "file with a SAMLResponse: the role is taken as its person");
  asking->add_option("--principal-arn", query->principal_arn, "the SAML provider's ARN, with --saml-assertion");
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

  add_login(program, status);
  add_explain(program, status);
  add_who_can(program, status);
  add_dry_run(program, status);
  add_share(program, status);
  add_channel(program, status);
  add_console(program, status);
  add_function(program, status);
  add_approvals(program, status);
  add_requests(program, status);
  add_access_grants(program, status);
  add_mesh_commands(program, status);
  add_grant(program, "grant", "GrantPermissions", "Grant Lake Formation permissions", status);
  add_grant(program, "revoke", "RevokePermissions", "Revoke Lake Formation permissions", status);
  add_lake_commands(program, status);
}

}  // namespace weir::cli
