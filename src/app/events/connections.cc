#include "app/events/connections.h"

#include "app/events/connection_credentials.h"
#include "events/keys.h"
#include "store/record_access.h"

namespace weir::app {

using events::AuthorizationType;
using events::AuthParameters;
using events::Connection;
namespace keys = events::keys;

namespace {

base::Error no_such_connection(const std::string& name) { return events::no_such("Connection", "'" + name + "'"); }

// Policies name connections with any id.
base::Status authorize(Call& call, std::string action, const std::string& name) {
  const auto& account = call.caller().account();
  call.about("name", name);
  return call.authorize(
      Ask{std::move(action), events::connection_arn(call.lake().region, account, name, "*"), account});
}

base::Result<AuthParameters> parameters_of(const base::Json& json, AuthorizationType type) {
  AuthParameters parameters;
  if (!base::from_json(json, parameters).ok()) return events::invalid_parameter("AuthParameters");
  WEIR_CHECK_OK(events::check_parameters(type, parameters));
  return parameters;
}

// Credentials of another type are of no use any more.
base::Json of_type(base::Json parameters, bool same_type) {
  if (!same_type)
    std::erase_if(*parameters.as_object(),
                  [](const auto& member) { return member.first != "InvocationHttpParameters"; });
  return parameters;
}

void settle(Lake& lake, Connection& connection, const AuthParameters& parameters) {
  connection.sealed = seal_parameters(lake, connection, parameters);
  connection.shown = events::shown_of(parameters);
}

base::Status apply(Lake& lake, const ConnectionChange& change, Connection& connection) {
  if (change.description) connection.description = *change.description;
  auto type = connection.type;
  if (change.type) {
    WEIR_TRY(type, events::parse_authorization_type(*change.type));
  }
  if (!change.parameters && type == connection.type) return {};
  WEIR_TRY(auto before, open_parameters(lake, connection));
  auto kept = of_type(base::to_json(before), type == connection.type);
  auto json = events::merged(kept, change.parameters.value_or(base::Json::object()));
  WEIR_TRY(auto parameters, parameters_of(json, type));
  connection.type = type;
  settle(lake, connection, parameters);
  return {};
}

}  // namespace

base::Result<Connection> create_connection(Call& call, const NewConnection& wanted) {
  WEIR_CHECK_OK(authorize(call, "events:CreateConnection", wanted.name));
  WEIR_TRY(auto type, events::parse_authorization_type(wanted.type));
  WEIR_TRY(auto parameters, parameters_of(wanted.parameters, type));
  Connection connection;
  connection.account = call.caller().account();
  connection.region = call.lake().region;
  connection.name = wanted.name;
  connection.id = base::uuid(call.lake().randomness);
  connection.description = wanted.description;
  connection.type = type;
  connection.created = connection.modified = connection.authorized = call.now();
  settle(call.lake(), connection, parameters);
  auto key = keys::connection(connection.account, connection.name);
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto there, tx.get(key));
    if (there) return base::already_exists("Connection '" + wanted.name + "' already exists.", "resource");
    WEIR_TRY(auto all, tx.scan(store::prefix_range(keys::connections(connection.account)), events::kConnectionsMax));
    if (all.size() >= events::kConnectionsMax)
      return base::fail(base::Kind::limit_exceeded, "The account has too many connections.", "connections");
    return store::save(tx, key, connection);
  }));
  return connection;
}

base::Result<Connection> describe_connection(Call& call, const std::string& name) {
  WEIR_CHECK_OK(authorize(call, "events:DescribeConnection", name));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto found, store::load<Connection>(*tx, keys::connection(call.caller().account(), name)));
  if (!found) return no_such_connection(name);
  return std::move(*found);
}

base::Result<Connection> update_connection(Call& call, const ConnectionChange& change) {
  WEIR_CHECK_OK(authorize(call, "events:UpdateConnection", change.name));
  Connection connection;
  auto key = keys::connection(call.caller().account(), change.name);
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto there, store::load<Connection>(tx, key));
    if (!there) return no_such_connection(change.name);
    connection = std::move(*there);
    WEIR_CHECK_OK(apply(call.lake(), change, connection));
    connection.modified = call.now();
    WEIR_CHECK_OK(tx.erase(keys::token(connection.id)));  // it was got by what is no longer said
    return store::save(tx, key, connection);
  }));
  return connection;
}

base::Result<Connection> delete_connection(Call& call, const std::string& name) {
  WEIR_CHECK_OK(authorize(call, "events:DeleteConnection", name));
  Connection connection;
  auto key = keys::connection(call.caller().account(), name);
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto there, store::load<Connection>(tx, key));
    if (!there) return no_such_connection(name);
    connection = std::move(*there);
    WEIR_CHECK_OK(tx.erase(keys::token(connection.id)));
    return tx.erase(key);
  }));
  return connection;
}

base::Result<events::Page<Connection>> list_connections(Call& call, const ListQuery& query) {
  WEIR_CHECK_OK(call.authorize(Ask{"events:ListConnections"}));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto all, events::all<Connection>(*tx, keys::connections(call.caller().account())));
  return events::page_of(std::move(all), query.prefix, query.token, query.limit);
}

}  // namespace weir::app
