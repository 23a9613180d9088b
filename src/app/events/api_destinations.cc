#include "app/events/api_destinations.h"

#include "app/events/connection_credentials.h"
#include "events/keys.h"
#include "notifications/webhook_url.h"
#include "store/record_access.h"

namespace weir::app {

using events::ApiDestination;
namespace keys = events::keys;

namespace {

base::Error no_such_destination(const std::string& name) { return events::no_such("ApiDestination", "'" + name + "'"); }

base::Status authorize(Call& call, std::string action, const std::string& name) {
  const auto& account = call.caller().account();
  call.about("name", name);
  return call.authorize(
      Ask{std::move(action), events::destination_arn(call.lake().region, account, name, "*"), account});
}

// The connection is asked about as it is named, also when it is somebody else's: then it is denied.
base::Status check_connection(Call& call, const std::string& action, const std::string& arn) {
  WEIR_TRY(auto name, events::parse_connection_arn(arn));
  WEIR_CHECK_OK(call.authorize(Ask{action, arn, name.account}));
  return find_connection(call.lake(), call.caller().account(), arn).ok()
             ? base::Status()
             : base::Status(events::no_such("Connection", "'" + name.name + "'"));
}

base::Status check_endpoint(const std::string& endpoint) {
  auto url = notifications::parse_webhook_url(endpoint);
  if (!url || !url->userinfo.empty()) return events::invalid_parameter("InvocationEndpoint");
  return {};
}

bool is_active(const Lake& lake, const ApiDestination& destination) {
  return find_connection(lake, destination.account, destination.connection_arn).ok();
}

}  // namespace

base::Result<ApiDestination> create_destination(Call& call, const NewDestination& wanted) {
  WEIR_CHECK_OK(authorize(call, "events:CreateApiDestination", wanted.name));
  WEIR_CHECK_OK(check_endpoint(wanted.endpoint));
  WEIR_CHECK_OK(check_connection(call, "events:CreateApiDestination", wanted.connection_arn));
  ApiDestination made{.account = call.caller().account(),
                      .region = call.lake().region,
                      .name = wanted.name,
                      .id = base::uuid(call.lake().randomness),
                      .description = wanted.description,
                      .connection_arn = wanted.connection_arn,
                      .endpoint = wanted.endpoint,
                      .method = wanted.method,
                      .created = call.now(),
                      .modified = call.now()};
  if (wanted.calls_per_second) made.calls_per_second = *wanted.calls_per_second;
  auto key = keys::destination(made.account, made.name);
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto there, tx.get(key));
    if (there) return base::already_exists("An api-destination '" + wanted.name + "' already exists.", "resource");
    WEIR_TRY(auto all, tx.scan(store::prefix_range(keys::destinations(made.account)), events::kDestinationsMax));
    if (all.size() >= events::kDestinationsMax)
      return base::fail(base::Kind::limit_exceeded, "The account has too many API destinations.", "destinations");
    return store::save(tx, key, made);
  }));
  return made;
}

base::Result<ShownDestination> describe_destination(Call& call, const std::string& name) {
  WEIR_CHECK_OK(authorize(call, "events:DescribeApiDestination", name));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto found, store::load<ApiDestination>(*tx, keys::destination(call.caller().account(), name)));
  if (!found) return no_such_destination(name);
  bool active = is_active(call.lake(), *found);
  return ShownDestination{std::move(*found), active};
}

base::Result<ApiDestination> update_destination(Call& call, const DestinationChange& change) {
  WEIR_CHECK_OK(authorize(call, "events:UpdateApiDestination", change.name));
  if (change.endpoint) WEIR_CHECK_OK(check_endpoint(*change.endpoint));
  ApiDestination changed;
  auto key = keys::destination(call.caller().account(), change.name);
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto before, store::load<ApiDestination>(*tx, key));
  if (!before) return no_such_destination(change.name);
  // Also when only the address changes: the connection's credentials then go there.
  WEIR_CHECK_OK(
      check_connection(call, "events:UpdateApiDestination", change.connection_arn.value_or(before->connection_arn)));
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& writing) -> base::Status {
    WEIR_TRY(auto there, store::load<ApiDestination>(writing, key));
    if (!there) return no_such_destination(change.name);
    if (there->connection_arn != before->connection_arn)
      return base::fail(base::Kind::concurrent, "The API destination was changed meanwhile.", "resource");
    changed = std::move(*there);
    changed.description = change.description.value_or(changed.description);
    changed.connection_arn = change.connection_arn.value_or(changed.connection_arn);
    changed.endpoint = change.endpoint.value_or(changed.endpoint);
    changed.method = change.method.value_or(changed.method);
    changed.calls_per_second = change.calls_per_second.value_or(changed.calls_per_second);
    changed.modified = call.now();
    return store::save(writing, key, changed);
  }));
  return changed;
}

base::Status delete_destination(Call& call, const std::string& name) {
  WEIR_CHECK_OK(authorize(call, "events:DeleteApiDestination", name));
  auto key = keys::destination(call.caller().account(), name);
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto there, tx.get(key));
    if (!there) return no_such_destination(name);
    return tx.erase(key);
  });
}

base::Result<events::Page<ShownDestination>> list_destinations(Call& call, const ListQuery& query,
                                                               const std::optional<std::string>& connection_arn) {
  WEIR_CHECK_OK(call.authorize(Ask{"events:ListApiDestinations"}));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto all, events::all<ApiDestination>(*tx, keys::destinations(call.caller().account())));
  if (connection_arn)
    std::erase_if(all, [&](const auto& destination) { return destination.connection_arn != *connection_arn; });
  auto page = events::page_of(std::move(all), query.prefix, query.token, query.limit);
  events::Page<ShownDestination> out{{}, page.next};
  for (auto& destination : page.items) {
    bool active = is_active(call.lake(), destination);
    out.items.push_back({std::move(destination), active});
  }
  return out;
}

}  // namespace weir::app
