#include "cli/mesh_options.h"

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/commands.h"
#include "cli/mesh_command.h"

namespace weir::cli {
namespace {

// Something that was left where it stood is told apart from a failure.
int report_cleaning(const base::Result<bool>& complete) {
  if (!complete) return report(base::Status(complete.error()));
  return *complete ? 0 : 2;
}

CLI::App* add(CLI::App& mesh, const char* name, const char* says, ProfileFlags& profile) {
  auto* command = mesh.add_subcommand(name, says);
  add_profile_options(*command, profile);
  return command;
}

void add_deploy_central(CLI::App& mesh, int& status) {
  auto flags = std::make_shared<CentralFlags>();
  auto* command =
      add(mesh, "deploy-central", "Make the workflow in the account whose catalog is shared", flags->profile);
  command
      ->add_option("--template", flags->template_name,
                   "what carries access requests: the sample's state machine, or a template of Weir's own beside it")
      ->check(CLI::IsMember({"sample-compatible", "two-step", "quorum", "ticket", "time-bound"}))
      ->capture_default_str();
  command->add_option("--producer", flags->producers, "account whose people may be asked; may be repeated");
  command->add_option("--database", flags->databases,
                      "what the workflow may share: grants its roles what they need; "
                      "may be repeated");
  command->add_option("--outputs", flags->outputs, "file for the ARN of the state machine")->capture_default_str();
  command->add_flag("--replace-definition", flags->replace_definition,
                    "put the template's definition back where the state machine has another");
  command->callback([flags, &status] { status = report(run_deploy_central(*flags)); });
}

void add_clean_central(CLI::App& mesh, int& status) {
  auto flags = std::make_shared<CleanCentralFlags>();
  auto* command = add(mesh, "clean-central", "Remove what deploy-central made", flags->profile);
  command->add_option("--outputs", flags->outputs, "the file that was written")->capture_default_str();
  command->add_flag("--stop-executions", flags->stop_executions, "end executions that are under way");
  command->add_flag("--changed-definition", flags->changed_definition,
                    "remove the state machine with a definition of your own, too");
  command->callback([flags, &status] { status = report_cleaning(run_clean_central(*flags)); });
}

void add_deploy_producer(CLI::App& mesh, int& status) {
  auto flags = std::make_shared<ProducerFlags>();
  auto* command = add(mesh, "deploy-producer", "Make the topic by which the owners of data are asked", flags->profile);
  command->add_option("--account", flags->account, "the producer's account: whose credentials these must be")
      ->required();
  command->add_option("--central", flags->central, "the account that has the workflow")->required();
  command->add_option("--email", flags->emails, "address to ask whether it wants the mails; may be repeated");
  command->add_option("--notifier", flags->notifiers,
                      "name of a role of the central account that may publish, * matches any part; may be repeated; "
                      "those that deploy-central makes if not given");
  command->callback([flags, &status] { status = report(run_deploy_producer(*flags)); });
}

void add_clean_producer(CLI::App& mesh, int& status) {
  auto flags = std::make_shared<ProducerFlags>();
  auto* command = add(mesh, "clean-producer", "Remove what deploy-producer made", flags->profile);
  command->add_option("--account", flags->account, "the producer's account: whose credentials these must be");
  command->callback([flags, &status] { status = report_cleaning(run_clean_producer(*flags)); });
}

void add_ui_role(CLI::App& command, UiFlags& flags) {
  command.add_option("--role", flags.role, "name of a role that is there already, to which the policy is added");
}

void add_deploy_ui(CLI::App& mesh, int& status) {
  auto flags = std::make_shared<UiFlags>();
  auto* command = add(mesh, "deploy-ui", "Make the role as which people ask for data", flags->profile);
  add_ui_role(*command, *flags);
  command->add_option("--principal", flags->principals,
                      "ARN of who may take the role, may be repeated; whom the account's policies let, if not given");
  command->add_option("--database", flags->databases, "what it shows; may be repeated");
  command->callback([flags, &status] { status = report(run_deploy_ui(*flags)); });
}

void add_clean_ui(CLI::App& mesh, int& status) {
  auto flags = std::make_shared<UiFlags>();
  auto* command = add(mesh, "clean-ui", "Remove what deploy-ui made", flags->profile);
  add_ui_role(*command, *flags);
  command->callback([flags, &status] { status = report_cleaning(run_clean_ui(*flags)); });
}

}  // namespace

void add_mesh_commands(CLI::App& program, int& status) {
  auto* mesh = program.add_subcommand("mesh", "Set up the data-sharing workflow between accounts, or take it down");
  mesh->require_subcommand(1);
  add_deploy_central(*mesh, status);
  add_deploy_producer(*mesh, status);
  add_deploy_ui(*mesh, status);
  add_clean_central(*mesh, status);
  add_clean_producer(*mesh, status);
  add_clean_ui(*mesh, status);
}

}  // namespace weir::cli
