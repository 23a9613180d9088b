// PutChannel, ListChannels, DeleteChannel: where messages of an account go.
#pragma once
#include "app/call.h"
#include "wire/weir_api_types.h"

namespace weir::services {

base::Result<wire::weir_api::PutChannelResponse> put_channel(app::Call& call,
                                                             const wire::weir_api::PutChannelRequest& in);
base::Result<wire::weir_api::ListChannelsResponse> list_channels(app::Call& call,
                                                                 const wire::weir_api::ListChannelsRequest& in);
base::Result<wire::weir_api::DeleteChannelResponse> delete_channel(app::Call& call,
                                                                   const wire::weir_api::DeleteChannelRequest& in);

}  // namespace weir::services
