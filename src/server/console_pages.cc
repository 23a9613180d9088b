#include "server/console_pages.h"

#include <algorithm>

#include "app/people/console.h"
#include "base/log.h"
#include "base/text.h"
#include "server/console_files.h"
#include "server/content_choice.h"
#include "server/page.h"
#include "wire/form.h"

namespace weir::server {
namespace {

constexpr std::string_view kConfiguration = "config.json", kIndex = "index.html", kAssets = "assets/";

// data: for images alone: icons that styles bring along.
constexpr std::string_view kContentSecurityPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

constexpr std::pair<std::string_view, std::string_view> kHeaders[] = {
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"},
    {"X-Robots-Tag", "noindex"},
};

bool looks(const net::RequestHead& head) { return head.method == "GET" || head.method == "HEAD"; }

bool shows_credentials(const net::RequestHead& head) {
  return head.headers.find("authorization") || !head.query().empty();
}

bool is_front_door(const net::RequestHead& head) {
  return head.path() == "/" && looks(head) && !shows_credentials(head) &&
         head.headers.get("accept").find("text/html") != std::string_view::npos;
}

// Nothing is opened by its path; that one of these meant a page would be a surprise all the same.
bool climbs(std::string_view path) {
  const auto decoded = base::uri_decode(path);
  auto segments = base::split(decoded, '/');
  return std::ranges::any_of(segments, [](auto segment) { return segment == ".." || segment == "."; }) ||
         decoded.find('\\') != std::string::npos;
}

net::Response no_such_page() { return page(404, "There is no such page", "The console has no page of this address."); }

net::Response without_console() {
  return page(404, "There is no console", "This program was built without its web console.");
}

net::Response redirect(int status, std::string_view to) {
  auto response = answer_with(status, "text/plain; charset=utf-8", "");
  response.headers.add("Location", std::string(to));
  response.headers.add("Cache-Control", "no-store");
  return response;
}

// The smallest form of it that the client takes.
struct Form {
  std::string_view bytes;
  std::string_view coding;  // empty: as it is
};

Form form_for(const ConsoleFile& file, std::string_view accept_encoding) {
  if (!file.brotli.empty() && takes_encoding(accept_encoding, "br")) return {file.brotli, "br"};
  if (!file.gzip.empty() && takes_encoding(accept_encoding, "gzip")) return {file.gzip, "gzip"};
  return {file.plain, {}};
}

std::string etag_of(const ConsoleFile& file, const Form& form) {
  return "\"" + std::string(file.hash) + (form.coding.empty() ? "" : "-" + std::string(form.coding)) + "\"";
}

net::Response file_response(const ConsoleFile& file, const net::Headers& headers) {
  auto form = form_for(file, headers.get("accept-encoding"));
  auto etag = etag_of(file, form);
  bool known = has_already(headers.get("if-none-match"), etag);
  net::Response response;
  response.status = known ? 304 : 200;
  response.headers.add("ETag", std::move(etag));
  response.headers.add("Vary", "Accept-Encoding");
  response.headers.add("Cache-Control", file.is_for_ever() ? "public, max-age=31536000, immutable" : "no-cache");
  if (known) return response;
  response.headers.add("Content-Type", std::string(file.type));
  if (!form.coding.empty()) response.headers.add("Content-Encoding", std::string(form.coding));
  response.body = std::string(form.bytes);
  return response;
}

}  // namespace

void guard_console_page(net::Response& response) {
  for (const auto& [name, value] : kHeaders) response.headers.set(name, std::string(value));
  // Pages that are not the app's bring a policy that is stricter.
  if (!response.headers.find("Content-Security-Policy"))
    response.headers.add("Content-Security-Policy", std::string(kContentSecurityPolicy));
}

class ConsolePage final : public net::Exchange {
 public:
  ConsolePage(ConsolePages& pages, net::RequestHead head) : pages_(pages), head_(std::move(head)) {}

  uint64_t body_bytes_max() const override { return 64 * 1024; }
  base::Status body(std::string_view) override { return {}; }
  net::Place place() const override { return below() == kConfiguration ? net::Place::worker : net::Place::connection; }

  net::Response answer() override {
    auto response = answer_page();
    guard_console_page(response);
    response.head_only = head_.method == "HEAD";
    return response;
  }

 private:
  // The path below the console's, or nothing for what is not below it.
  std::string_view below() const {
    auto path = head_.path();
    return path.starts_with(kConsolePath) ? path.substr(kConsolePath.size()) : std::string_view();
  }

  net::Response answer_page() const {
    if (!looks(head_)) return refuse_method();
    if (!head_.path().starts_with(kConsolePath)) return redirect(303, kConsolePath);
    if (below() == kConfiguration) return answer_configuration();
    return answer_file();
  }

  static net::Response refuse_method() {
    auto response = page(405, "This does not work", "Pages of the console are read.");
    response.headers.add("Allow", "GET, HEAD");
    return response;
  }

  net::Response answer_file() const {
    if (console_files().empty()) return without_console();
    if (climbs(below())) return no_such_page();
    if (const auto* file = find_console_file(below())) return file_response(*file, head_.headers);
    const auto* index = find_console_file(kIndex);
    if (!index || below().starts_with(kAssets)) return no_such_page();
    return file_response(*index, head_.headers);
  }

  net::Response answer_configuration() const {
    auto found = configuration();
    if (!found.ok()) {
      base::log_error("page.failed", {{"reason", found.error().log}});
      return json_response(500, base::Json::object().set("message", "This did not work."));
    }
    if (!*found) return json_response(404, base::Json::object().set("message", "There is no console of this account."));
    return json_response(200, (*found)->set("version", WEIR_VERSION));
  }

  base::Result<std::optional<base::Json>> configuration() const {
    std::string_view query[] = {head_.query()};
    auto form = wire::Form::parse(query);
    if (!form.ok()) return std::optional<base::Json>();
    const auto* account = form->find("account");
    return app::console_configuration(pages_.lake_, account ? *account : pages_.account_);
  }

  static net::Response json_response(int status, const base::Json& body) {
    auto response = answer_with(status, "application/json", body.dump());
    response.headers.add("Cache-Control", "no-store");
    return response;
  }

  ConsolePages& pages_;
  const net::RequestHead head_;
};

bool ConsolePages::serve(const net::RequestHead& head) {
  auto path = head.path();
  return path.starts_with(kConsolePath) || path == "/-/console" || is_front_door(head);
}

std::unique_ptr<net::Exchange> ConsolePages::open(net::RequestHead head) {
  return std::make_unique<ConsolePage>(*this, std::move(head));
}

}  // namespace weir::server
