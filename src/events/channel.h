// Channels: a chat, a ticket system or a signed webhook of an account, and which messages it wants.
//
// INVARIANT: an address and a secret of a channel are kept sealed; to hold Slack's address is to be allowed to post.
//
// Threads: values and pure functions.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/record.h"

namespace weir::events {

inline constexpr size_t kChannelsMax = 100;  // of an account: what one announcement looks at

enum class ChannelKind { slack, teams, signed_webhook, ticket };
std::string_view to_string(ChannelKind kind);  // "slack", "teams", "signed", "ticket"
base::Result<ChannelKind> parse_channel_kind(std::string_view text);
base::Json to_json(const ChannelKind& kind);
base::Status from_json(const base::Json& json, ChannelKind& kind);

struct Channel {
  std::string account;
  std::string name;
  ChannelKind kind = ChannelKind::slack;
  std::string sealed_url;
  std::string shown_url;      // the host and no more
  std::string sealed_secret;  // empty: messages are not signed
  std::vector<std::string> event_types;
  std::string database, table;  // empty: whatever it is about
};
WEIR_RECORD(Channel, FIELD("Account", &Channel::account), FIELD("Name", &Channel::name), FIELD("Kind", &Channel::kind),
            FIELD("Url", &Channel::sealed_url), FIELD("ShownUrl", &Channel::shown_url),
            FIELD("Secret", &Channel::sealed_secret), FIELD("EventTypes", &Channel::event_types),
            FIELD("Database", &Channel::database), FIELD("Table", &Channel::table))

// What a message is about; empty: nothing in particular.
struct Topic {
  std::string database, table;
};
// The topics of a message: its members "database" and "table", or those of each of its "items".
std::vector<Topic> topics_of(const base::Json& detail);

bool wants(const Channel& channel, std::string_view event_type);
// Of the channels that want the type, those nearest to one of the topics: for its table, else for its database, else
// for everything.
std::vector<Channel> nearest(const std::vector<Channel>& channels, std::string_view event_type,
                             const std::vector<Topic>& topics);

// https://hooks.example.com/services/T1/B2/secret -> https://hooks.example.com/****
std::string masked_url(std::string_view url);

}  // namespace weir::events
