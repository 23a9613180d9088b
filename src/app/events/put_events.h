// Events that callers put on the default bus: durable with all that follows from them when it answers.
//
// Threads: as the Call.
#pragma once
#include <string>
#include <vector>

#include "app/call.h"

namespace weir::app {

struct PutEntry {
  std::optional<std::string> source, detail_type, detail, bus;
  std::vector<std::string> resources;
  std::optional<base::Instant> time;
};

// The event's id, or AWS's code and words for what is wrong with that entry alone.
struct PutEntryResult {
  std::string event_id;
  std::string code, message;
};

// An error is about all of them: who may not (asked for each bus, source and detail type), 256 KB together, or
// Kind::throttled about "backlog". Events that together want more than events::kDeliveriesMax deliveries: those that
// find no room fail by themselves, "ThrottlingException".
base::Result<std::vector<PutEntryResult>> put_events(Call& call, const std::vector<PutEntry>& entries);

}  // namespace weir::app
