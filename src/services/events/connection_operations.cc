#include "services/events/connection_operations.h"

#include "app/events/connections.h"

namespace weir::services::event_bridge {
namespace {

constexpr auto kAuthorized = "AUTHORIZED";

template <class In>
base::Status check_offered(const In& in) {
  if (in.InvocationConnectivityParameters) return not_offered("InvocationConnectivityParameters");
  if (in.KmsKeyIdentifier && !in.KmsKeyIdentifier->empty()) return not_offered("KmsKeyIdentifier");
  if (in.AuthParameters && in.AuthParameters->ConnectivityParameters) return not_offered("ConnectivityParameters");
  return {};
}

template <class W>
W with_times(const events::Connection& connection) {
  W out;
  out.ConnectionArn = connection.arn();
  out.ConnectionState = kAuthorized;
  out.CreationTime = connection.created;
  out.LastModifiedTime = connection.modified;
  return out;
}

template <class W>
W with_authorization(const events::Connection& connection) {
  auto out = with_times<W>(connection);
  out.LastAuthorizedTime = connection.authorized;
  return out;
}

// What both the list and the description show.
template <class W>
W described(const events::Connection& connection) {
  auto out = with_authorization<W>(connection);
  out.Name = connection.name;
  out.AuthorizationType = std::string(to_string(connection.type));
  return out;
}

}  // namespace

base::Result<w::CreateConnectionResponse> create_connection(app::Call& call, const w::CreateConnectionRequest& in) {
  WEIR_CHECK_OK(check_offered(in));
  WEIR_TRY(auto made, app::create_connection(call, {*in.Name, in.Description.value_or(""), *in.AuthorizationType,
                                                    json_from(*in.AuthParameters)}));
  return with_times<w::CreateConnectionResponse>(made);
}

base::Result<w::DescribeConnectionResponse> describe_connection(app::Call& call,
                                                                const w::DescribeConnectionRequest& in) {
  WEIR_TRY(auto found, app::describe_connection(call, *in.Name));
  auto out = described<w::DescribeConnectionResponse>(found);
  if (!found.description.empty()) out.Description = found.description;
  out.AuthParameters = shape_from<w::ConnectionAuthResponseParameters>(found.shown);
  return out;
}

base::Result<w::ListConnectionsResponse> list_connections(app::Call& call, const w::ListConnectionsRequest& in) {
  WEIR_TRY(auto query, query_of(in));
  WEIR_TRY(auto page, app::list_connections(call, query));
  w::ListConnectionsResponse out;
  out.Connections.give();
  bool all = in.ConnectionState.value_or(kAuthorized) == kAuthorized;
  for (const auto& connection : page.items)
    if (all) out.Connections.push_back(described<w::Connection>(connection));
  out.NextToken = token_of(page.next);
  return out;
}

base::Result<w::UpdateConnectionResponse> update_connection(app::Call& call, const w::UpdateConnectionRequest& in) {
  WEIR_CHECK_OK(check_offered(in));
  app::ConnectionChange change{*in.Name, in.Description, in.AuthorizationType, {}};
  if (in.AuthParameters) change.parameters = json_from(*in.AuthParameters);
  WEIR_TRY(auto changed, app::update_connection(call, change));
  return with_authorization<w::UpdateConnectionResponse>(changed);
}

base::Result<w::DeleteConnectionResponse> delete_connection(app::Call& call, const w::DeleteConnectionRequest& in) {
  WEIR_TRY(auto gone, app::delete_connection(call, *in.Name));
  auto out = with_authorization<w::DeleteConnectionResponse>(gone);
  out.ConnectionState = "DELETING";
  return out;
}

}  // namespace weir::services::event_bridge
