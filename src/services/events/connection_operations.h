// EventBridge's operations on connections and API destinations.
#pragma once
#include "services/events/shapes.h"

namespace weir::services::event_bridge {

base::Result<w::CreateConnectionResponse> create_connection(app::Call& call, const w::CreateConnectionRequest& in);
base::Result<w::DescribeConnectionResponse> describe_connection(app::Call& call,
                                                                const w::DescribeConnectionRequest& in);
base::Result<w::ListConnectionsResponse> list_connections(app::Call& call, const w::ListConnectionsRequest& in);
base::Result<w::UpdateConnectionResponse> update_connection(app::Call& call, const w::UpdateConnectionRequest& in);
base::Result<w::DeleteConnectionResponse> delete_connection(app::Call& call, const w::DeleteConnectionRequest& in);

base::Result<w::CreateApiDestinationResponse> create_destination(app::Call& call,
                                                                 const w::CreateApiDestinationRequest& in);
base::Result<w::DescribeApiDestinationResponse> describe_destination(app::Call& call,
                                                                     const w::DescribeApiDestinationRequest& in);
base::Result<w::ListApiDestinationsResponse> list_destinations(app::Call& call,
                                                               const w::ListApiDestinationsRequest& in);
base::Result<w::UpdateApiDestinationResponse> update_destination(app::Call& call,
                                                                 const w::UpdateApiDestinationRequest& in);
base::Result<w::DeleteApiDestinationResponse> delete_destination(app::Call& call,
                                                                 const w::DeleteApiDestinationRequest& in);

}  // namespace weir::services::event_bridge
