#include "backends/mail/smtp_sender.h"

#include <curl/curl.h>

#include <cstring>
#include <memory>

namespace weir::backends {
namespace {

struct CloseHandle {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

// The text of a mail as libcurl asks for it.
struct Reading {
  std::string_view rest;
  static size_t read(char* into, size_t size, size_t count, void* self) {
    auto& rest = static_cast<Reading*>(self)->rest;
    auto n = std::min(size * count, rest.size());
    std::memcpy(into, rest.data(), n);
    rest.remove_prefix(n);
    return n;
  }
};

// One conversation with the relay.
class Conversation {
 public:
  Conversation() : handle_(curl_easy_init()) { set(CURLOPT_ERRORBUFFER, why_); }

  template <class T>
  void set(CURLoption option, T value) {
    CHECK_TRUE(curl_easy_setopt(handle_.get(), option, value) == CURLE_OK, "libcurl knows the option");
  }

  void reach(const SmtpOptions& options) {
    set(CURLOPT_URL, options.url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    set(CURLOPT_PROXY, "");
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options.connect.count()));
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(options.total.count()));
    set(CURLOPT_USE_SSL, static_cast<long>(options.tls ? CURLUSESSL_ALL : CURLUSESSL_NONE));
    if (!options.ca_file.empty()) set(CURLOPT_CAINFO, options.ca_file.c_str());
    if (options.user.empty()) return;
    set(CURLOPT_USERNAME, options.user.c_str());
    set(CURLOPT_PASSWORD, options.password.reveal().c_str());
  }

  base::Status deliver(const std::string& from, const std::string& to, std::string_view text) {
    auto sender = "<" + from + ">", receiver = "<" + to + ">";
    std::unique_ptr<curl_slist, FreeList> receivers(curl_slist_append(nullptr, receiver.c_str()));
    Reading reading{text};
    set(CURLOPT_MAIL_FROM, sender.c_str());
    set(CURLOPT_MAIL_RCPT, receivers.get());
    set(CURLOPT_READFUNCTION, &Reading::read);
    set(CURLOPT_READDATA, &reading);
    set(CURLOPT_UPLOAD, 1L);
    auto code = curl_easy_perform(handle_.get());
    return code == CURLE_OK ? base::Status() : base::Status(failure(code));
  }

 private:
  base::Error failure(CURLcode code) {
    long answer = 0;
    curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &answer);
    // 530 to 538 are about who we are, not about the mail: an operator can put that right.
    bool for_good = answer / 100 == 5 && (answer < 530 || answer > 538) && code != CURLE_LOGIN_DENIED;
    auto kind = for_good ? base::Kind::invalid : base::Kind::unavailable;
    return base::fail(kind, std::string("the mail relay: ") + (why_[0] ? why_ : curl_easy_strerror(code)), "mail");
  }

  std::unique_ptr<CURL, CloseHandle> handle_;
  char why_[CURL_ERROR_SIZE] = {};
};

}  // namespace

base::Result<std::unique_ptr<SmtpSender>> SmtpSender::make(SmtpOptions options) {
  bool implicit_tls = options.url.starts_with("smtps://");
  if (!implicit_tls && !options.url.starts_with("smtp://"))
    return base::invalid("the SMTP URL is smtp://HOST[:PORT] or smtps://HOST[:PORT]", "smtp");
  if (!options.user.empty() && !options.tls && !implicit_tls)
    return base::invalid("an SMTP password is not sent without TLS", "smtp");
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  CHECK_TRUE(ready == CURLE_OK, "libcurl starts");
  return std::unique_ptr<SmtpSender>(new SmtpSender(std::move(options)));
}

base::Status SmtpSender::send(const notifications::Mail& mail, const notifications::Envelope& envelope) {
  auto text = notifications::rfc5322(mail, envelope);
  Conversation conversation;
  conversation.reach(options_);
  return conversation.deliver(envelope.from, mail.to, text);
}

}  // namespace weir::backends
