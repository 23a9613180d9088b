#include "cli/function_command.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "cli/account_client.h"
#include "cli/answers.h"
#include "cli/commands.h"
#include "wire/weir_api_operations.h"

namespace weir::cli {

using namespace wire::weir_api;
namespace {

struct FunctionFlags {
  ProfileFlags profile;
  std::string name, url, built_in, role;
  std::vector<std::string> environment;  // KEY=VALUE
  std::optional<int32_t> timeout_s;
  bool rotate_secret = false;
  bool json = false;
};

base::Result<RegisterFunctionRequest> request_of(const FunctionFlags& flags) {
  RegisterFunctionRequest out;
  out.Name = flags.name;
  if (!flags.url.empty()) out.Url = flags.url;
  if (!flags.built_in.empty()) out.BuiltIn = flags.built_in;
  if (!flags.role.empty()) out.Role = flags.role;
  if (flags.rotate_secret) out.RotateSecret = true;
  out.TimeoutSeconds = flags.timeout_s;
  for (const auto& variable : flags.environment) {
    auto equals = variable.find('=');
    if (equals == std::string::npos) return base::invalid("--env wants KEY=VALUE", "env");
    out.Environment.emplace(variable.substr(0, equals), variable.substr(equals + 1));
  }
  return out;
}

base::Status run_register(const FunctionFlags& flags) {
  WEIR_TRY(auto request, request_of(flags));
  WEIR_TRY(auto client, client_of(flags.profile));
  WEIR_TRY(auto answer, client.call<op::RegisterFunction>(request));
  if (flags.json) return print_json<op::RegisterFunction>(answer), base::Status();
  std::printf("%s\n", answer.FunctionArn.value_or("").c_str());
  if (answer.Secret)
    std::printf("secret: %s\nInvocations are signed with it. It is not shown again.\n", answer.Secret->c_str());
  return {};
}

std::string what_runs(const FunctionDescription& function) {
  if (function.BuiltIn) return "built-in " + *function.BuiltIn + " as " + function.Role.value_or("");
  return function.Url.value_or("");
}

base::Status run_list(const FunctionFlags& flags) {
  WEIR_TRY(auto client, client_of(flags.profile));
  WEIR_TRY(auto answer, client.call<op::ListFunctions>({}));
  if (flags.json) return print_json<op::ListFunctions>(answer), base::Status();
  for (const auto& function : answer.Functions)
    std::printf("%s  %s\n", function.Name.value_or("").c_str(), what_runs(function).c_str());
  if (answer.Functions.empty()) std::printf("there is no function\n");
  return {};
}

base::Status run_show(const FunctionFlags& flags) {
  WEIR_TRY(auto client, client_of(flags.profile));
  DescribeFunctionRequest request;
  request.Name = flags.name;
  WEIR_TRY(auto answer, client.call<op::DescribeFunction>(request));
  if (flags.json) return print_json<op::DescribeFunction>(answer), base::Status();
  std::printf("%s\n%s\n", answer.FunctionArn.value_or("").c_str(), what_runs(answer).c_str());
  if (answer.TimeoutSeconds) std::printf("timeout: %d s\n", *answer.TimeoutSeconds);
  for (const auto& name : answer.EnvironmentNames) std::printf("environment: %s\n", name.c_str());
  return {};
}

base::Status run_remove(const FunctionFlags& flags) {
  WEIR_TRY(auto client, client_of(flags.profile));
  DeregisterFunctionRequest request;
  request.Name = flags.name;
  WEIR_TRY(auto answer, client.call<op::DeregisterFunction>(request));
  if (flags.json) print_json<op::DeregisterFunction>(answer);
  return {};
}

using Run = base::Status (*)(const FunctionFlags& flags);

// One of them, with what all have.
CLI::App* add(CLI::App& function, const char* name, const char* says, const std::shared_ptr<FunctionFlags>& flags,
              Run run, int& status) {
  auto* command = function.add_subcommand(name, says);
  add_profile_options(*command, flags->profile);
  command->add_flag("--json", flags->json, "the answer as JSON");
  command->callback([flags, run, &status] { status = report(run(*flags)); });
  return command;
}

}  // namespace

void add_function(CLI::App& program, int& status) {
  auto* function = program.add_subcommand("function", "About the functions that state machines invoke");
  function->require_subcommand(1);
  auto flags = std::make_shared<FunctionFlags>();
  auto* registering = add(*function, "register", "Make or replace a function", flags, &run_register, status);
  registering->add_option("name", flags->name, "1 to 64 letters, digits, - and _")->required();
  auto* url = registering->add_option("--url", flags->url, "where invocations are posted to, signed");
  registering->add_option("--timeout", flags->timeout_s, "seconds a webhook may take; 15 if not given");
  registering->add_flag("--rotate-secret", flags->rotate_secret, "a new secret for a webhook that is there");
  registering
      ->add_option("--built-in", flags->built_in,
                   "GetTableDetails, ShareCatalogItem, SendApprovalNotification or ActivityApprover")
      ->excludes(url);
  registering->add_option("--role", flags->role, "ARN of the role a built-in function acts as");
  registering->add_option("--env", flags->environment, "KEY=VALUE for a built-in function; may be repeated");
  add(*function, "list", "List the functions of the account", flags, &run_list, status);
  for (auto* command : {add(*function, "show", "Show a function", flags, &run_show, status),
                        add(*function, "remove", "Take a function away", flags, &run_remove, status)})
    command->add_option("name", flags->name, "its name or ARN")->required();
}

}  // namespace weir::cli
