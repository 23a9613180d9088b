#include "server/mail_channel.h"

#include <cstdio>

#include "backends/mail/smtp_sender.h"
#include "backends/mail/spool_sender.h"
#include "backends/mail/spooled_mail.h"
#include "base/json.h"
#include "notifications/mail_address.h"

namespace weir::server {
namespace {

using backends::SpooledMail;

base::Json to_json(const SpooledMail& mail, size_t number) {
  return base::Json::object()
      .set("Number", static_cast<int64_t>(number))
      .set("File", mail.file)
      .set("Date", mail.date)
      .set("From", mail.from)
      .set("To", mail.to)
      .set("Subject", mail.subject)
      .set("Text", mail.text);
}

// Mails hold what others wrote: nothing of it commands the terminal.
std::string printable(std::string_view text, bool lines) {
  std::string out;
  for (char c : text) {
    bool control = (static_cast<unsigned char>(c) < 0x20 && !(lines && (c == '\n' || c == '\t'))) || c == 0x7f;
    out += control ? '?' : c;
  }
  return out;
}

base::Result<std::vector<SpooledMail>> mails_of(const MailFlags& flags) {
  return backends::read_spool(spool_directory(flags.data_dir, flags.spool_dir));
}

void print_row(size_t number, const SpooledMail& mail) {
  std::printf("%4zu  %s  %s  %s\n", number, printable(mail.date, false).c_str(), printable(mail.to, false).c_str(),
              printable(mail.subject, false).c_str());
}

void print_mail(const SpooledMail& mail) {
  std::printf("Date: %s\nFrom: %s\nTo: %s\nSubject: %s\n\n%s\n", printable(mail.date, false).c_str(),
              printable(mail.from, false).c_str(), printable(mail.to, false).c_str(),
              printable(mail.subject, false).c_str(), printable(mail.text, true).c_str());
}

}  // namespace

std::string spool_directory(const std::string& data_dir, const std::string& configured) {
  return configured.empty() ? data_dir + "/mail" : configured;
}

base::Result<std::unique_ptr<notifications::MailSender>> mail_channel(const Config& config) {
  if (!notifications::is_mail_address(config.mail_from))
    return base::invalid("--mail-from wants a mail address", "mail-from");
  std::unique_ptr<notifications::MailSender> sender;
  if (config.smtp_url.empty()) {
    sender = std::make_unique<backends::SpoolSender>(spool_directory(config.data_dir, config.mail_spool_dir));
    return sender;
  }
  backends::SmtpOptions options;
  options.url = config.smtp_url;
  options.user = config.smtp_user;
  options.password = config.smtp_password;
  options.ca_file = config.smtp_ca_file;
  options.tls = config.smtp_tls;
  WEIR_TRY(sender, backends::SmtpSender::make(std::move(options)));
  return sender;
}

base::Status list_mails(const MailFlags& flags) {
  WEIR_TRY(auto mails, mails_of(flags));
  auto list = base::Json::array();
  for (size_t i = 0; i < mails.size(); ++i) {
    if (flags.json) {
      list.push(to_json(mails[i], i + 1));
    } else {
      print_row(i + 1, mails[i]);
    }
  }
  if (flags.json) std::printf("%s\n", list.dump_pretty().c_str());
  if (!flags.json && mails.empty()) std::printf("there is no mail\n");
  return {};
}

base::Status show_mail(const MailFlags& flags) {
  WEIR_TRY(auto mails, mails_of(flags));
  auto number = flags.number == 0 ? mails.size() : flags.number;
  if (number == 0 || number > mails.size()) return base::not_found("there is no such mail", "mail");
  if (flags.json) {
    std::printf("%s\n", to_json(mails[number - 1], number).dump_pretty().c_str());
  } else {
    print_mail(mails[number - 1]);
  }
  return {};
}

}  // namespace weir::server
