#include "app/events/connection_tokens.h"

#include <algorithm>

#include "base/text.h"
#include "events/http_words.h"
#include "events/keys.h"
#include "store/record_access.h"

namespace weir::app {

using events::Connection;
using events::HeldToken;
using events::OAuth;

namespace {

constexpr base::Seconds kMargin{30}, kLifeByDefault{3600}, kLifeMax{86'400};
constexpr size_t kTokenMax = 8192;

std::string purpose_of(const Connection& connection) { return "connection-token/" + connection.id; }

base::Error refused(const std::string& why) {
  return base::fail(base::Kind::unavailable, "The authorization endpoint of the connection " + why + ".", "oauth");
}

// What the standard asks for, then what the connection says, which may replace it.
events::Pairs grant_of(const OAuth& oauth) {
  events::Pairs pairs = {{"grant_type", "client_credentials"},
                         {"client_id", oauth.client.id},
                         {"client_secret", oauth.client.secret.reveal()}};
  if (!oauth.parameters) return pairs;
  for (const auto& item : oauth.parameters->body) {
    std::erase_if(pairs, [&](const auto& pair) { return pair.first == item.key; });
    pairs.emplace_back(item.key, item.value.reveal());
  }
  return pairs;
}

base::Result<notifications::WebhookPost> post_of(const OAuth& oauth) {
  events::Pairs query;
  notifications::WebhookPost post;
  post.headers.emplace_back("Accept", "application/json");
  if (oauth.parameters) {
    for (const auto& item : oauth.parameters->query) query.emplace_back(item.key, item.value.reveal());
    for (const auto& item : oauth.parameters->headers) {
      WEIR_CHECK_OK(events::check_header(item.key, item.value.reveal()));
      post.headers.emplace_back(item.key, item.value.reveal());
    }
  }
  post.method = oauth.method;
  post.secure_only = true;
  auto grant = grant_of(oauth);
  if (oauth.method == "GET") {
    query.insert(query.end(), grant.begin(), grant.end());
  } else {
    post.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    post.body = events::form_of(grant);
  }
  post.url = events::with_query(oauth.endpoint, query);
  return post;
}

struct Fetched {
  base::Secret token;
  base::Seconds life;
};

// RFC 6749 section 5.1. The type is a bearer's, or not said.
base::Result<Fetched> read_answer(const notifications::WebhookAnswer& answer) {
  if (answer.status / 100 != 2) return refused("answered with the status " + std::to_string(answer.status));
  auto json = base::parse_json(answer.body);
  if (!json) return refused("did not answer with JSON");
  auto token = json->text("access_token"), type = json->text("token_type", "bearer");
  if (token.empty() || token.size() > kTokenMax || !events::check_header("Authorization", token).ok())
    return refused("gave no access token");
  if (!base::equal_ignoring_case(type, "bearer")) return refused("gave a token of another type than Bearer");
  auto life = base::Seconds(json->number("expires_in", kLifeByDefault.count()));
  return Fetched{base::Secret(std::move(token)), std::clamp(life, base::Seconds(0), kLifeMax)};
}

base::Result<std::optional<base::Secret>> held(const Lake& lake, const Connection& connection) {
  WEIR_TRY(auto tx, lake.store.begin(store::Mode::read));
  WEIR_TRY(auto found, store::load<HeldToken>(*tx, events::keys::token(connection.id)));
  if (!found || found->expires <= lake.clock.now() + kMargin) return std::optional<base::Secret>();
  WEIR_TRY(auto token, identity::open_secret(lake.keys, purpose_of(connection), found->sealed));
  return std::optional(std::move(token));
}

// Only while the connection is as it was: a token by old credentials is not kept for new ones.
base::Status keep(Lake& lake, const Connection& connection, const Fetched& fetched) {
  auto now = lake.clock.now();
  HeldToken token{identity::seal_secret(lake.keys, purpose_of(connection), fetched.token, lake.randomness),
                  now + fetched.life};
  auto key = events::keys::connection(connection.account, connection.name);
  return store::write(lake.store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto there, store::load<Connection>(tx, key));
    if (!there || there->id != connection.id || there->sealed != connection.sealed) return {};
    there->authorized = now;
    WEIR_CHECK_OK(store::save(tx, key, *there));
    return store::save(tx, events::keys::token(connection.id), token);
  });
}

}  // namespace

base::Result<base::Secret> connection_token(Lake& lake, notifications::WebhookSender& webhooks,
                                            const Connection& connection, const OAuth& oauth, base::Instant until) {
  WEIR_TRY(auto there, held(lake, connection));
  if (there) return std::move(*there);
  WEIR_TRY(auto post, post_of(oauth));
  WEIR_TRY(auto answer, notifications::post_until(webhooks, std::move(post), lake.clock, until));
  WEIR_TRY(auto fetched, read_answer(answer));
  WEIR_CHECK_OK(keep(lake, connection, fetched));
  return std::move(fetched.token);
}

base::Status forget_token(Lake& lake, const Connection& connection) {
  return store::write(lake.store, [&](store::Transaction& tx) { return tx.erase(events::keys::token(connection.id)); });
}

}  // namespace weir::app
