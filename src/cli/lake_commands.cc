#include "cli/lake_commands.h"

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/commands.h"
#include "cli/export_command.h"
#include "cli/import_command.h"

namespace weir::cli {
namespace {

void add_export(CLI::App& program, int& status) {
  auto flags = std::make_shared<ExportFlags>();
  auto* command = program.add_subcommand("export", "Write the catalog and its governance as AWS-shaped JSON");
  add_profile_options(*command, flags->profile);
  command->add_option("--output,-o", flags->output, "file to write instead of standard output");
  command->add_flag("--with-iam", flags->with_iam, "users (without keys), groups, roles and policies, too");
  command->add_flag("--without-partition-statistics", flags->without_partition_statistics,
                    "leave out column statistics of partitions: they take a call each");
  command->add_flag("--json", flags->json, "a summary as JSON on standard error");
  command->callback([flags, &status] { status = report(run_export(*flags)); });
}

void add_import(CLI::App& program, int& status) {
  auto flags = std::make_shared<ImportFlags>();
  auto* command = program.add_subcommand("import", "Load what export wrote, or read it from AWS");
  command->add_option("file", flags->file, "a document of weir export; - is standard input");
  command->add_flag("--from-aws", flags->from_aws, "read Glue and Lake Formation themselves, instead of a file");
  add_profile_options(*command, flags->profile);
  command->add_option("--to-profile", flags->to.profile, "with --from-aws: profile of the target");
  command->add_option("--to-region", flags->to.region, "with --from-aws: region of the target");
  command->add_option("--to-endpoint-url", flags->to.endpoint_url, "with --from-aws: where the target is");
  command->add_flag("--with-iam", flags->with_iam, "with --from-aws: users, groups, roles and policies, too");
  command->add_flag("--without-partition-statistics", flags->without_partition_statistics,
                    "do not read column statistics of partitions: they take a call each");
  command->add_flag("--dry-run", flags->dry_run, "say what would be made and changed, and change nothing");
  command->add_flag("--skip-unknown-principals", flags->skip_unknown_principals,
                    "leave out what is granted to principals the target does not have");
  command->add_option("--map-account", flags->map_account, "FROM=TO: load the lake of one account into another");
  command->add_flag("--json", flags->json, "a summary as JSON on standard output");
  command->callback([flags, &status] { status = report(run_import(*flags)); });
}

}  // namespace

void add_lake_commands(CLI::App& program, int& status) {
  add_export(program, status);
  add_import(program, status);
}

}  // namespace weir::cli
