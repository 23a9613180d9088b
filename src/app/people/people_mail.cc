#include "app/people/people_mail.h"

#include "app/notifications/outgoing_mail.h"
#include "app/public_url.h"

namespace weir::app {
namespace {

constexpr std::string_view kInvitationSubject = "Your temporary password";
constexpr std::string_view kCodeSubject = "Your verification code";
constexpr std::string_view kCodeText =
    "Your code to set a new password is {####}\n\nIt holds for one hour. If you did not ask for it, nothing changes.\n";

std::string invitation_text(const Lake& lake, const std::string& account) {
  auto url = lake.public_url ? lake.public_url->get() : std::string();
  std::string text = "Your username is {username} and temporary password is {####}\n\n";
  if (!url.empty()) text += "Sign in at " + url + "/-/console/?account=" + account + "\n";
  return text + "You will be asked for a password of your own.\n";
}

// What stands for something else is read once: a name cannot bring further marks along.
std::string filled(std::string_view text, const std::string& username, const std::string& secret) {
  constexpr std::string_view kName = "{username}", kSecret = "{####}";
  std::string out;
  while (!text.empty()) {
    if (text.starts_with(kName)) {
      out += username;
      text.remove_prefix(kName.size());
    } else if (text.starts_with(kSecret)) {
      out += secret;
      text.remove_prefix(kSecret.size());
    } else {
      out += text.front();
      text.remove_prefix(1);
    }
  }
  return out;
}

std::string otherwise(const std::string& text, std::string_view ours) {
  return text.empty() ? std::string(ours) : text;
}

}  // namespace

base::Status mail_invitation(Lake& lake, store::Transaction& tx, const people::UserPool& pool,
                             const people::Person& person, const base::Secret& password) {
  notifications::Mail mail;
  mail.to = person.attribute("email");
  mail.subject = otherwise(pool.invitation.subject, kInvitationSubject);
  mail.text =
      filled(otherwise(pool.invitation.text, invitation_text(lake, pool.account)), person.username, password.reveal());
  return enqueue_mail(lake, tx, mail);
}

base::Status mail_code(Lake& lake, store::Transaction& tx, const people::UserPool& pool, const people::Person& person,
                       const std::string& code) {
  notifications::Mail mail;
  mail.to = person.attribute("email");
  mail.subject = otherwise(pool.code.subject, kCodeSubject);
  mail.text = filled(otherwise(pool.code.text, kCodeText), person.username, code);
  return enqueue_mail(lake, tx, mail);
}

}  // namespace weir::app
