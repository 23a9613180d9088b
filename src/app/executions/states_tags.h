// Tags of state machines and activities.
//
// Errors: invalid about "tags", limit_exceeded about "tags" (TooManyTags), not_found about "resource".
//
// Threads: as the Call.
#pragma once
#include "app/call.h"
#include "identity/tag.h"

namespace weir::app {

base::Status check_states_tags(const identity::Tags& tags);
base::Status put_states_tags(store::Transaction& tx, const std::string& arn, const identity::Tags& tags);

// Of what is there, for who has asked whether the caller may.
base::Result<identity::Tags> states_tags(store::Transaction& tx, const std::string& arn);

base::Status tag_states_resource(Call& call, const std::string& arn, const identity::Tags& tags);
base::Status untag_states_resource(Call& call, const std::string& arn, const std::vector<std::string>& keys);
base::Result<identity::Tags> list_states_tags(Call& call, const std::string& arn);

}  // namespace weir::app
