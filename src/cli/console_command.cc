#include "cli/console_command.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "cli/account_client.h"
#include "cli/commands.h"
#include "cli/console_setup.h"
#include "cli/json_api.h"

namespace weir::cli {
namespace {

struct ConsoleFlags {
  ProfileFlags profile;
  std::string user = "admin";
};

struct Place {
  JsonApi api;
  std::string account;
  ConsoleSetup setup;
};

base::Result<Place> open_place(const ConsoleFlags& flags) {
  WEIR_TRY(auto client, client_of(flags.profile));
  WEIR_TRY(auto account, account_of(client));
  JsonApi api(client);
  auto perform = [api](std::string_view service, std::string_view operation, const base::Json& request) {
    return api.call(service, operation, request);
  };
  return Place{api, account, ConsoleSetup(perform, client.profile().region, account)};
}

base::Status let_in(const Place& place, const ConsoleParts& console, const ConsoleFlags& flags) {
  base::SystemRandomness randomness;
  WEIR_TRY(auto password, place.setup.let_administrator_in(console, flags.user, randomness));
  std::printf("console of account %s: %s/-/console/?account=%s\n", place.account.c_str(),
              place.api.client().profile().endpoint_url.c_str(), place.account.c_str());
  std::printf("  user %s, one-time password %s\n  It is not shown again; `weir console reset-admin` makes another.\n",
              flags.user.c_str(), password.reveal().c_str());
  return {};
}

base::Status run_init(const ConsoleFlags& flags) {
  WEIR_TRY(auto place, open_place(flags));
  WEIR_TRY(auto console, place.setup.make());
  return let_in(place, console, flags);
}

base::Status run_reset(const ConsoleFlags& flags) {
  WEIR_TRY(auto place, open_place(flags));
  WEIR_TRY(auto console, place.setup.existing());
  return let_in(place, console, flags);
}

base::Status run_upgrade(const ConsoleFlags& flags) {
  WEIR_TRY(auto place, open_place(flags));
  WEIR_TRY(auto changed, place.setup.upgrade());
  std::printf("the policy of WeirConsoleUser in account %s %s\n", place.account.c_str(),
              changed ? "is now what this version gives" : "is what this version gives");
  return {};
}

using Run = base::Status (*)(const ConsoleFlags& flags);

void add(CLI::App& console, const char* name, const char* says, Run run, int& status) {
  auto flags = std::make_shared<ConsoleFlags>();
  auto* command = console.add_subcommand(name, says);
  add_profile_options(*command, flags->profile);
  command->add_option("--user", flags->user, "the administrator who signs in")->capture_default_str();
  command->callback([flags, run, &status] { status = report(run(*flags)); });
}

}  // namespace

void add_console(CLI::App& program, int& status) {
  auto* console = program.add_subcommand("console", "About the web console of the profile's account");
  console->require_subcommand(1);
  add(*console, "init", "Make it, with its pools, roles and first administrator", &run_init, status);
  add(*console, "reset-admin", "A new one-time password for an administrator; password, device and sign-ins go",
      &run_reset, status);
  add(*console, "upgrade", "Give the policy of WeirConsoleUser what this version gives", &run_upgrade, status);
}

}  // namespace weir::cli
