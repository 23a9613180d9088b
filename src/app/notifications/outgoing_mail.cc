#include "app/notifications/outgoing_mail.h"

namespace weir::app {
namespace {

std::string purpose_of(const std::string& entry_id) { return "outbox/" + entry_id; }

}  // namespace

std::string seal_entry(Lake& lake, const std::string& entry_id, const std::string& secret) {
  return identity::seal_secret(lake.keys, purpose_of(entry_id), base::Secret(secret), lake.randomness);
}

base::Result<std::string> open_entry(const Lake& lake, const notifications::OutboxEntry& entry) {
  WEIR_TRY(auto secret, identity::open_secret(lake.keys, purpose_of(entry.id), entry.sealed));
  return secret.reveal();
}

base::Status enqueue_mail(Lake& lake, store::Transaction& tx, const notifications::Mail& mail,
                          const std::string& account) {
  WEIR_CHECK_OK(notifications::check_mail(mail));
  auto now = lake.clock.now();
  notifications::OutboxEntry entry;
  entry.id = base::uuid(lake.randomness);
  entry.errand = notifications::Errand::mail;
  entry.due = entry.created = now;
  entry.account = account;
  entry.sealed = seal_entry(lake, entry.id, base::encode_record(mail));
  return notifications::Outbox(tx).add(entry);
}

}  // namespace weir::app
