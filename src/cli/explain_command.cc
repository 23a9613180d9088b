#include "cli/explain_command.h"

#include <cstdio>

#include "cli/access_table.h"
#include "cli/account_client.h"
#include "wire/weir_api_operations.h"

namespace weir::cli {
namespace {

using namespace wire::weir_api;

base::Status add_tags(const std::vector<std::string>& given, ExplainRequest& request) {
  for (const auto& text : given) {
    auto equals = text.find('=');
    if (equals == std::string::npos || equals == 0)
      return base::invalid("a session tag is KEY=VALUE, not '" + text + "'", "session-tag");
    request.SessionTags.push_back({text.substr(0, equals), text.substr(equals + 1)});
  }
  return {};
}

}  // namespace

base::Status run_explain(const ExplainFlags& flags) {
  ExplainRequest request;
  if (!flags.decision.empty()) request.DecisionId = flags.decision;
  if (!flags.principal.empty()) request.Principal = flags.principal;
  if (!flags.action.empty()) request.Action = flags.action;
  if (!flags.resource.empty()) request.Resource = flags.resource;
  if (!flags.catalog.empty()) request.CatalogId = flags.catalog;
  if (flags.grant_option) request.GrantOption = true;
  if (!flags.role_arn.empty()) request.RoleArn = flags.role_arn;
  request.Groups = flags.groups;
  WEIR_CHECK_OK(add_tags(flags.session_tags, request));
  WEIR_TRY(auto client, client_of(flags.profile));
  WEIR_TRY(auto answer, client.call<op::Explain>(request));
  std::fputs((flags.json ? answer.Explanation.value_or("{}") + "\n" : answer.Text.value_or("")).c_str(), stdout);
  return {};
}

base::Status run_who_can(const WhoCanFlags& flags) {
  WEIR_TRY(auto client, client_of(flags.profile));
  WhoCanRequest request;
  request.Resource = flags.resource;
  request.Action = flags.action;
  WhoCanResponse all;
  do {
    WEIR_TRY(auto page, client.call<op::WhoCan>(request));
    for (auto& able : page.Principals) all.Principals.push_back(std::move(able));
    all.Resource = std::move(page.Resource);
    request.NextToken = std::move(page.NextToken);
  } while (request.NextToken);
  auto text = flags.json ? wire::encode<op::WhoCan>(all, "").body + "\n"
                         : text_of(all.Principals, flags.action, all.Resource.value_or(flags.resource));
  std::fputs(text.c_str(), stdout);
  return {};
}

}  // namespace weir::cli
