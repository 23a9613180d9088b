// Connections of the account.
//
// INVARIANT: no answer holds a password, a key, a client's secret or a value that was marked as secret.
//
// Errors: invalid about "parameter" or "header", not_found and already_exists about "resource", limit_exceeded.
//
// Threads: as the Call.
#pragma once
#include "app/events/event_rules.h"
#include "events/connection.h"

namespace weir::app {

struct NewConnection {
  std::string name;
  std::string description;
  std::string type;
  base::Json parameters;  // AuthParameters, as AWS spells them
};
struct ConnectionChange {
  std::string name;
  std::optional<std::string> description, type;
  std::optional<base::Json> parameters;  // in place of the same members
};

base::Result<events::Connection> create_connection(Call& call, const NewConnection& wanted);
base::Result<events::Connection> describe_connection(Call& call, const std::string& name);
base::Result<events::Connection> update_connection(Call& call, const ConnectionChange& change);
base::Result<events::Connection> delete_connection(Call& call, const std::string& name);
base::Result<events::Page<events::Connection>> list_connections(Call& call, const ListQuery& query);

}  // namespace weir::app
