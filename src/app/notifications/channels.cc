#include "app/notifications/channels.h"

#include <algorithm>

#include "app/notifications/outgoing_mail.h"
#include "base/text.h"
#include "events/keys.h"
#include "events/records.h"
#include "identity/sealed_secrets.h"
#include "notifications/webhook_signature.h"
#include "notifications/webhook_url.h"
#include "store/record_access.h"

namespace weir::app {

using events::Channel;
using events::ChannelKind;
namespace keys = events::keys;

namespace {

base::Error refused(std::string says) { return base::invalid(std::move(says), "channel"); }

std::string purpose(const std::string& what, const std::string& account, const std::string& name) {
  return "channel-" + what + "/" + account + "/" + name;
}

Ask ask_of(const Call& call, std::string action, const std::string& name) {
  const auto& account = call.caller().account();
  return {std::move(action), events::channel_arn(call.lake().region, account, name), account};
}

base::Status check(const NewChannel& wanted) {
  auto url = notifications::parse_webhook_url(wanted.url);
  if (!url) return refused("The URL is not an absolute http or https URL.");
  if (!wanted.table.empty() && wanted.database.empty()) return refused("A table needs its database.");
  bool signs = wanted.kind == ChannelKind::signed_webhook || wanted.kind == ChannelKind::ticket;
  if (wanted.secret && !signs)
    return refused("A channel of the kind " + std::string(to_string(wanted.kind)) +
                   " is not signed: it has no secret.");
  if (wanted.secret && base::has_control_characters(*wanted.secret)) return refused("The secret is not printable.");
  return {};
}

class Sealing {
 public:
  Sealing(Lake& lake, std::string account, std::string name)
      : lake_(lake), account_(std::move(account)), name_(std::move(name)) {}
  std::string seal(const std::string& what, const base::Secret& secret) const {
    return identity::seal_secret(lake_.keys, purpose(what, account_, name_), secret, lake_.randomness);
  }

 private:
  Lake& lake_;
  const std::string account_, name_;
};

Channel channel_of(Call& call, const NewChannel& wanted) {
  Channel channel;
  channel.account = call.caller().account();
  channel.name = wanted.name;
  channel.kind = wanted.kind;
  channel.sealed_url = Sealing(call.lake(), channel.account, channel.name).seal("url", base::Secret(wanted.url));
  channel.shown_url = events::masked_url(wanted.url);
  channel.event_types = wanted.event_types;
  channel.database = wanted.database;
  channel.table = wanted.table;
  return channel;
}

// The secret given; else the one there was, for the same kind; else a new one where messages must be signed.
void settle_secret(Call& call, const NewChannel& wanted, const std::optional<Channel>& before, PutChannel& put) {
  Sealing sealing(call.lake(), put.channel.account, put.channel.name);
  if (wanted.secret) {
    put.channel.sealed_secret = sealing.seal("secret", base::Secret(*wanted.secret));
  } else if (before && before->kind == wanted.kind) {
    put.channel.sealed_secret = before->sealed_secret;
  }
  if (wanted.kind != ChannelKind::signed_webhook || !put.channel.sealed_secret.empty()) return;
  put.fresh_secret = notifications::fresh_webhook_secret(call.lake().randomness);
  put.channel.sealed_secret = sealing.seal("secret", *put.fresh_secret);
}

base::Status enqueue(Lake& lake, store::Transaction& tx, const Channel& channel, const ChannelMessage& message) {
  notifications::OutboxEntry entry;
  entry.id = base::uuid(lake.randomness);
  entry.errand = notifications::Errand::channel;
  entry.due = entry.created = lake.clock.now();
  entry.subscription = channel_address(channel.account, channel.name);
  entry.account = channel.account;
  entry.sealed = seal_entry(lake, entry.id, base::encode_record(message));
  return notifications::Outbox(tx).add(entry);
}

}  // namespace

std::string channel_address(const std::string& account, const std::string& name) {
  return "channel/" + account + "/" + name;
}

base::Result<base::Secret> open_channel_url(const Lake& lake, const Channel& channel) {
  return identity::open_secret(lake.keys, purpose("url", channel.account, channel.name), channel.sealed_url);
}

base::Result<base::Secret> open_channel_secret(const Lake& lake, const Channel& channel) {
  return identity::open_secret(lake.keys, purpose("secret", channel.account, channel.name), channel.sealed_secret);
}

base::Result<bool> seal_anew(Channel& channel, const identity::KeyRing& ring, base::Randomness& randomness) {
  auto purpose_of = [&](const std::string& what) { return purpose(what, channel.account, channel.name); };
  WEIR_TRY(bool url, identity::seal_text_anew(ring, purpose_of("url"), channel.sealed_url, randomness));
  WEIR_TRY(bool secret, identity::seal_text_anew(ring, purpose_of("secret"), channel.sealed_secret, randomness));
  return url || secret;
}

base::Result<PutChannel> put_channel(Call& call, const NewChannel& wanted) {
  call.about("name", wanted.name);
  call.about("kind", to_string(wanted.kind));
  WEIR_CHECK_OK(call.authorize(ask_of(call, "weir:PutChannel", wanted.name)));
  WEIR_CHECK_OK(check(wanted));
  PutChannel put{channel_of(call, wanted), {}};
  auto key = keys::channel(put.channel.account, put.channel.name);
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto before, store::load<Channel>(tx, key));
    WEIR_TRY(auto there, tx.scan(store::prefix_range(keys::channels(put.channel.account)), events::kChannelsMax));
    if (!before && there.size() >= events::kChannelsMax)
      return base::fail(base::Kind::limit_exceeded, "The account has 100 channels.", "channel");
    settle_secret(call, wanted, before, put);
    return store::save(tx, key, put.channel);
  }));
  return put;
}

base::Result<std::vector<Channel>> list_channels(Call& call) {
  WEIR_CHECK_OK(call.authorize(Ask{"weir:ListChannels"}));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return events::all<Channel>(*tx, keys::channels(call.caller().account()));
}

base::Status delete_channel(Call& call, const std::string& name) {
  call.about("name", name);
  WEIR_CHECK_OK(call.authorize(ask_of(call, "weir:DeleteChannel", name)));
  auto key = keys::channel(call.caller().account(), name);
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto there, tx.get(key));
    if (!there) return base::not_found("There is no channel of that name.", "channel");
    return tx.erase(key);
  });
}

base::Status enqueue_to_channel(Lake& lake, store::Transaction& tx, const std::string& account,
                                const std::string& channel_name, const ChannelMessage& message) {
  WEIR_TRY(auto channel, store::load<Channel>(tx, keys::channel(account, channel_name)));
  if (!channel) return base::not_found("There is no channel of that name.", "channel");
  return enqueue(lake, tx, *channel, message);
}

base::Status enqueue_to_nearest(Lake& lake, store::Transaction& tx, const std::string& account,
                                const ChannelMessage& message, const std::vector<std::string>& told) {
  WEIR_TRY(auto channels, events::all<Channel>(tx, keys::channels(account)));
  for (const auto& channel : events::nearest(channels, message.event_type, events::topics_of(message.detail)))
    if (std::ranges::find(told, channel.name) == told.end()) WEIR_CHECK_OK(enqueue(lake, tx, channel, message));
  return {};
}

}  // namespace weir::app
