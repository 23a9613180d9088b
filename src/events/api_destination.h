// API destinations: an endpoint, how it is called, and the connection that authorises it.
//
// Threads: values and pure functions.
#pragma once
#include <string>

#include "base/record.h"
#include "events/names.h"

namespace weir::events {

inline constexpr size_t kDestinationsMax = 3000;  // of an account, as on AWS

struct ApiDestination {
  std::string account, region, name, id;
  std::string description;
  std::string connection_arn;
  std::string endpoint;
  std::string method;
  int64_t calls_per_second = 300;
  base::Instant created{}, modified{};
  std::string arn() const { return destination_arn(region, account, name, id); }
};
WEIR_RECORD(ApiDestination, FIELD("Account", &ApiDestination::account), FIELD("Region", &ApiDestination::region),
            FIELD("Name", &ApiDestination::name), FIELD("Id", &ApiDestination::id),
            FIELD("Description", &ApiDestination::description), FIELD("Connection", &ApiDestination::connection_arn),
            FIELD("Endpoint", &ApiDestination::endpoint), FIELD("Method", &ApiDestination::method),
            FIELD("CallsPerSecond", &ApiDestination::calls_per_second), FIELD("Created", &ApiDestination::created),
            FIELD("Modified", &ApiDestination::modified))

}  // namespace weir::events
