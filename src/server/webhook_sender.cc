#include "server/webhook_sender.h"

#include "base/text.h"
#include "notifications/webhook_url.h"

namespace weir::server {
namespace {

using namespace std::chrono_literals;
constexpr auto kConnect = 5s;

net::ClientOptions client_options(const WebhookSender::Options& options) {
  net::ClientOptions out;
  out.connect = kConnect;
  out.ca_file = options.ca_file;
  out.public_addresses_only = !options.private_addresses;
  return out;
}

// Names and ports of the operator's network are not for callers to find out: the log has the reason.
base::Error unreached(base::Error error) {
  if (error.kind != base::Kind::unavailable) return error;
  error.log = " " + error.says + error.log;
  error.says = "The endpoint cannot be reached.";
  return error;
}

}  // namespace

WebhookSender::WebhookSender(const Options& options)
    : private_addresses_(options.private_addresses), client_(client_options(options)) {}

base::Result<notifications::WebhookAnswer> WebhookSender::post(const notifications::WebhookPost& post) {
  WEIR_TRY(auto url, notifications::parse_webhook_url(post.url));
  if (post.secure_only && !url.secure && !private_addresses_)
    return base::invalid("the endpoint is not https", "endpoint");
  net::Headers headers;
  for (const auto& [name, value] : post.headers) headers.add(name, value);
  if (!url.userinfo.empty()) headers.add("Authorization", "Basic " + base::base64(url.userinfo));
  auto answer = client_.send(post.method, {url.origin, url.target}, headers, post.body,
                             {.total = post.patience, .response_bytes_max = post.answer_bytes_max});
  if (!answer) return unreached(std::move(answer).error());
  notifications::WebhookAnswer out{.status = answer->status, .body = std::move(answer->body)};
  for (const auto& [name, value] : answer->headers) out.headers.emplace_back(name, value);
  return out;
}

}  // namespace weir::server
