#include "server/company_pages.h"

#include <algorithm>

#include "app/people/service_provider.h"
#include "identity/saml/response.h"
#include "names/arn.h"
#include "server/console_files.h"
#include "server/console_pages.h"
#include "server/page.h"
#include "wire/form.h"

namespace weir::server {
namespace {

constexpr std::string_view kHeadEnds = "</head>";
constexpr size_t kRelayStateMax = 80;                                   // SAML 2.0 bindings, 3.5.3
constexpr uint64_t kFormMax = 3 * identity::saml::kResponseMax + 4096;  // each + and / and = is three bytes in a form

bool has_alphabet(std::string_view text, std::string_view besides) {
  return std::ranges::all_of(text, [&](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           besides.find(c) != std::string_view::npos;
  });
}

std::string value(const wire::Form& form, std::string_view name) {
  const auto* found = form.find(name);
  return found ? *found : std::string();
}

net::Response not_a_response() {
  return page(400, "This does not work", "What came is not an answer of an identity provider. Please sign in again.");
}

class CompanyPage final : public net::Exchange {
 public:
  CompanyPage(app::Lake& lake, net::RequestHead head) : lake_(lake), head_(std::move(head)) {}

  uint64_t body_bytes_max() const override { return kFormMax; }
  base::Status body(std::string_view piece) override { return body_ += piece, base::Status(); }
  net::Place place() const override { return net::Place::worker; }

  net::Response answer() override {
    auto response = head_.path() == app::kAssertionPath ? take_response() : metadata();
    guard_console_page(response);
    response.head_only = head_.method == "HEAD";
    return response;
  }

 private:
  net::Response take_response() const {
    if (head_.method != "POST") return refuse_method("POST");
    std::string_view pieces[] = {body_};
    auto form = wire::Form::parse(pieces);
    const auto* index = find_console_file("index.html");
    if (!form.ok() || !index) return not_a_response();
    auto html = page_with_response(index->plain, value(*form, "SAMLResponse"), value(*form, "RelayState"));
    if (!html) return not_a_response();
    auto response = answer_with(200, "text/html; charset=utf-8", std::move(*html));
    response.headers.add("Cache-Control", "no-store");
    return response;
  }

  net::Response metadata() const {
    if (head_.method != "GET" && head_.method != "HEAD") return refuse_method("GET, HEAD");
    auto account = wire::form_value(head_.query(), "account");
    if (!names::is_account_id(account)) return page(404, "There is no such page", "?account= names an account.");
    auto ours = app::service_provider(lake_, account);
    return answer_with(200, "application/samlmetadata+xml", identity::saml::metadata_of(ours));
  }

  static net::Response refuse_method(std::string_view allowed) {
    auto response = page(405, "This does not work", "Identity providers send people here.");
    response.headers.add("Allow", std::string(allowed));
    return response;
  }

  app::Lake& lake_;
  net::RequestHead head_;
  std::string body_;
};

}  // namespace

// Of these alphabets nothing has a meaning in HTML or JSON: what is passed on can neither end the element nor the text.
std::optional<std::string> page_with_response(std::string_view index, std::string_view response,
                                              std::string_view relay_state) {
  auto at = index.find(kHeadEnds);
  if (relay_state.size() > kRelayStateMax || !has_alphabet(relay_state, "-_")) relay_state = {};
  bool good = !response.empty() && response.size() <= identity::saml::kResponseMax && has_alphabet(response, "+/=\r\n");
  if (!good || at == std::string_view::npos) return std::nullopt;
  auto arrived = base::Json::object();
  arrived.set("response", response).set("relayState", relay_state);
  std::string out(index.substr(0, at));
  out.append(R"(<script type="application/json" id="arrived">)").append(arrived.dump()).append("</script>");
  return out.append(index.substr(at));
}

bool is_company_page(std::string_view path) { return path == app::kAssertionPath || path == app::kServiceMetadataPath; }

std::unique_ptr<net::Exchange> open_company_page(app::Lake& lake, net::RequestHead head) {
  return std::make_unique<CompanyPage>(lake, std::move(head));
}

}  // namespace weir::server
