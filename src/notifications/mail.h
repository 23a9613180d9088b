// A mail, and its text as RFC 5322 wants it.
//
// Invariants:
//  1. No member of a Mail can add a header line or a receiver: addresses are mail_address.h's, names and subjects
//     are encoded, and everything else of the caller is body.
//  2. Lines of the text end with CRLF and are at most 998 octets long.
//
// Threads: values and pure functions.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/record.h"
#include "base/result.h"

namespace weir::notifications {

struct Mail {
  std::string to;  // one address
  std::string subject;
  std::string text;                      // UTF-8
  std::optional<std::string> html = {};  // the same for who would rather have it
  std::string from_name = {};            // beside the sender's address; empty: none
  std::string unsubscribe_url = {};      // one that ends it by POST (RFC 8058); empty: none
};
WEIR_RECORD(Mail, FIELD("To", &Mail::to), FIELD("Subject", &Mail::subject), FIELD("Text", &Mail::text),
            FIELD("Html", &Mail::html), FIELD("FromName", &Mail::from_name),
            FIELD("UnsubscribeUrl", &Mail::unsubscribe_url))

// Kind::invalid about "mail" for an address that is none or text that is not UTF-8.
base::Status check_mail(const Mail& mail);

// What a mail is sent with.
struct Envelope {
  std::string id;    // the same at every attempt: who gets a mail twice can tell
  std::string from;  // an address
  base::Instant date{};
};

// `mail` has been checked; its subject may be anything and is shortened.
std::string rfc5322(const Mail& mail, const Envelope& envelope);

// A header value of arbitrary UTF-8: as it is when that is safe, encoded words (RFC 2047) otherwise.
std::string header_text(std::string_view text);

// Where mails leave. Answers ok when somebody else is responsible for the mail now.
class MailSender {
 public:
  virtual ~MailSender() = default;
  // Kind::unavailable: try again later. Kind::invalid: this mail will never be taken.
  virtual base::Status send(const Mail& mail, const Envelope& envelope) = 0;
};

}  // namespace weir::notifications
