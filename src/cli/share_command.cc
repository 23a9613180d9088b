#include "cli/share_command.h"

#include <cstdio>

#include "cli/access_table.h"
#include "cli/account_client.h"
#include "wire/weir_api_operations.h"

namespace weir::cli {

using namespace wire::weir_api;

base::Result<bool> run_diagnose(const DiagnoseFlags& flags) {
  DiagnoseShareRequest request;
  request.From = flags.from;
  request.To = flags.to;
  request.Resource = flags.resource;
  if (!flags.principal.empty()) request.Principal = flags.principal;
  WEIR_TRY(auto client, client_of(flags.profile));
  WEIR_TRY(auto answer, client.call<op::DiagnoseShare>(request));
  auto text = flags.json ? wire::encode<op::DiagnoseShare>(answer, "").body + "\n" : text_of(answer);
  std::fputs(text.c_str(), stdout);
  return answer.Complete.value_or(false);
}

}  // namespace weir::cli
