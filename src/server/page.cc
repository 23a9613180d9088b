#include "server/page.h"

#include "base/hash.h"
#include "base/text.h"
#include "notifications/html.h"

namespace weir::server {
namespace {

using notifications::html_escaped;

// Reads well on a telephone and on a desk, by day and by night.
constexpr std::string_view kStyle =
    ":root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:44rem;margin:0 auto;padding:1rem;"
    "overflow-wrap:anywhere}h1{font-size:1.4rem}table{border-collapse:collapse;width:100%}"
    "th,td{text-align:left;vertical-align:top;padding:.25rem .5rem .25rem 0}th{width:30%}"
    "textarea,input[type=text],input[type=number]{width:100%;box-sizing:border-box;font:inherit}"
    "label{display:block;margin:.5rem 0}fieldset{border:1px solid;margin:1rem 0}"
    "button{font:inherit;padding:.6rem 1.2rem}";

std::string content_security_policy() {
  return "default-src 'none'; style-src 'sha256-" + base::base64(base::sha256(kStyle)) +
         "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
}

}  // namespace

net::Response answer_with(int status, std::string type, std::string body) {
  net::Response response;
  response.status = status;
  response.headers.add("Content-Type", std::move(type));
  response.headers.add("X-Content-Type-Options", "nosniff");
  response.body = std::move(body);
  return response;
}

net::Response page(int status, std::string_view title, std::string_view text, std::string_view more) {
  static const std::string kPolicy = content_security_policy();
  std::string body =
      "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
      "<meta name=\"robots\" content=\"noindex\"><title>";
  body.append(html_escaped(title)).append("</title><style>").append(kStyle).append("</style></head><body><main><h1>");
  body.append(html_escaped(title)).append("</h1><p>").append(html_escaped(text)).append("</p>");
  body.append(more).append("</main></body></html>\n");
  auto response = answer_with(status, "text/html; charset=utf-8", std::move(body));
  response.headers.add("Cache-Control", "no-store");
  response.headers.add("Content-Security-Policy", kPolicy);
  response.headers.add("Referrer-Policy", "no-referrer");
  response.headers.add("X-Robots-Tag", "noindex");
  return response;
}

}  // namespace weir::server
