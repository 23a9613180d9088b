// One event of an execution's history, with AWS's type and details.
#pragma once
#include "base/record.h"
#include "workflow/values.h"

namespace weir::workflow {

struct HistoryEvent {
  int64_t id = 0;        // 1, 2, 3, ...
  int64_t previous = 0;  // what it follows on its own strand; 0 for the first two
  base::Instant at;
  std::string type;          // TaskStateEntered, ...
  std::string details_name;  // taskScheduledEventDetails, ...; empty when the type has none
  Json details;              // members as in the service's model; payloads are JSON texts
};
WEIR_RECORD(HistoryEvent, FIELD("Id", &HistoryEvent::id), FIELD("Previous", &HistoryEvent::previous),
            FIELD("At", &HistoryEvent::at), FIELD("Type", &HistoryEvent::type),
            FIELD("DetailsName", &HistoryEvent::details_name), FIELD("Details", &HistoryEvent::details))

}  // namespace weir::workflow
