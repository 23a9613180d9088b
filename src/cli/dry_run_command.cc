#include "cli/dry_run_command.h"

#include <cstdio>
#include <fstream>
#include <sstream>

#include "cli/access_table.h"
#include "cli/account_client.h"
#include "wire/weir_api_operations.h"

namespace weir::cli {
namespace {

using namespace wire::weir_api;

base::Result<std::string> input_of(const std::string& given) {
  if (!given.starts_with('@')) return given;
  std::ifstream file(given.substr(1), std::ios::binary);
  std::ostringstream text;
  if (!file || !(text << file.rdbuf())) return base::invalid("cannot read " + given.substr(1), "input");
  return text.str();
}

base::Result<bool> rehearse(const AwsClient& client, std::string service, std::string operation, std::string input,
                            bool json) {
  DryRunRequest request{std::move(service), std::move(operation), std::move(input)};
  WEIR_TRY(auto run, client.call<op::DryRun>(request));
  auto text = json ? wire::encode<op::DryRun>(run, "").body + "\n" : text_of(run);
  std::fputs(text.c_str(), stdout);
  return run.Accepted.value_or(false);
}

}  // namespace

base::Result<bool> run_dry_run(const DryRunFlags& flags) {
  WEIR_TRY(auto input, input_of(flags.input));
  WEIR_TRY(auto client, client_of(flags.profile));
  return rehearse(client, flags.service, flags.operation, std::move(input), flags.json);
}

base::Result<bool> run_grant(const GrantFlags& flags, const std::string& operation) {
  WEIR_TRY(auto client, client_of(flags.profile));
  WEIR_TRY(auto account, account_of(client));
  WEIR_TRY(auto request, request_of(flags.words, account));
  if (flags.dry_run) return rehearse(client, "lakeformation", operation, request.dump(), flags.json);
  const auto* service = wire::find_service("lakeformation");
  WEIR_TRY(auto answer, client.call_json(*wire::find_operation(*service, operation), request.dump()));
  std::fputs(flags.json ? (answer + "\n").c_str() : "done\n", stdout);
  return true;
}

}  // namespace weir::cli
