// Map runs: only distributed Maps make them, and those are not offered, so that there is none to be found.
//
// Threads: as the Call.
#pragma once
#include "app/executions/states_words.h"

namespace weir::app {

// Not found, for who may ask.
base::Error map_run_absent(Call& call, std::string_view verb, const std::string& map_run_arn);
// Of an execution that is there: none.
base::Status list_map_runs(Call& call, const std::string& execution_arn);

}  // namespace weir::app
