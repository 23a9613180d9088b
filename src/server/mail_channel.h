// How mail leaves this server, as its operator configured it: by a relay, or into the spool directory.
//
// Threads: free functions.
#pragma once
#include <memory>
#include <string>

#include "notifications/mail.h"
#include "server/config.h"

namespace weir::server {

std::string spool_directory(const std::string& data_dir, const std::string& configured);
// Kind::invalid for a configuration that cannot work: a URL or an address that is none, a password without TLS.
base::Result<std::unique_ptr<notifications::MailSender>> mail_channel(const Config& config);

// `weir mail` and `weir mail show N`: what the spool has.
struct MailFlags {
  std::string data_dir = "data";
  std::string spool_dir;
  size_t number = 0;  // from 1, the oldest; 0: the newest
  bool json = false;
};
base::Status list_mails(const MailFlags& flags);
base::Status show_mail(const MailFlags& flags);

}  // namespace weir::server
