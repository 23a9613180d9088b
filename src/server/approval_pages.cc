#include "server/approval_pages.h"

#include "app/approvals/approval_clicks.h"
#include "app/approvals/approval_tickets.h"
#include "app/functions/legacy_link.h"
#include "base/log.h"
#include "base/text.h"
#include "people/attempts.h"
#include "server/approval_form.h"
#include "server/page.h"
#include "wire/form.h"

namespace weir::server {
namespace {

using base::Kind;

constexpr std::string_view kTickets = "/workflow/tickets/";

// What is said, in HTML or as plain text.
struct Said {
  int status = 200;
  std::string title;
  std::string text;
  std::string more = {};   // HTML
  std::string plain = {};  // in its place where HTML is not wanted
};

Said said_of(const base::Error& error) {
  switch (error.kind) {
    case Kind::conflict: return {409, "This was decided already", error.says};
    case Kind::expired: return {410, "It is too late", error.says};
    case Kind::denied: return {403, "This is not allowed", error.says};
    case Kind::not_found: return {403, "This is not allowed", "This link does not hold."};
    case Kind::throttled: return {429, "Too many requests", "Please try again in a minute."};
    case Kind::invalid:
    case Kind::already_exists:
    case Kind::precondition_failed:
    case Kind::limit_exceeded:
    case Kind::type_mismatch:
    case Kind::malformed_policy:
    case Kind::unsupported:
    case Kind::unauthenticated: return {400, "This does not work", error.says};
    case Kind::concurrent:
    case Kind::unavailable:
    case Kind::internal: break;
  }
  base::log_error("page.failed", {{"reason", error.log}});
  return {500, "This did not work", "Please try again later."};
}

std::string title_of(const approvals::Approval& approval) {
  return approval.subject.empty() ? std::string("Approval") : approval.subject;
}

Said over(const app::LinkMatter& matter) {
  using approvals::ApprovalState;
  auto state = matter.approval.state;
  bool late = matter.standing == app::LinkMatter::Standing::expired || state == ApprovalState::expired ||
              state == ApprovalState::closed;
  auto words = app::decided_words(matter.approval, matter.decisions);
  if (matter.standing == app::LinkMatter::Standing::expired) words = "This link has expired. " + words;
  if (late) return {410, "It is too late", std::move(words)};
  return {409, "This was decided already", std::move(words)};
}

}  // namespace

class ApprovalPage final : public net::Exchange {
 public:
  ApprovalPage(ApprovalPages& pages, net::RequestHead head) : pages_(pages), head_(std::move(head)) {}

  uint64_t body_bytes_max() const override { return 64 * 1024; }
  base::Status body(std::string_view piece) override { return body_ += piece, base::Status(); }
  net::Place place() const override { return net::Place::worker; }

  net::Response answer() override {
    auto response = answer_page();
    response.head_only = head_.method == "HEAD";
    return response;
  }

 private:
  net::Response answer_page() {
    if (head_.path().starts_with(kTickets)) return answer_ticket();
    bool looks = head_.method == "GET" || head_.method == "HEAD";
    if (!looks && head_.method != "POST") return show({405, "This does not work", "Links are opened, forms are sent."});
    if (!pages_.by_peer_.let_in(people::address_group(head_.peer), pages_.lake_.clock.now()))
      return show(said_of(too_many()));
    auto form = parameters();
    if (!form.ok()) return show(said_of(form.error()));
    auto token = value(*form, "token");
    bool legacy = pages_.legacy_one_click_ && !token.empty() && !approvals::is_link_token(token);
    if (legacy && head_.method == "GET") return answer_as_sample(value(*form, "action"), token);
    if (!pages_.by_token_.let_in(approvals::link_hash(token), pages_.lake_.clock.now()))
      return show(said_of(too_many()));
    return show(looks ? look(*form, token) : decide(*form, token));
  }

  net::Response answer_ticket() const {
    if (head_.method != "POST") return show({405, "This does not work", "Decisions are posted."});
    if (!pages_.by_peer_.let_in(people::address_group(head_.peer), pages_.lake_.clock.now()))
      return show(said_of(too_many()));
    auto decided = decide_by_ticket();
    auto said = decided.ok() ? Said{} : said_of(decided.error());
    auto body = base::Json::object();
    if (decided.ok()) body.set("status", to_string(decided->approval.state));
    if (!decided.ok()) body.set("message", said.text);
    auto response = answer_with(said.status, "application/json", body.dump() + "\n");
    response.headers.add("Cache-Control", "no-store");
    return response;
  }

  base::Result<app::ShownApproval> decide_by_ticket() const {
    WEIR_TRY(auto asked, call());
    return app::decide_by_ticket(
        asked, {std::string(head_.path().substr(kTickets.size())), std::string(head_.headers.get("x-weir-timestamp")),
                std::string(head_.headers.get("x-weir-signature")), body_});
  }

  static base::Error too_many() { return base::fail(Kind::throttled, "Too many requests.", "token"); }

  static std::string value(const wire::Form& form, std::string_view name) {
    auto* found = form.find(name);
    return found ? *found : std::string();
  }

  base::Result<wire::Form> parameters() const {
    std::string_view query[] = {head_.query()};
    if (head_.method != "POST") return wire::Form::parse(query);
    // The link again, or the form that repeats its token.
    std::string_view both[] = {head_.query(), body_};
    std::string_view alone[] = {body_};
    return head_.query().empty() ? wire::Form::parse(alone) : wire::Form::parse(both);
  }

  net::Response show(const Said& said) const {
    auto accepted = head_.headers.get("accept");
    bool html = accepted.find("text/html") != accepted.npos;
    auto response = html ? page(said.status, said.title, said.text, said.more) : plain(said);
    if (said.status == 429) response.headers.add("Retry-After", "60");
    if (said.status == 405) response.headers.add("Allow", "GET, HEAD, POST");
    return response;
  }

  static net::Response plain(const Said& said) {
    auto response = answer_with(said.status, "text/plain; charset=utf-8",
                                said.title + "\n" + (said.plain.empty() ? said.text : said.plain) + "\n");
    response.headers.add("Cache-Control", "no-store");
    response.headers.add("Referrer-Policy", "no-referrer");
    response.headers.add("X-Robots-Tag", "noindex");
    return response;
  }

  net::Response answer_as_sample(const std::string& action, const std::string& token) const {
    auto answer = app::legacy_update_state(pages_.lake_, action, token);
    auto response = answer_with(answer.status, "text/plain; charset=utf-8", std::move(answer.body));
    response.headers.add("Cache-Control", "no-store");
    return response;
  }

  Said look(const wire::Form& form, const std::string& token) const {
    auto action = value(form, "action");
    if (action != "approve" && action != "deny") return {400, "This does not work", "A link approves or denies."};
    auto matter = app::look_by_link(pages_.lake_, token);
    if (!matter.ok()) return said_of(matter.error());
    if (matter->standing != app::LinkMatter::Standing::good) return over(*matter);
    return {200, title_of(matter->approval), "Nothing is decided before you send this form.",
            approval_form(*matter, action, token),
            approval_facts(*matter) + "\nTo decide, open the link in a browser."};
  }

  Said decide(const wire::Form& form, const std::string& token) const {
    auto decided = decide_now(form, token);
    if (!decided.ok()) return said_of(decided.error());
    return {200, "Thank you",
            "Your decision was recorded. " + app::decided_words(decided->approval, decided->decisions)};
  }

  base::Result<app::ShownApproval> decide_now(const wire::Form& form, const std::string& token) const {
    WEIR_TRY(auto matter, app::look_by_link(pages_.lake_, token));
    WEIR_TRY(auto words, decision_in(form, matter.approval.asked));
    WEIR_TRY(auto asked, call());
    return app::decide_by_link(asked, token, words);
  }

  base::Result<app::Call> call() const {
    WEIR_TRY(auto state, pages_.lake_.governance.current());
    app::Facts facts{.service = "weir",
                     .operation = "DecideApproval",
                     .request_id = base::quick_uuid(),
                     .access_key_id = {},
                     .source_ip = head_.peer,
                     .user_agent = std::string(head_.headers.get("user-agent")),
                     .referer = {},
                     .host = std::string(head_.headers.get("host")),
                     .tls = head_.tls,
                     .now = pages_.lake_.clock.now()};
    return app::Call(pages_.lake_, std::move(state), std::make_shared<const identity::Principal>(identity::anonymous()),
                     std::move(facts));
  }

  ApprovalPages& pages_;
  net::RequestHead head_;
  std::string body_;
};

bool ApprovalPages::serve(std::string_view path) { return path == app::kUpdateStatePath || path.starts_with(kTickets); }

std::unique_ptr<net::Exchange> ApprovalPages::open(net::RequestHead head) {
  return std::make_unique<ApprovalPage>(*this, std::move(head));
}

}  // namespace weir::server
