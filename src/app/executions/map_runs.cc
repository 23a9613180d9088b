#include "app/executions/map_runs.h"

namespace weir::app {

base::Error map_run_absent(Call& call, std::string_view verb, const std::string& map_run_arn) {
  call.about("mapRunArn", map_run_arn);
  auto account = executions::parse_map_run_arn(map_run_arn);
  if (!account.ok()) return std::move(account).error();
  auto allowed = call.authorize(states_ask(verb, map_run_arn, *account));
  if (!allowed.ok()) return std::move(allowed).error();
  return base::not_found("Resource not found: '" + map_run_arn + "'", "resource");
}

base::Status list_map_runs(Call& call, const std::string& execution_arn) {
  call.about("executionArn", execution_arn);
  WEIR_TRY(auto id, execution_here(call, execution_arn));
  WEIR_CHECK_OK(call.authorize(states_ask("ListMapRuns", execution_arn, id.account)));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_CHECK_OK(execution_records(call, *tx).get(id));
  return {};
}

}  // namespace weir::app
