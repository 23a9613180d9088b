#include "app/notifications/unconfirmed_mail.h"

#include "app/notifications/announcements.h"
#include "base/log.h"
#include "base/record.h"
#include "store/key.h"
#include "store/record_access.h"

namespace weir::app {
namespace {

// Since the first mail of a period.
struct MailQuota {
  base::Instant since{};
  int64_t mails = 0;
  int64_t unsent = 0;
};
WEIR_RECORD(MailQuota, FIELD("Since", &MailQuota::since), FIELD("Mails", &MailQuota::mails),
            FIELD("Unsent", &MailQuota::unsent))

std::string key_of(const std::string& account) { return store::key("mail-quota", account); }

bool is_over(const MailQuota& quota, base::Instant now) {
  return now >= quota.since + kUnconfirmedMailsPeriod || now < quota.since;
}

base::Status tell(Lake& lake, store::Transaction& tx, const std::string& account, const std::string& subject,
                  const MailQuota& quota) {
  base::log_warn("mail.quota_reached", {{"account", account}, {"subject", subject}});
  auto detail = base::Json::object()
                    .set("mails", quota.mails)
                    .set("until", base::to_iso8601(quota.since + kUnconfirmedMailsPeriod));
  return announce(lake, tx, {account, "mail.quota_reached", subject, std::move(detail)});
}

}  // namespace

base::Result<bool> may_mail_unconfirmed(Lake& lake, store::Transaction& tx, const std::string& account,
                                        const std::string& subject) {
  auto now = lake.clock.now();
  WEIR_TRY(auto found, store::load<MailQuota>(tx, key_of(account)));
  auto quota = found && !is_over(*found, now) ? *found : MailQuota{now, 0, 0};
  bool may = quota.mails < kUnconfirmedMailsMax;
  ++(may ? quota.mails : quota.unsent);
  WEIR_CHECK_OK(store::save(tx, key_of(account), quota));
  if (quota.unsent == 1) WEIR_CHECK_OK(tell(lake, tx, account, subject, quota));
  return may;
}

}  // namespace weir::app
