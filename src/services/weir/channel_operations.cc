#include "services/weir/channel_operations.h"

#include "app/notifications/channels.h"

namespace weir::services {

using namespace wire::weir_api;
namespace {

ChannelSummary to_wire(const events::Channel& channel) {
  ChannelSummary out;
  out.Name = channel.name;
  out.Kind = std::string(to_string(channel.kind));
  out.Url = channel.shown_url;
  out.Signed = !channel.sealed_secret.empty();
  out.EventTypes = channel.event_types;
  out.EventTypes.give();
  if (!channel.database.empty()) out.Database = channel.database;
  if (!channel.table.empty()) out.Table = channel.table;
  return out;
}

}  // namespace

base::Result<PutChannelResponse> put_channel(app::Call& call, const PutChannelRequest& in) {
  WEIR_TRY(auto kind, events::parse_channel_kind(*in.Kind));
  WEIR_TRY(auto put, app::put_channel(call, {*in.Name, kind, *in.Url, in.Secret, in.EventTypes.items(),
                                             in.Database.value_or(""), in.Table.value_or("")}));
  PutChannelResponse out;
  out.Channel = to_wire(put.channel);
  if (put.fresh_secret) out.Secret = put.fresh_secret->reveal();
  return out;
}

base::Result<ListChannelsResponse> list_channels(app::Call& call, const ListChannelsRequest&) {
  WEIR_TRY(auto channels, app::list_channels(call));
  ListChannelsResponse out;
  out.Channels.give();
  for (const auto& channel : channels) out.Channels.push_back(to_wire(channel));
  return out;
}

base::Result<DeleteChannelResponse> delete_channel(app::Call& call, const DeleteChannelRequest& in) {
  WEIR_CHECK_OK(app::delete_channel(call, *in.Name));
  return DeleteChannelResponse{};
}

}  // namespace weir::services
