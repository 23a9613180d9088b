#include "notifications/mail.h"

#include <algorithm>

#include "base/text.h"
#include "base/utf8.h"
#include "notifications/mail_address.h"
#include "notifications/message.h"

namespace weir::notifications {
namespace {

constexpr std::string_view kLineEnd = "\r\n";
constexpr size_t kPlainLineMax = 900, kBase64Line = 76, kEncodedWordBytes = 45;

bool is_plain_header(std::string_view text) {
  return text.find("=?") == std::string_view::npos &&
         std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7f; });
}

// The next piece of at most kEncodedWordBytes that does not end inside a character; never none.
std::string_view next_piece(std::string_view text) {
  auto piece = base::utf8_prefix(text, kEncodedWordBytes);
  return piece.empty() ? text.substr(0, 1) : piece;
}

std::string encoded_words(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    auto piece = next_piece(text);
    if (!out.empty()) out += "\r\n ";
    out += "=?UTF-8?B?" + base::base64(piece) + "?=";
    text.remove_prefix(piece.size());
  }
  return out;
}

std::string without_controls(std::string_view text) {
  std::string out(text);
  std::ranges::replace_if(
      out, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
  return out;
}

// A display name before an address: a quoted string, or encoded words.
std::string phrase(std::string_view name) {
  auto clean = without_controls(name);
  if (!is_plain_header(clean)) return encoded_words(clean);
  std::string quoted = "\"";
  for (char c : clean) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\"";
}

// CRLF for every way in which a line may end.
std::string with_crlf(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && text.substr(i + 1).starts_with('\n')) continue;
    if (text[i] == '\n' || text[i] == '\r') {
      out += kLineEnd;
    } else {
      out += text[i];
    }
  }
  return out;
}

bool is_plain_body(std::string_view body) {
  auto printable = [](char c) { return (c >= 0x20 && c < 0x7f) || c == '\t' || c == '\r' || c == '\n'; };
  return std::ranges::all_of(body, printable) &&
         std::ranges::all_of(base::split(body, '\n'), [](auto line) { return line.size() <= kPlainLineMax; });
}

std::string base64_lines(std::string_view body) {
  auto encoded = base::base64(body);
  std::string out;
  for (size_t i = 0; i < encoded.size(); i += kBase64Line) out.append(encoded, i, kBase64Line).append(kLineEnd);
  return out;
}

// The headers of one body and the body.
std::string part(std::string_view type, std::string_view text) {
  auto body = with_crlf(text);
  bool plain = is_plain_body(body);
  auto out = "Content-Type: " + std::string(type) + "; charset=UTF-8\r\nContent-Transfer-Encoding: ";
  out.append(plain ? "7bit" : "base64").append("\r\n\r\n");
  if (!plain) return out + base64_lines(body);
  return out + body + (body.ends_with(kLineEnd) ? "" : "\r\n");
}

std::string parts(const Mail& mail, const std::string& id) {
  if (!mail.html) return part("text/plain", mail.text);
  auto boundary = "=_" + id;  // "=_" appears in neither base64 nor, after an id of our own, in a body by chance
  return "Content-Type: multipart/alternative; boundary=\"" + boundary + "\"\r\n\r\n--" + boundary + "\r\n" +
         part("text/plain", mail.text) + "--" + boundary + "\r\n" + part("text/html", *mail.html) + "--" + boundary +
         "--\r\n";
}

std::string date_text(base::Instant date) {
  auto text = base::to_http_date(date);
  return text.substr(0, text.size() - 3) + "+0000";
}

std::string domain_of(const std::string& address) { return address.substr(address.rfind('@') + 1); }

}  // namespace

std::string header_text(std::string_view text) {
  return is_plain_header(text) ? std::string(text) : encoded_words(without_controls(text));
}

base::Status check_mail(const Mail& mail) {
  if (!is_mail_address(mail.to)) return base::invalid("not a mail address", "mail");
  for (const auto* text : {&mail.subject, &mail.text, &mail.from_name})
    if (!base::is_valid_utf8(*text)) return base::invalid("a mail is UTF-8", "mail");
  if (mail.html && !base::is_valid_utf8(*mail.html)) return base::invalid("a mail is UTF-8", "mail");
  if (!std::ranges::all_of(mail.unsubscribe_url, [](char c) { return c > 0x20 && c < 0x7f && c != '<' && c != '>'; }))
    return base::invalid("not a URL", "mail");
  return {};
}

std::string rfc5322(const Mail& mail, const Envelope& envelope) {
  CHECK_TRUE(check_mail(mail).ok() && is_mail_address(envelope.from), "mails are checked before they are written");
  std::string out = "Date: " + date_text(envelope.date) + "\r\n";
  out += "From: " + (mail.from_name.empty() ? envelope.from : phrase(mail.from_name) + " <" + envelope.from + ">");
  out += "\r\nTo: " + mail.to + "\r\nSubject: " + header_text(shortened_subject(mail.subject));
  out += "\r\nMessage-ID: <" + envelope.id + "@" + domain_of(envelope.from) + ">\r\n";
  out += "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n";
  if (!mail.unsubscribe_url.empty())
    out += "List-Unsubscribe: <" + mail.unsubscribe_url + ">\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n";
  return out + parts(mail, envelope.id);
}

}  // namespace weir::notifications
