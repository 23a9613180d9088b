// API destinations of the account.
//
// INVARIANT: whoever makes a destination call by a connection may use the connection, too: both are asked about.
//
// Errors: as connections.h.
//
// Threads: as the Call.
#pragma once
#include "app/events/event_rules.h"
#include "events/api_destination.h"

namespace weir::app {

struct NewDestination {
  std::string name;
  std::string description;
  std::string connection_arn;
  std::string endpoint;
  std::string method;
  std::optional<int64_t> calls_per_second;
};
struct DestinationChange {
  std::string name;
  std::optional<std::string> description, connection_arn, endpoint, method;
  std::optional<int64_t> calls_per_second;
};

// A destination, and whether its connection is there.
struct ShownDestination {
  events::ApiDestination destination;
  bool active = false;
};

base::Result<events::ApiDestination> create_destination(Call& call, const NewDestination& wanted);
base::Result<ShownDestination> describe_destination(Call& call, const std::string& name);
base::Result<events::ApiDestination> update_destination(Call& call, const DestinationChange& change);
base::Status delete_destination(Call& call, const std::string& name);
base::Result<events::Page<ShownDestination>> list_destinations(Call& call, const ListQuery& query,
                                                               const std::optional<std::string>& connection_arn);

}  // namespace weir::app
