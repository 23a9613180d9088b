#include "app/events/api_destinations.h"
#include "services/events/connection_operations.h"

namespace weir::services::event_bridge {
namespace {

template <class W>
W with_times(const events::ApiDestination& destination, bool active) {
  W out;
  out.ApiDestinationArn = destination.arn();
  out.ApiDestinationState = active ? "ACTIVE" : "INACTIVE";
  out.CreationTime = destination.created;
  out.LastModifiedTime = destination.modified;
  return out;
}

// What both the list and the description show.
template <class W>
W described(const app::ShownDestination& shown) {
  const auto& destination = shown.destination;
  auto out = with_times<W>(destination, shown.active);
  out.Name = destination.name;
  out.ConnectionArn = destination.connection_arn;
  out.InvocationEndpoint = destination.endpoint;
  out.HttpMethod = destination.method;
  out.InvocationRateLimitPerSecond = static_cast<int32_t>(destination.calls_per_second);
  return out;
}

template <class In>
std::optional<int64_t> rate_of(const In& in) {
  return in.InvocationRateLimitPerSecond ? std::optional<int64_t>(*in.InvocationRateLimitPerSecond) : std::nullopt;
}

}  // namespace

base::Result<w::CreateApiDestinationResponse> create_destination(app::Call& call,
                                                                 const w::CreateApiDestinationRequest& in) {
  WEIR_TRY(auto made, app::create_destination(call, {*in.Name, in.Description.value_or(""), *in.ConnectionArn,
                                                     *in.InvocationEndpoint, *in.HttpMethod, rate_of(in)}));
  return with_times<w::CreateApiDestinationResponse>(made, true);
}

base::Result<w::DescribeApiDestinationResponse> describe_destination(app::Call& call,
                                                                     const w::DescribeApiDestinationRequest& in) {
  WEIR_TRY(auto shown, app::describe_destination(call, *in.Name));
  auto out = described<w::DescribeApiDestinationResponse>(shown);
  if (!shown.destination.description.empty()) out.Description = shown.destination.description;
  return out;
}

base::Result<w::ListApiDestinationsResponse> list_destinations(app::Call& call,
                                                               const w::ListApiDestinationsRequest& in) {
  WEIR_TRY(auto query, query_of(in));
  WEIR_TRY(auto page, app::list_destinations(call, query, in.ConnectionArn));
  w::ListApiDestinationsResponse out;
  out.ApiDestinations.give();
  for (const auto& shown : page.items) out.ApiDestinations.push_back(described<w::ApiDestination>(shown));
  out.NextToken = token_of(page.next);
  return out;
}

base::Result<w::UpdateApiDestinationResponse> update_destination(app::Call& call,
                                                                 const w::UpdateApiDestinationRequest& in) {
  WEIR_TRY(auto changed, app::update_destination(call, {*in.Name, in.Description, in.ConnectionArn,
                                                        in.InvocationEndpoint, in.HttpMethod, rate_of(in)}));
  return with_times<w::UpdateApiDestinationResponse>(changed, true);
}

base::Result<w::DeleteApiDestinationResponse> delete_destination(app::Call& call,
                                                                 const w::DeleteApiDestinationRequest& in) {
  WEIR_CHECK_OK(app::delete_destination(call, *in.Name));
  return w::DeleteApiDestinationResponse{};
}

}  // namespace weir::services::event_bridge
