#include "server/key_set_pages.h"

#include "app/people/pool_keys.h"
#include "base/log.h"
#include "base/text.h"

namespace weir::server {
namespace {

constexpr std::string_view kKeys = "jwks.json", kDiscovery = "openid-configuration";
constexpr size_t kPoolIdMax = 55;

net::Response json_response(int status, std::string body) {
  net::Response response;
  response.status = status;
  response.headers.add("Content-Type", "application/json");
  response.headers.add("X-Content-Type-Options", "nosniff");
  response.headers.add("Access-Control-Allow-Origin", "*");
  response.headers.add("Cache-Control", status == 200 ? "public, max-age=300" : "no-store");
  response.body = std::move(body);
  return response;
}

class KeySetPage final : public net::Exchange {
 public:
  KeySetPage(app::Lake& lake, net::RequestHead head) : lake_(lake), head_(std::move(head)) {}

  uint64_t body_bytes_max() const override { return 0; }
  base::Status body(std::string_view) override { return {}; }
  net::Place place() const override { return net::Place::worker; }

  net::Response answer() override {
    auto response = answer_document();
    response.head_only = head_.method == "HEAD";
    return response;
  }

 private:
  net::Response answer_document() {
    if (head_.method != "GET" && head_.method != "HEAD") return json_response(405, R"({"message":"GET only"})");
    auto parts = base::split(head_.path(), '/');
    std::string pool(parts[1]);
    auto document = parts[3] == kKeys ? app::key_set_document(lake_, pool) : app::discovery_document(lake_, pool);
    if (!document.ok()) {
      base::log_error("page.failed", {{"reason", document.error().log}});
      return json_response(500, R"({"message":"This did not work."})");
    }
    if (!*document) return json_response(404, R"({"message":"There is no such user pool."})");
    return json_response(200, std::move(**document));
  }

  app::Lake& lake_;
  net::RequestHead head_;
};

}  // namespace

bool is_key_set_page(std::string_view path) {
  auto parts = base::split(path, '/');
  return parts.size() == 4 && parts[0].empty() && parts[1].find('_') != std::string_view::npos &&
         parts[1].size() <= kPoolIdMax && parts[2] == ".well-known" && (parts[3] == kKeys || parts[3] == kDiscovery);
}

std::unique_ptr<net::Exchange> open_key_set_page(app::Lake& lake, net::RequestHead head) {
  return std::make_unique<KeySetPage>(lake, std::move(head));
}

}  // namespace weir::server
