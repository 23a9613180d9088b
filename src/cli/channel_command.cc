#include "cli/channel_command.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "base/text.h"
#include "cli/account_client.h"
#include "cli/answers.h"
#include "cli/commands.h"
#include "cli/text_file.h"
#include "wire/weir_api_operations.h"

namespace weir::cli {

using namespace wire::weir_api;
namespace {

struct ChannelFlags {
  ProfileFlags profile;
  std::string name, kind, url, secret_file, database, table;
  std::vector<std::string> event_types;
  bool json = false;
};

// What a channel is for, in words.
std::string scope_of(const ChannelSummary& channel) {
  auto out = channel.Database.value_or("everything");
  if (channel.Table) out += "." + *channel.Table;
  if (!channel.EventTypes.empty()) out += " (" + base::join(channel.EventTypes, ", ") + ")";
  return out;
}

void print(const ChannelSummary& channel) {
  std::printf("%s  %s  %s  %s\n", channel.Name.value_or("").c_str(), channel.Kind.value_or("").c_str(),
              channel.Url.value_or("").c_str(), scope_of(channel).c_str());
}

base::Status run_put(const ChannelFlags& flags) {
  PutChannelRequest request;
  request.Name = flags.name;
  request.Kind = flags.kind;
  request.Url = flags.url;
  if (!flags.secret_file.empty()) {
    WEIR_TRY(request.Secret, read_text(flags.secret_file));
  }
  request.EventTypes = flags.event_types;
  if (!flags.database.empty()) request.Database = flags.database;
  if (!flags.table.empty()) request.Table = flags.table;
  WEIR_TRY(auto client, client_of(flags.profile));
  WEIR_TRY(auto answer, client.call<op::PutChannel>(request));
  if (flags.json) return print_json<op::PutChannel>(answer), base::Status();
  if (answer.Channel) print(*answer.Channel);
  if (answer.Secret)
    std::printf("secret: %s\nMessages are signed with it. It is not shown again.\n", answer.Secret->c_str());
  return {};
}

base::Status run_list(const ChannelFlags& flags) {
  WEIR_TRY(auto client, client_of(flags.profile));
  WEIR_TRY(auto answer, client.call<op::ListChannels>({}));
  if (flags.json) return print_json<op::ListChannels>(answer), base::Status();
  for (const auto& channel : answer.Channels) print(channel);
  if (answer.Channels.empty()) std::printf("there is no channel\n");
  return {};
}

base::Status run_remove(const ChannelFlags& flags) {
  DeleteChannelRequest request;
  request.Name = flags.name;
  WEIR_TRY(auto client, client_of(flags.profile));
  WEIR_TRY(auto answer, client.call<op::DeleteChannel>(request));
  if (flags.json) print_json<op::DeleteChannel>(answer);
  return {};
}

using Run = base::Status (*)(const ChannelFlags& flags);

// One of them, with what all have.
CLI::App* add(CLI::App& channel, const char* name, const char* says, const std::shared_ptr<ChannelFlags>& flags,
              Run run, int& status) {
  auto* command = channel.add_subcommand(name, says);
  add_profile_options(*command, flags->profile);
  command->add_flag("--json", flags->json, "the answer as JSON");
  command->callback([flags, run, &status] { status = report(run(*flags)); });
  return command;
}

}  // namespace

void add_channel(CLI::App& program, int& status) {
  auto* channel = program.add_subcommand("channel", "About where messages on requests, approvals and grants go");
  channel->require_subcommand(1);
  auto flags = std::make_shared<ChannelFlags>();
  auto* putting = add(*channel, "put", "Make or replace a channel", flags, &run_put, status);
  putting->add_option("name", flags->name, "1 to 64 letters, digits, ., - and _")->required();
  putting->add_option("--kind", flags->kind, "slack, teams, signed or ticket")
      ->check(CLI::IsMember({"slack", "teams", "signed", "ticket"}))
      ->required();
  putting->add_option("--url", flags->url, "where messages are posted to; it is kept sealed")->required();
  putting->add_option("--secret-file", flags->secret_file,
                      "file with what messages are signed with, - is standard input; made for signed channels");
  putting->add_option("--event", flags->event_types, "an event it wants, * for any part; all if not given");
  putting->add_option("--database", flags->database, "only what is about this database");
  putting->add_option("--table", flags->table, "only what is about this table of it");
  add(*channel, "list", "The channels of the account", flags, &run_list, status);
  auto* removing = add(*channel, "remove", "Take a channel away", flags, &run_remove, status);
  removing->add_option("name", flags->name, "as the list says it")->required();
}

}  // namespace weir::cli
