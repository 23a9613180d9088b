#include "events/channel.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "notifications/webhook_url.h"

namespace weir::events {
namespace {

constexpr std::array kKinds = {ChannelKind::slack, ChannelKind::teams, ChannelKind::signed_webhook,
                               ChannelKind::ticket};

Topic topic_of(const base::Json& json) { return {json.text("database"), json.text("table")}; }

// How near a channel is to a topic: 2 for its table, 1 for its database, 0 for everything; -1: it is for another one.
int nearness(const Channel& channel, const Topic& topic) {
  if (channel.database.empty()) return 0;
  if (!base::equal_ignoring_case(channel.database, topic.database)) return -1;
  if (channel.table.empty()) return 1;
  return base::equal_ignoring_case(channel.table, topic.table) ? 2 : -1;
}

void add_nearest(const std::vector<Channel>& wanting, const Topic& topic, std::vector<Channel>& out) {
  int best = -1;
  for (const auto& channel : wanting) best = std::max(best, nearness(channel, topic));
  for (const auto& channel : wanting) {
    bool there = std::ranges::find(out, channel.name, &Channel::name) != out.end();
    if (best >= 0 && !there && nearness(channel, topic) == best) out.push_back(channel);
  }
}

}  // namespace

std::string_view to_string(ChannelKind kind) {
  switch (kind) {
    case ChannelKind::slack: return "slack";
    case ChannelKind::teams: return "teams";
    case ChannelKind::signed_webhook: return "signed";
    case ChannelKind::ticket: return "ticket";
  }
  return "";
}

base::Result<ChannelKind> parse_channel_kind(std::string_view text) {
  for (auto kind : kKinds)
    if (text == to_string(kind)) return kind;
  return base::invalid("A channel is slack, teams, signed or ticket.", "channel");
}

base::Json to_json(const ChannelKind& kind) { return to_string(kind); }

base::Status from_json(const base::Json& json, ChannelKind& kind) {
  auto read = json.as_string() ? parse_channel_kind(*json.as_string()) : base::internal("no text");
  if (!read) return base::internal("record: a kind of channel was expected");
  return kind = *read, base::Status();
}

std::vector<Topic> topics_of(const base::Json& detail) {
  std::vector<Topic> out;
  auto* items = detail.find("items");
  if (items && items->as_array())
    for (const auto& item : *items->as_array()) out.push_back(topic_of(item));
  if (out.empty()) out.push_back(topic_of(detail));
  return out;
}

bool wants(const Channel& channel, std::string_view event_type) {
  return channel.event_types.empty() || std::ranges::any_of(channel.event_types, [&](const std::string& pattern) {
           return base::glob_match(pattern, event_type);
         });
}

std::vector<Channel> nearest(const std::vector<Channel>& channels, std::string_view event_type,
                             const std::vector<Topic>& topics) {
  std::vector<Channel> wanting, out;
  std::ranges::copy_if(channels, std::back_inserter(wanting),
                       [&](const Channel& channel) { return wants(channel, event_type); });
  for (const auto& topic : topics) add_nearest(wanting, topic, out);
  return out;
}

std::string masked_url(std::string_view url) {
  auto parsed = notifications::parse_webhook_url(url);
  return parsed ? parsed->origin + "/****" : "****";
}

}  // namespace weir::events
