#include "server/program.h"

#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/organizations/accounts.h"
#include "backends/journal/trail.h"
#include "cli/commands.h"
#include "server/composition.h"
#include "server/key_rotation.h"
#include "server/mail_channel.h"
#include "server/profile_files.h"
#include "server/serve.h"

namespace weir::server {
namespace {

struct AccountFlags {
  std::string data_dir = "data";
  std::string id;
  std::string name;
  std::string email;
};

base::Status reopen_account(const AccountFlags& flags) {
  WEIR_TRY(auto id, names::AccountId::parse(flags.id));
  WEIR_TRY(auto access, open_for_admin(flags.data_dir));
  WEIR_CHECK_OK(app::reopen_account(*access.store, id));
  std::printf("account %s is open again\n", flags.id.c_str());
  return {};
}

base::Status create_account(const AccountFlags& flags) {
  WEIR_TRY(auto id, names::AccountId::parse(flags.id));
  WEIR_TRY(auto access, open_for_admin(flags.data_dir));
  base::SystemRandomness randomness;
  auto key = app::create_account(*access.store, {id, flags.name, flags.email, std::nullopt}, access.keys,
                                 base::SystemClock().now(), randomness);
  if (!key) return std::move(key).error();
  WEIR_CHECK_OK(ProfileFiles(flags.data_dir).add(flags.name, *key));
  std::printf("account %s is ready; its administrator is the profile \"%s\" in %s/aws\n", flags.id.c_str(),
              flags.name.c_str(), flags.data_dir.c_str());
  return {};
}

// Beside a running server, too: what it writes meanwhile is not looked at.
base::Status verify_audit(const std::string& data_dir) {
  auto directory = data_dir + "/audit";
  WEIR_TRY(auto head, backends::present_head(directory));
  WEIR_TRY(auto verified, backends::verify_trail(directory, head, backends::Chain(), std::nullopt));
  if (verified.day.empty()) {
    std::printf("the journal is empty\n");
    return {};
  }
  std::printf("every record is in its place up to %s, byte %llu; the last one's hash is %s\n", verified.day.c_str(),
              static_cast<unsigned long long>(verified.size), verified.hash.c_str());
  return {};
}

int report(const base::Status& status) {
  if (status.ok()) return 0;
  const auto& error = status.error();
  std::fprintf(stderr, "weir: %s\n", error.log.empty() ? error.says.c_str() : error.log.c_str());
  return 1;
}

void add_mail(CLI::App& program, int& status) {
  auto flags = std::make_shared<MailFlags>();
  auto* mail = program.add_subcommand("mail", "List the mails that were kept because there is no relay");
  auto* show = mail->add_subcommand("show", "Show one of them, or the newest");
  for (auto* command : {mail, show}) {
    command->add_option("--data-dir", flags->data_dir, "where everything is kept")->capture_default_str();
    command->add_option("--spool-dir", flags->spool_dir, "where mail is kept; DATA-DIR/mail if not given");
    command->add_flag("--json", flags->json, "as JSON");
  }
  show->add_option("number", flags->number, "as the list numbers them");
  mail->callback([flags, show, &status] { status = report(show->parsed() ? show_mail(*flags) : list_mails(*flags)); });
}

// A program of its own, because CLI11 reads configuration files for whole programs only.
int run_serve(int argc, char** argv) {
  CLI::App program("Start the server", "weir serve");
  Config config;
  add_options(program, config);
  CLI11_PARSE(program, argc, argv);
  return report(serve(config));
}

}  // namespace

int run_program(int argc, char** argv) {
  if (argc > 1 && std::string_view(argv[1]) == "serve") return run_serve(argc - 1, argv + 1);
  CLI::App program("Weir, an open Lake Formation");
  program.require_subcommand(1);
  program.set_version_flag("--version", WEIR_VERSION);
  int status = 0;

  program.add_subcommand("serve", "Start the server");

  auto* admin = program.add_subcommand("admin", "Look after a data directory");
  admin->require_subcommand(1);
  AccountFlags account;
  auto* create =
      admin->add_subcommand("create-account", "Add an account with its administrator, also while the server runs");
  create->add_option("--data-dir", account.data_dir, "where everything is kept")->capture_default_str();
  create->add_option("--id", account.id, "twelve digits")->required();
  create->add_option("--name", account.name, "also the name of the administrator's profile")->required();
  create->add_option("--email", account.email, "its address, which no other account has");
  create->callback([&] { status = report(create_account(account)); });

  AccountFlags closed;
  auto* reopen = admin->add_subcommand("reopen-account", "Open an account again that was closed by its organization");
  reopen->add_option("--data-dir", closed.data_dir, "where everything is kept")->capture_default_str();
  reopen->add_option("--id", closed.id, "twelve digits")->required();
  reopen->callback([&] { status = report(reopen_account(closed)); });

  std::string rotated = "data";
  auto* rotate = admin->add_subcommand("rotate-keys", "New keys for tokens and stored secrets, while no server runs");
  rotate->add_option("--data-dir", rotated, "where everything is kept")->capture_default_str();
  rotate->callback([&] { status = report(rotate_keys(rotated)); });

  auto* audit = program.add_subcommand("audit", "Look after the audit journal of a data directory");
  audit->require_subcommand(1);
  std::string data_dir = "data";
  auto* verify = audit->add_subcommand("verify", "Check that no record was changed, added or taken away");
  verify->add_option("--data-dir", data_dir, "where everything is kept")->capture_default_str();
  verify->callback([&] { status = report(verify_audit(data_dir)); });

  add_mail(program, status);
  cli::add_commands(program, status);
  CLI11_PARSE(program, argc, argv);
  return status;
}

}  // namespace weir::server
