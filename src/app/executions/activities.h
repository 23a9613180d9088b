// Activities, and the workers that ask for their tasks.
//
// Errors: not_found and limit_exceeded about "activity".
//
// Threads: as the Call; get_activity_task() waits up to a minute.
#pragma once
#include "app/executions/states_words.h"
#include "executions/activity_queue.h"
#include "identity/tag.h"

namespace weir::app {

struct ShownActivity {
  std::string arn;
  executions::Activity activity;
};

// The same name again answers with the activity that is there.
base::Result<ShownActivity> create_activity(Call& call, const std::string& name, const identity::Tags& tags);
base::Result<ShownActivity> describe_activity(Call& call, const std::string& arn);
// What is not there can be deleted.
base::Status delete_activity(Call& call, const std::string& arn);
base::Result<StatesList<executions::Activity>> list_activities(Call& call, const StatesPage& page);

// The next task, when there is one within a minute.
base::Result<std::optional<executions::TakenTask>> get_activity_task(Call& call, const std::string& arn,
                                                                     const std::string& worker);

}  // namespace weir::app
