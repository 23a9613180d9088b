// The channels of an account: made, listed, taken away, and written to.
//
// Threads: free functions; a Call and a transaction belong to one thread.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/call.h"
#include "events/channel.h"
#include "events/channel_message.h"

namespace weir::app {

using events::ChannelMessage;

struct NewChannel {
  std::string name = {};
  events::ChannelKind kind = events::ChannelKind::slack;
  std::string url = {};
  std::optional<std::string> secret = {};
  std::vector<std::string> event_types = {};
  std::string database = {}, table = {};
};

struct PutChannel {
  events::Channel channel;
  std::optional<base::Secret> fresh_secret;  // when one was made
};

// Kind::invalid about "channel" for what cannot be one; Kind::limit_exceeded for the hundred-and-first.
base::Result<PutChannel> put_channel(Call& call, const NewChannel& wanted);
base::Result<std::vector<events::Channel>> list_channels(Call& call);
base::Status delete_channel(Call& call, const std::string& name);

// Sends to that channel when the transaction is durable, for 24 hours. Kind::not_found about "channel" when the
// account has none of that name.
base::Status enqueue_to_channel(Lake& lake, store::Transaction& tx, const std::string& account,
                                const std::string& channel_name, const ChannelMessage& message);
// The same to the channels nearest to what the message's detail is about, of those that want its type; not to `told`.
base::Status enqueue_to_nearest(Lake& lake, store::Transaction& tx, const std::string& account,
                                const ChannelMessage& message, const std::vector<std::string>& told = {});

// The secret parts of a channel, which only this deployment opens.
base::Result<base::Secret> open_channel_url(const Lake& lake, const events::Channel& channel);
base::Result<base::Secret> open_channel_secret(const Lake& lake, const events::Channel& channel);

// sealed_records.h.
base::Result<bool> seal_anew(events::Channel& channel, const identity::KeyRing& ring, base::Randomness& randomness);

// How the outbox names a channel, and back.
std::string channel_address(const std::string& account, const std::string& name);

}  // namespace weir::app
